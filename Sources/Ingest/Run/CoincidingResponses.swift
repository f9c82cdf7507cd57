internal import EventLog
internal import Events

/// Anonymous responses that were recorded before and are now quite others: two surveys that number
/// their responses from 1 look like one that has changed.
///
/// A survey sent again has what it had and some more; of another one nearly every known id comes with
/// another time and other answers.
struct CoincidingResponses {
  private var others = CountedRows()
  private var known = 0

  /// Notes a response the log had already and that has not changed.
  mutating func noteSame() { known += 1 }

  mutating func note(
    _ draft: EventDraft, before: [UInt8], occurredAt: Int64, isAnonymous: Bool, line: Int
  ) {
    known += 1
    guard isAnonymous, Self.isAnother(draft, before, occurredAt) else { return }
    others.note(line: line)
  }

  /// A response that was corrected keeps its time. Where there is no time, or only the day, most of
  /// its answers would have to differ.
  private static func isAnother(
    _ draft: EventDraft, _ before: [UInt8], _ occurredAt: Int64
  ) -> Bool {
    let isSameTime = draft.occurredAt == occurredAt
    if isSameTime, draft.precision == .instant { return false }
    let (old, new) = (answers(before), answers(draft.body))
    let shared = old.values.filter { new.values[$0.key] != nil }
    let different = shared.count { new.values[$0.key] != $0.value }
    return isSameTime ? 2 * different > shared.count : different > 0
  }

  private static func answers(_ body: [UInt8]) -> JSONMembers {
    JSONMembers(Array(JSONMembers(body).values["answers"] ?? []))
  }

  func diagnostics(file: String) -> [Diagnostic] {
    guard others.count > 0, 2 * others.count > known else { return [] }
    return [
      Diagnostic(
        .responsesCoincide, file: file, line: others.line,
        message: others.count == 1
          ? "a recorded response gets another time and other answers, by this row"
          : "\(others.count) recorded responses get other times and other answers, first by this row"
      )
    ]
  }
}
