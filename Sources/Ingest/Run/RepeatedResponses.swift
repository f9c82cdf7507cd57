internal import EventLog
internal import Events
internal import FoundationEssentials

/// People who have several responses to an instrument in a wave once this file is recorded. One of
/// them counts, so whoever sends them must know.
///
/// Only rows that change something are looked at: a file that is sent again asks for nothing.
struct RepeatedResponses {
  private struct Place: Hashable {
    var programme: String
    var instrument: String
    var wave: String
  }

  private let source: any RecordSource
  private let merges: SubjectMerges
  private let isDryRun: Bool
  /// The people of a block and the lines of their rows.
  private var lines: [UUID: [Place: Int]] = [:]
  /// In a dry run, what the log would have by now.
  private var rehearsed: [UUID: [Place: Int]] = [:]
  private var told: [Place: Set<UUID>] = [:]
  private var rows: [Place: CountedRows] = [:]
  /// Of so many people a dry run remembers what they answered.
  private static let most = 200_000

  init(_ source: any RecordSource, _ merges: SubjectMerges, isDryRun: Bool) {
    self.source = source
    self.merges = merges
    self.isDryRun = isDryRun
  }

  /// Notes a response that was recorded, or would be.
  mutating func note(_ draft: EventDraft, isNew: Bool, line: Int) {
    guard draft.type == "response_submitted", let subject = draft.subject.map(merges.current)
    else { return }
    let body = JSONMembers(draft.body)
    guard let programme = body.text("programme"), let instrument = body.text("instrument"),
      let wave = body.text("wave")
    else { return }
    let place = Place(programme: programme, instrument: instrument, wave: wave)
    lines[subject, default: [:]][place] = line
    guard isDryRun, isNew, rehearsed.count < Self.most else { return }
    rehearsed[subject, default: [:]][place, default: 0] += 1
  }

  /// Looks what the people of the block have in all.
  mutating func lookUp() throws {
    guard !lines.isEmpty else { return }
    defer { lines.removeAll(keepingCapacity: true) }
    let people = lines.keys.flatMap(merges.all)
    // Only what is several under one id may be left to the log to find.
    let atLeast = isDryRun || !merges.isEmpty ? 1 : 2
    var counts: [UUID: [Place: Int]] = [:]
    for person in lines.keys { counts[person] = rehearsed[person] }
    for known in try source.responses(of: people, atLeast: atLeast) {
      let place = Place(
        programme: known.programme, instrument: known.instrument, wave: known.wave)
      counts[merges.current(known.subject), default: [:]][place, default: 0] += known.count
    }
    for (person, places) in counts {
      for (place, count) in places where count > 1 {
        guard let line = lines[person]?[place], told[place, default: []].insert(person).inserted
        else { continue }
        rows[place, default: CountedRows()].note(line: line)
      }
    }
  }

  func diagnostics(file: String) -> [Diagnostic] {
    let found = rows.sorted { ($0.key.instrument, $0.key.wave) < ($1.key.instrument, $1.key.wave) }
    return found.map { place, rows in
      let who = rows.count == 1 ? "a person has" : "\(rows.count) people have"
      return Diagnostic(
        .responsesRepeated, file: file, line: rows.line,
        message: "\(who) more than one response to '\(place.instrument)' in wave '\(place.wave)';"
          + " of each person that of the latest day counts, as a whole")
    }
  }
}
