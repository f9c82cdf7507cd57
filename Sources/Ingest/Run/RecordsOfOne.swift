internal import EventLog
internal import Events
internal import FoundationEssentials

/// Records that stand in a file under several ids of one person.
///
/// The log keeps a record under the id it was first sent with, so that a file from before a merge is
/// found unchanged. But a file that says two things of one person's one record contradicts itself,
/// whichever ids it uses. Only people with several ids are remembered.
struct RecordsOfOne {
  /// A record of a person who has several ids.
  struct Entry {
    /// The same for all their ids.
    var key: String
    /// Where the record stood first, if it said something else there under another id.
    var otherLine: Int?
  }

  private var first: [String: (draft: EventDraft, line: Int)] = [:]
  /// Records this run has changed or made.
  private var written: Set<String> = []

  /// Looks whether a draft contradicts an earlier one, and marks it if so.
  /// - Returns: `nil` for records of nobody who has several ids.
  mutating func check(
    _ draft: inout EventDraft, line: Int, _ merges: SubjectMerges
  ) -> Entry? {
    guard !merges.isEmpty, let subject = draft.subject, let own = draft.naturalKey,
      merges.all(of: subject).count > 1,
      let key = NaturalKey.replacing(subject, by: merges.current(subject), in: own)
    else { return nil }
    guard let first = first[key] else {
      self.first[key] = (draft, line)
      return Entry(key: key)
    }
    guard first.draft.subject != subject, !RecordsOfOne.isSame(first.draft, draft) else {
      return Entry(key: key)
    }
    draft.onlyIfKnown = true
    return Entry(key: key, otherLine: first.line)
  }

  private static func isSame(_ first: EventDraft, _ second: EventDraft) -> Bool {
    first.type == second.type && first.occurredAt == second.occurredAt
      && first.precision == second.precision
      && EventDraft.content(of: first.body) == EventDraft.content(of: second.body)
  }

  /// What the log's answer comes to: what it knew already is no contradiction, as long as nothing else
  /// was recorded instead.
  mutating func settled(_ outcome: RecordedOutcome, _ entry: Entry?) -> RecordedOutcome {
    guard let entry else { return outcome }
    switch outcome {
    case .new, .corrected, .restored: written.insert(entry.key)
    case .unchanged where entry.otherLine != nil && written.contains(entry.key):
      return .conflicting
    default: break
    }
    return outcome
  }
}
