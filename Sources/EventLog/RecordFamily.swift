public import FoundationEssentials
internal import Postgres

/// A record in effect, as the log has it.
public struct RecordedEvent: Sendable {
  public let position: Int64
  public let type: String
  /// Whom it is about.
  public let subject: UUID?
  /// The day it has in its body, or else that of `occurred_at` in UTC; `YYYY-MM-DD`.
  public let day: String
  public let body: [UInt8]

  init(_ row: Row) throws {
    position = Int64(try row.int(0))
    type = try row.text(1)
    subject = row.optionalUUID(2)
    day = try row.text(3)
    body = row.utf8(4) ?? []
  }

  fileprivate static let members = """
    n.position, n.type, n.subject_id,
    coalesce(n.body ->> 'on', to_char(n.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')), n.body
    """
}

extension RecordLookup {
  /// The records in effect whose natural keys begin with one of these and have one part more: the
  /// attendance of sessions. Their keys stand side by side in the log's index, see `SourceKeyMaker`.
  public func family(of beginnings: [String]) throws -> [RecordedEvent] {
    guard !beginnings.isEmpty else { return [] }
    var keys = keys
    let ranges = beginnings.map { keys.family(of: $0) }
    return try session.query(
      """
      SELECT \(RecordedEvent.members)
        FROM unnest($2::uuid[], $3::uuid[]) AS k(first, last)
        JOIN log.event AS b
          ON b.institution_id = $1 AND b.source_key BETWEEN k.first AND k.last
         AND b.supersedes IS NULL
       CROSS JOIN LATERAL (
             SELECT e.position FROM log.event AS e
              WHERE e.institution_id = $1 AND e.source_key = b.source_key
                AND e.supersedes IS NOT NULL
              ORDER BY e.position DESC
              LIMIT 1) AS l
        JOIN log.event AS n ON n.institution_id = $1 AND n.position = l.position
       WHERE n.body IS NOT NULL
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = n.position)
       UNION ALL
      SELECT \(RecordedEvent.members)
        FROM unnest($2::uuid[], $3::uuid[]) AS k(first, last)
        JOIN log.event AS n
          ON n.institution_id = $1 AND n.source_key BETWEEN k.first AND k.last
         AND n.supersedes IS NULL
       WHERE n.body IS NOT NULL
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = n.position)
      """,
      [
        .int(Int64(institution)), .uuidArray(ranges.map(\.lowerBound.uuid)),
        .uuidArray(ranges.map(\.upperBound.uuid)),
      ]
    ).map(RecordedEvent.init)
  }

  /// The records in effect of some types about some subjects. Nothing leads from a person to their
  /// records, so the whole log is read: ask for many people at once, and seldom.
  public func records(of subjects: [UUID], types: [String]) throws -> [RecordedEvent] {
    guard !subjects.isEmpty, !types.isEmpty else { return [] }
    return try session.query(
      """
      SELECT \(RecordedEvent.members)
        FROM log.event AS n
       WHERE n.institution_id = $1 AND n.subject_id = ANY ($2::uuid[])
         AND n.type = ANY ($3::text[]) AND n.body IS NOT NULL
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = n.position)
       ORDER BY n.position
      """, [.int(Int64(institution)), .uuidArray(subjects), .textArray(types)]
    ).map(RecordedEvent.init)
  }

  /// The sessions in effect of some groups.
  public func sessions(of groups: [String]) throws -> [RecordedEvent] {
    guard !groups.isEmpty else { return [] }
    return try session.query(
      """
      SELECT \(RecordedEvent.members)
        FROM log.event AS n
       WHERE n.institution_id = $1 AND n.type = 'session_recorded'
         AND n.body ->> 'group' = ANY ($2::text[])
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = n.position)
       ORDER BY n.position
      """, [.int(Int64(institution)), .textArray(groups)]
    ).map(RecordedEvent.init)
  }
}
