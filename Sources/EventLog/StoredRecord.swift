internal import Events
internal import FoundationEssentials
internal import Postgres

/// The newest event under a row key, as far as "is this the same?" needs it.
struct StoredRecord {
  let position: Int64
  let type: String
  let occurredAt: Int64
  let subject: UUID?
  /// `nil` once the person was erased.
  let body: [UInt8]?

  /// `$1` institution, `$2` source keys. Where the newest event under a key was retracted, the
  /// key is free: the row is new again.
  static let newestQuery = """
    SELECT n.source_key, n.position, n.type, n.occurred_at, n.subject_id, n.body
      FROM unnest($2::uuid[]) AS k(source_key)
     CROSS JOIN LATERAL (
           SELECT e.source_key, e.position, e.type,
                  (extract(epoch FROM e.occurred_at) * 1000000)::bigint AS occurred_at,
                  e.subject_id, e.body
             FROM log.event AS e
            WHERE e.institution_id = $1 AND e.source_key = k.source_key
            ORDER BY e.source_key DESC, e.position DESC
            LIMIT 1) AS n
     WHERE NOT EXISTS (SELECT FROM log.event AS r
                        WHERE r.institution_id = $1 AND r.supersedes = n.position)
    """

  init(_ row: Row) throws {
    position = Int64(try row.int(1))
    type = try row.text(2)
    occurredAt = Int64(try row.int(3))
    subject = row.optionalUUID(4)
    body = row.utf8(5)
  }

  func holds(_ draft: EventDraft) -> Bool {
    type == draft.type && occurredAt == draft.occurredAt && subject == draft.subject
      && body == draft.body
  }
}
