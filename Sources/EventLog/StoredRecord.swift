internal import Events
internal import FoundationEssentials
internal import Postgres

/// The newest event under a row key, as far as "is this the same?" needs it.
struct StoredRecord {
  let position: Int64
  let type: String
  let occurredAt: Int64
  let subject: UUID?
  let precision: String
  let schemaVersion: Int
  /// `nil` once the person was erased.
  let body: [UInt8]?

  /// Position of the retraction that took it back, if one did.
  let retractedBy: Int64?

  /// `$1` institution, `$2` source keys.
  static let newestQuery = """
    SELECT n.source_key, n.position, n.type, n.occurred_at, n.subject_id, n.body, r.position,
           n.occurred_precision, n.schema_version
      FROM unnest($2::uuid[]) AS k(source_key)
     CROSS JOIN LATERAL (
           SELECT v.source_key, v.position, v.type,
                  (extract(epoch FROM v.occurred_at) * 1000000)::bigint AS occurred_at,
                  v.subject_id, v.body, v.occurred_precision, v.schema_version
             FROM ((SELECT e.* FROM log.event AS e
                     WHERE e.institution_id = $1 AND e.source_key = k.source_key
                       AND e.supersedes IS NOT NULL
                     ORDER BY e.position DESC
                     LIMIT 1)
                   UNION ALL
                   SELECT e.* FROM log.event AS e
                    WHERE e.institution_id = $1 AND e.source_key = k.source_key
                      AND e.supersedes IS NULL) AS v
            ORDER BY v.position DESC
            LIMIT 1) AS n
      LEFT JOIN log.event AS r ON r.institution_id = $1 AND r.supersedes = n.position
    """

  init(_ row: Row) throws {
    position = Int64(try row.int(1))
    type = try row.text(2)
    occurredAt = Int64(try row.int(3))
    subject = row.optionalUUID(4)
    body = row.utf8(5)
    retractedBy = row.optionalInt(6).map(Int64.init)
    precision = try row.text(7)
    schemaVersion = try row.int(8)
  }

  func holds(_ draft: EventDraft) -> Bool {
    type == draft.type && occurredAt == draft.occurredAt && subject == draft.subject
      && precision == draft.precision.rawValue && schemaVersion == Int(draft.schemaVersion)
      && (body == draft.body
        || body.map(EventDraft.content) == EventDraft.content(of: draft.body))
  }
}
