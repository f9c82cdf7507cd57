internal import EventLog
internal import Events
internal import FoundationEssentials

/// Unchanged records of people with several ids for which another one counts: of two records of the
/// same thing the one recorded later does, and a file from before the merge does not win it back.
struct DisplacedRecords {
  /// A record and the same one under the other ids of its person.
  private struct Unchanged {
    var key: String
    var others: [String]
    var body: [UInt8]
    var line: Int
  }

  private let source: any RecordSource
  private let merges: SubjectMerges
  private var unchanged: [Unchanged] = []
  private var rows = CountedRows()

  init(_ source: any RecordSource, _ merges: SubjectMerges) {
    self.source = source
    self.merges = merges
  }

  mutating func note(_ draft: EventDraft, line: Int) {
    guard let subject = draft.subject, let key = draft.naturalKey else { return }
    let others = merges.all(of: subject).filter { $0 != subject }.compactMap {
      NaturalKey.replacing(subject, by: $0, in: key)
    }
    unchanged.append(Unchanged(key: key, others: others, body: draft.body, line: line))
  }

  /// Looks which records there are beside those of a block.
  mutating func lookUp() throws {
    guard !unchanged.isEmpty else { return }
    defer { unchanged.removeAll() }
    let known = try source.records(unchanged.flatMap { [$0.key] + $0.others })
    for own in unchanged {
      guard let position = known[own.key]?.position else { continue }
      let isDisplaced = own.others.compactMap { known[$0] }.contains {
        $0.position > position
          && EventDraft.content(of: $0.body) != EventDraft.content(of: own.body)
      }
      if isDisplaced { rows.note(line: own.line) }
    }
  }

  func diagnostics(file: String) -> [Diagnostic] {
    guard rows.count > 0 else { return [] }
    return [
      Diagnostic(
        .recordDisplaced, file: file, line: rows.line,
        message: rows.count == 1
          ? "this record is unchanged, and another of the same person counts instead: it was recorded"
            + " later, under another id"
          : "\(rows.count) records are unchanged, and others of the same people count instead, first"
            + " in this row: they were recorded later, under other ids")
    ]
  }
}
