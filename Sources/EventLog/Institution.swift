internal import FoundationEssentials
public import Postgres

/// An institution with a log in this database.
public struct Institution: Sendable, Equatable {
  public let id: Int32
  /// Short name people type, for example `fjordvik`.
  public let code: String
  public let name: String

  /// All institutions, by code.
  public static func all(_ session: Session) throws -> [Institution] {
    try session.query("SELECT institution_id, code, name FROM ops.institution ORDER BY code").map {
      Institution(id: Int32(try $0.int(0)), code: try $0.text(1), name: try $0.text(2))
    }
  }

  /// As `all`, and those of which only the log still knows: somebody has removed them from the
  /// catalogue, and a verification must not pass them over.
  public static func allWithLog(_ session: Session) throws -> [Institution] {
    let known = try all(session)
    let ids = try session.query(
      """
      SELECT institution_id FROM log.institution
      UNION SELECT institution_id FROM log.append
      UNION SELECT unnest(log.open_ends())
      ORDER BY 1
      """
    ).map { Int32(try $0.int(0)) }
    let names = Set(known.map(\.id))
    return known
      + ids.filter { !names.contains($0) }.map {
        Institution(id: $0, code: "institution \($0) (not in the catalogue)", name: "")
      }
  }

  /// Opens a log for `code`, or returns the one there is. Needs the steward's role.
  public static func register(_ session: Session, code: String, name: String) throws -> Institution
  {
    if let known = try all(session).first(where: { $0.code == code }) { return known }
    let id = try session.transaction { () throws -> Int32 in
      // Two stewards at once must not hand out the same number.
      try session.query("SELECT pg_advisory_xact_lock(hashtext('varde institution'))")
      let next = try session.query(
        "SELECT coalesce(max(institution_id), 0) + 1 FROM ops.institution")[0].int(0)
      let id = Value.int(Int64(next))
      try session.query(
        "INSERT INTO ops.institution (institution_id, code, name) VALUES ($1, $2, $3)",
        [id, .text(code), .text(name)])
      try session.query(
        "INSERT INTO log.institution (institution_id, genesis) VALUES ($1, $2)",
        [id, .bytes(random32())])
      try session.query(
        "INSERT INTO vault.secret (institution_id, source_key_secret) VALUES ($1, $2)",
        [id, .bytes(random32())])
      return Int32(next)
    }
    return Institution(id: id, code: code, name: name)
  }

  private static func random32() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
