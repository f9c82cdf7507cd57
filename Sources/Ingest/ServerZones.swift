public import Postgres

/// The zones PostgreSQL knows.
public struct ServerZones: ZoneSource {
  private let session: Session

  public init(session: Session) { self.session = session }

  public func rules(of zone: String) throws -> ZoneRules? {
    let known = try session.query(
      "SELECT name FROM pg_catalog.pg_timezone_names WHERE lower(name) = lower($1)", [.text(zone)])
    guard let name = try known.first?.text(0) else { return nil }
    // Days first, then the quarter hours of the days on which the offset changed.
    let rows = try session.query(
      """
      WITH day AS (
        SELECT t, extract(epoch FROM (t AT TIME ZONE $1) - (t AT TIME ZONE 'UTC'))::int AS offset_s
          FROM generate_series(timestamptz '1990-01-01 00:00Z', '2050-01-01 00:00Z', '1 day') AS t),
      turn AS (
        SELECT d.t FROM (SELECT t, offset_s, lead(offset_s) OVER (ORDER BY t) AS next FROM day) AS d
         WHERE d.next <> d.offset_s),
      quarter AS (
        SELECT q, extract(epoch FROM (q AT TIME ZONE $1) - (q AT TIME ZONE 'UTC'))::int AS offset_s
          FROM turn, generate_series(turn.t, turn.t + interval '1 day', interval '15 minutes') AS q),
      stepped AS (
        SELECT q, offset_s, lag(offset_s) OVER (ORDER BY q) AS before FROM quarter)
      SELECT NULL::bigint, (SELECT offset_s FROM day ORDER BY t LIMIT 1)
       UNION ALL
      SELECT extract(epoch FROM q)::bigint, offset_s FROM stepped WHERE before <> offset_s
       ORDER BY 1 NULLS FIRST
      """, [.text(name)])
    return ZoneRules(
      name: name,
      changes: try rows.map { row in
        ZoneRules.Change(
          from: row.optionalText(0).flatMap { Int64($0) } ?? Int64.min,
          offset: Int(try row.text(1)) ?? 0)
      })
  }
}
