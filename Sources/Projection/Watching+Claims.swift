internal import Postgres

extension Watching {
  /// What a worker holds in one transaction: a projection of an institution that nobody else can
  /// advance meanwhile.
  public struct Claim: Sendable, Equatable, Codable {
    public let institution: String
    /// `fact` or `cell`.
    public let projection: String
    /// Process id of the worker, on its host.
    public let process: Int
    public let host: String
    /// Seconds it has been held.
    public let seconds: Double
    /// Seconds for which the worker has been silent; `nil` while the server works for it.
    public let idleSeconds: Double?
  }

  /// Facts being built beside those that people read.
  public struct RebuildUnderWay: Sendable, Equatable, Codable {
    /// Seconds since it was begun.
    public let seconds: Double
    /// Whether somebody is at it; otherwise it was interrupted.
    public let isAtWork: Bool
  }
}

extension Watching.Claim {
  /// What is held now, the one held longest first. None where `Watching.seesSessions` is false.
  static func all(_ session: Session) throws -> [Watching.Claim] {
    let codes = try session.query("SELECT institution_id, code FROM ops.institution")
    var institutions: [Int32: String] = [:]
    for row in codes { institutions[Int32(try row.int(0))] = try row.text(1) }
    let rows = try session.query(
      "SELECT application, seconds, idle_seconds FROM ops.claim ORDER BY seconds DESC")
    var claims: [Watching.Claim] = []
    for row in rows {
      guard let holder = ClaimHolder(applicationName: try row.text(0)),
        let code = institutions[holder.institution],
        // A worker that just finds out that another has it.
        !claims.contains(where: { $0.institution == code && $0.projection == holder.projection })
      else { continue }
      claims.append(
        Watching.Claim(
          institution: code, projection: holder.projection, process: holder.process,
          host: holder.host, seconds: try row.double(1), idleSeconds: row.optionalDouble(2)))
    }
    return claims
  }
}

extension Watching.RebuildUnderWay {
  static func any(_ session: Session) throws -> Watching.RebuildUnderWay? {
    try session.query(
      """
      SELECT extract(epoch FROM clock_timestamp() - min(b.started_at))::float8, ops.rebuilds()
        FROM ops.rebuild AS b
      HAVING count(*) > 0
      """
    ).first.map {
      Watching.RebuildUnderWay(seconds: try $0.double(0), isAtWork: try $0.bool(1))
    }
  }
}
