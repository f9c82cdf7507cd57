public import Events

/// Drafts that are hashed and encoded already: all the work that does not need the log's lock.
public struct PreparedDrafts: Sendable {
  let drafts: [EventDraft]
  let keys: [SourceKey?]
  /// The drafts as rows that supersede nothing; empty in a dry run.
  let rows: RowEncoder

  /// How many drafts there are.
  public var count: Int { drafts.count }
}

/// Prepares drafts for one institution's log; touches neither session nor log.
public struct DraftPreparer: Sendable {
  let institution: Int32
  let keys: SourceKeyMaker
  /// False in a dry run, which sends no rows.
  let encodes: Bool

  /// Digests the drafts' keys and encodes them as rows.
  public func prepare(_ drafts: [EventDraft]) -> PreparedDrafts {
    var keys = keys
    let digests = drafts.map { draft in draft.naturalKey.map { keys.key(for: $0) } }
    var rows = RowEncoder(institution: institution, reserving: encodes ? drafts.count : 0)
    if encodes {
      for (index, draft) in drafts.enumerated() {
        rows.add(draft, sourceKey: digests[index], supersedes: nil)
      }
    }
    return PreparedDrafts(drafts: drafts, keys: digests, rows: rows)
  }
}
