internal import Events

/// Attendance from statements: one row a person and session, however often it was said.
final class XAPIAttendance: XAPIRows {
  let columns = ["session", "person_id", "email", "name", "status", "minutes"]
  private let statements: XAPIStatements
  private let file: String
  private let sessions: SessionDirectory
  private var entries: [Entry]?
  private var made = 0
  /// Sessions of which it was told that statements are of another day.
  private var told: Set<String> = []

  init(_ statements: XAPIStatements, _ sessions: SessionDirectory, file: String) {
    self.statements = statements
    self.sessions = sessions
    self.file = file
  }

  func takeNotes() -> ReaderNotes { statements.takeNotes() }

  func next() throws -> MadeRow? {
    let entries = try entries ?? fold(statements.all())
    self.entries = entries
    guard made < entries.count else { return nil }
    made += 1
    switch entries[made - 1] {
    case .folded(let folded): return try row(folded)
    case .broken(let broken): return try XAPIAttendance.row(broken, statements, columns.count)
    }
  }

  func giveBack(_ take: ([UInt8], Int, Int?) -> Void) throws {
    try statements.giveBack(entries?.map(\.original) ?? [], take)
  }

  private struct Folded {
    var first: XAPIStatements.Told
    /// The longest time any statement tells: the same hour is often told twice.
    var seconds: Int?
    var isStanding: Bool
    /// When it was said, each time.
    var times: [MadeRow.Cell]
    var original: [Range<Int>]
  }

  private enum Entry {
    case folded(Folded)
    case broken(XAPIStatements.Broken)

    var line: Int {
      switch self {
      case .folded(let folded): folded.first.line
      case .broken(let broken): broken.line
      }
    }

    var original: [Range<Int>] {
      switch self {
      case .folded(let folded): folded.original
      case .broken(let broken): [broken.original]
      }
    }
  }

  private func fold(_ told: [XAPIStatements.Told]) -> [Entry] {
    var folded: [Folded] = []
    var places: [String: Int] = [:]
    for statement in told {
      let isVoided = statement.id.map { statements.voided[$0] != nil } ?? false
      let seconds = isVoided ? nil : seconds(statement)
      if let place = places[statement.key] {
        if !isVoided, !folded[place].isStanding { folded[place].first = statement }
        folded[place].isStanding = folded[place].isStanding || !isVoided
        if let seconds { folded[place].seconds = max(seconds, folded[place].seconds ?? 0) }
        folded[place].times.append(statement.time)
        folded[place].original.append(statement.original)
      } else {
        places[statement.key] = folded.count
        folded.append(
          Folded(
            first: statement, seconds: seconds, isStanding: !isVoided, times: [statement.time],
            original: [statement.original]))
      }
    }
    return (folded.map { .folded($0) } + statements.broken.map { .broken($0) })
      .sorted { $0.line < $1.line }
  }

  private func row(_ entry: Folded) throws -> MadeRow {
    let statement = entry.first
    let start = statement.object.place
    // What was taken back may have been recorded before: now nobody knows.
    let status = entry.isStanding ? "present" : "unknown"
    if entry.isStanding { try tell(entry.times, of: statement.object.text) }
    return MadeRow(
      cells: [
        statement.object, statement.account, statement.email, statement.name,
        MadeRow.Cell(text: status, place: start),
        MadeRow.Cell(
          text: entry.seconds.map { String($0 / 60) } ?? "", place: statement.duration.place),
      ], line: statement.line, original: try statements.original(entry.original),
      objections: statement.objections)
  }

  /// Tells, once a session, of statements none of which is of the session's day. They may have been
  /// made later than the meeting, so that they are taken all the same.
  private func tell(_ times: [MadeRow.Cell], of code: String) throws {
    guard !told.contains(code), let session = try sessions.entry(named: code),
      let day = MeetingDay(session)
    else { return }
    let said = times.compactMap { time in
      CivilDate(time.text.prefix(10)).map { (day: $0, place: time.place) }
    }
    guard let nearest = said.min(by: { day.apart(from: $0.day) < day.apart(from: $1.day) }),
      let complaint = day.complaint(about: nearest.day)
    else { return }
    told.insert(code)
    statements.warn(
      Diagnostic(
        .meetingOtherDay, file: file, line: nearest.place.line, column: nearest.place.column,
        message: "the statement is of \(nearest.day), \(complaint.words)",
        hint: "check that object and session belong together"))
  }

  private func seconds(_ statement: XAPIStatements.Told) -> Int? {
    guard !statement.duration.text.isEmpty else { return nil }
    if let seconds = ISODuration.seconds(statement.duration.text) { return seconds }
    statements.warn(
      Diagnostic(
        .durationUnknown, file: file, line: statement.duration.place.line,
        column: statement.duration.place.column,
        message: "the duration cannot be read; the minutes are left empty",
        hint: "durations of statements look like PT1H27M51S"))
    return nil
  }

  /// A line that is no statement, as a row that is turned down.
  static func row(
    _ line: XAPIStatements.Broken, _ statements: XAPIStatements, _ width: Int
  ) throws -> MadeRow {
    MadeRow(
      cells: Array(repeating: MadeRow.Cell(text: "", place: line.place), count: width),
      line: line.line, original: try statements.original([line.original]),
      objections: [
        RowObjection(
          code: .notJSON, place: line.place, message: "this is not readable as JSON: \(line.reason)"
        )
      ])
  }
}

/// Durations as ISO 8601 writes them.
enum ISODuration {
  private static let date: [Character: Double] = ["W": 604_800, "D": 86_400]
  private static let time: [Character: Double] = ["H": 3_600, "M": 60, "S": 1]

  /// Seconds of `PT1H27M51.5S`; `nil` for what is none, and for years and months, which have no
  /// length of their own.
  static func seconds(_ text: String) -> Int? {
    guard text.first == "P" else { return nil }
    var total = 0.0
    var digits = ""
    var units = date
    var any = false
    for character in text.dropFirst() {
      switch character {
      case "T" where units.count == date.count && digits.isEmpty: units = time
      case "0"..."9", ".", ",": digits.append(character == "," ? "." : character)
      default:
        guard let unit = units[character], let number = Double(digits) else { return nil }
        total += number * unit
        digits = ""
        any = true
      }
    }
    guard any, digits.isEmpty, total < 1e8 else { return nil }
    return Int(total)
  }
}
