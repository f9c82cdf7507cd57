import ArgumentParser
import Glibc
import Postgres
import Projection

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the database ready: cluster, roles, log, read models.",
    discussion: """
      Makes and starts the private PostgreSQL cluster unless VARDE_DATABASE_URL names a server,
      applies missing migrations, and builds the read models. Safe to run again.
      """)

  func run() throws {
    let workplace = Workplace.current()
    // Also where the cluster lies elsewhere: keys, rejects and releases go here.
    mkdir(workplace.home, 0o755)
    if let cluster = try workplace.cluster() {
      try cluster.start()
      let session = try Session(conninfo: cluster.conninfo(database: "postgres"))
      if try session.query("SELECT FROM pg_database WHERE datname = 'varde'").isEmpty {
        try session.execute("CREATE DATABASE varde")
      }
      Console.line("private PostgreSQL in \(cluster.folder)")
    }
    let session = try Session(conninfo: try workplace.conninfo())
    guard session.serverMajorVersion >= 15 else {
      throw Failure(
        code: "VD609",
        text:
          "PostgreSQL \(session.serverMajorVersion) is too old\n  hint: Varde needs 15 or later",
        status: .system)
    }
    let applied = try migrate(session)
    Console.line(
      applied.isEmpty
        ? "schema: up to date" : "schema: applied \(applied.joined(separator: ", "))")
    if workplace.url == nil { try allowAnalystLogin(session) }
    let built = try ReadSide(session: session).install()
    Console.line(built ? "read models: built" : "read models: in place")
    if !built { try warnIfOutdated(session) }
  }

  private func migrate(_ session: Session) throws -> [String] {
    do {
      return try Migrator(session: session).migrate()
    } catch let error as PostgresError where error.sqlstate == "42501" {
      throw Failure(
        code: "VD676",
        text: "this login may not make what Varde needs: \(error)"
          + "\n  hint: it needs CREATEROLE, and must own the database or have CREATE on it; where the "
          + "roles varde_… are there already, an administrator lets it act in them: GRANT "
          + "varde_owner, varde_recorder, varde_projector, varde_analyst, varde_steward TO … "
          + "WITH ADMIN OPTION",
        status: .system)
    }
  }

  /// On the private cluster an analyst is a login of its own, so that `varde psql` cannot write.
  private func allowAnalystLogin(_ session: Session) throws {
    try session.execute("ALTER ROLE varde_analyst LOGIN")
  }

  private func warnIfOutdated(_ session: Session) throws {
    do {
      try ReadSide(session: session).check()
    } catch let outdated as ReadSide.Outdated {
      Console.problem("varde: warning[VD605]: \(outdated.description)")
    }
  }
}
