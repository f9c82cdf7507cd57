/// Brings the write side (log, vault, ops) to the version of this binary.
///
/// Migrations are numbered, forward only, one transaction each, and never edited once released:
/// the database keeps the digest of every one it has applied.
public struct Migrator {
  /// Why a database and this binary do not fit together.
  public enum Mismatch: Error, CustomStringConvertible, Equatable {
    case uninitialised
    case tooOld(missing: [String])
    case tooNew(unknown: [String])
    case edited(String)

    /// Stable code of the diagnostic.
    public var code: String {
      switch self {
      case .uninitialised: return "VD601"
      case .tooOld: return "VD602"
      case .tooNew: return "VD603"
      case .edited: return "VD604"
      }
    }

    public var description: String {
      switch self {
      case .uninitialised:
        return "this database holds no Varde log yet\n  hint: run `varde init`"
      case .tooOld(let missing):
        return "the database is older than this varde: it lacks \(missing.joined(separator: ", "))"
          + "\n  hint: run `varde init` to migrate it"
      case .tooNew(let unknown):
        return "the database is newer than this varde: it has \(unknown.joined(separator: ", "))"
          + "\n  hint: install the varde that made it, or a later one"
      case .edited(let name):
        return "migration \(name) was applied with other content than this varde carries"
          + "\n  hint: install the varde that made this database"
      }
    }
  }

  let session: Session

  public init(session: Session) { self.session = session }

  /// Applies what is missing; returns the names of the migrations it applied.
  public func migrate() throws -> [String] {
    if let roles = SchemaFile.all.first(where: { $0.path == "roles.sql" }) {
      try session.transaction {
        // Roles belong to the server: two databases being made at once must take turns.
        try session.query("SELECT pg_advisory_xact_lock(hashtext('varde roles'))")
        try session.execute(roles.sql)
      }
    }
    try session.transaction {
      try session.query("SELECT pg_advisory_xact_lock(hashtext('varde migrations'))")
      try session.execute(
        """
        CREATE SCHEMA IF NOT EXISTS varde AUTHORIZATION varde_owner;
        SET LOCAL ROLE varde_owner;
        CREATE TABLE IF NOT EXISTS varde.migration (
          name text PRIMARY KEY, digest bytea NOT NULL, applied_at timestamptz NOT NULL);
        GRANT USAGE ON SCHEMA varde TO PUBLIC;
        GRANT SELECT ON varde.migration TO PUBLIC;
        """)
    }
    do {
      try check()
      return []
    } catch Mismatch.uninitialised, Mismatch.tooOld {
      return try applyMissing()
    }
  }

  private func applyMissing() throws -> [String] {
    var applied: [String] = []
    for file in SchemaFile.below("migrations") {
      let name = Migrator.name(of: file)
      try session.transaction {
        try session.query("SELECT pg_advisory_xact_lock(hashtext('varde migrations'))")
        let known = try session.query("SELECT FROM varde.migration WHERE name = $1", [.text(name)])
        guard known.isEmpty else { return }
        try session.execute("SET LOCAL ROLE varde_owner")
        try session.execute(file.sql)
        try session.query(
          """
          INSERT INTO varde.migration (name, digest, applied_at)
          VALUES ($1, sha256(convert_to($2, 'UTF8')), now())
          """, [.text(name), .text(file.sql)])
        applied.append(name)
      }
    }
    return applied
  }

  /// Throws a `Mismatch` unless the database has exactly the migrations of this binary.
  public func check() throws {
    guard try session.query("SELECT to_regclass('varde.migration') IS NOT NULL")[0].bool(0) else {
      throw Mismatch.uninitialised
    }
    var known: [String: [UInt8]] = [:]
    for row in try session.query("SELECT name, digest FROM varde.migration ORDER BY name") {
      known[try row.text(0)] = try row.bytes(1)
    }
    guard !known.isEmpty else { throw Mismatch.uninitialised }
    var missing: [String] = []
    for file in SchemaFile.below("migrations") {
      let name = Migrator.name(of: file)
      guard let applied = known.removeValue(forKey: name) else {
        missing.append(name)
        continue
      }
      let digest = try session.query(
        "SELECT sha256(convert_to($1, 'UTF8'))", [.text(file.sql)])[0].bytes(0)
      guard digest == applied else { throw Mismatch.edited(name) }
    }
    guard known.isEmpty else { throw Mismatch.tooNew(unknown: known.keys.sorted()) }
    guard missing.isEmpty else { throw Mismatch.tooOld(missing: missing) }
  }

  private static func name(of file: SchemaFile) -> String {
    String(file.path.dropFirst("migrations/".count).dropLast(".sql".count))
  }
}
