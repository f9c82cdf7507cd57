import Foundation
import Glibc
import Postgres
import Soak
import TestSupport
import Testing

@testable import varde

extension Command {
  /// The same folder and database under a login of its own that is a member of nothing.
  func asStranger() throws -> Command {
    let login = "stranger_\(UUID().uuidString.prefix(8).lowercased())"
    try session().execute("CREATE ROLE \(login) LOGIN")
    return Command(folder: folder, url: url.replacing("user='varde'", with: "user='\(login)'"))
  }

  /// Sets the limit that every statement of this database has from now on.
  fileprivate func limitStatements(to limit: String) throws {
    let name = try session().query("SELECT current_database()")[0].text(0)
    try session().execute("ALTER DATABASE \(name) SET statement_timeout = '\(limit)'")
  }
}

@Suite struct `A server that is away, and one that only refuses` {
  @Test(arguments: [false, true])
  func `a login that may not ends a worker, with the reason`(isUnknown: Bool) throws {
    let varde = try Command.withProgrammes()
    let unknown = Command(
      folder: varde.folder, url: varde.url.replacing("user='varde'", with: "user='none'"))
    let stranger = try isUnknown ? unknown : varde.asStranger()
    let code = isUnknown ? "VD691" : "VD674"
    let outcome = try stranger.run("worker")
    #expect(outcome.exitCode == 4 && outcome.output.contains("error[\(code)]"), "\(outcome.output)")
    #expect(outcome.output.contains(isUnknown ? "[28000]" : "varde_projector"), "\(outcome.output)")
    #expect(!outcome.output.contains("VD621"))
    let json = try stranger.run("worker", "--log-format", "json").output
    let line = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any], "\(json)")
    #expect(line["code"] as? String == code && line["level"] as? String == "error")
    #expect((line["hint"] as? String)?.contains("varde_projector") == true)
  }

  @Test func `a limit that is too short is named, with what it was too short for`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    let held = try varde.session()
    try varde.limitStatements(to: "2s")
    let limit = "the login's statement_timeout of 2s is too short"
    try held.execute("BEGIN; LOCK TABLE fact.session IN ACCESS EXCLUSIVE MODE")
    let projected = try varde.run("worker", "--once")
    #expect(projected.exitCode == 4 && projected.output.contains("VD620"), "\(projected.output)")
    #expect(projected.output.contains("while events were being turned into facts: \(limit)"))
    try held.execute("COMMIT; BEGIN; LOCK TABLE fact.tally IN ACCESS EXCLUSIVE MODE")
    try varde.session().execute("UPDATE ops.checkpoint SET not_before = '-infinity'")
    let computed = try varde.run("worker", "--once")
    #expect(computed.output.contains("while figures were being computed: \(limit)"))
    try held.execute("COMMIT; BEGIN; LOCK TABLE ops.institution IN ACCESS EXCLUSIVE MODE")
    let (worker, port) = try varde.servingWorker(output: "out")
    try varde.until {
      RawHTTP.ask("/readyz", port: port).contains("turned into facts: \(limit)")
    }
    #expect(!RawHTTP.ask("/readyz", port: port).contains("away"))
    try varde.until { try varde.contents("out").contains("VD693") }
    try held.execute("COMMIT")
    worker.send(SIGTERM)
    #expect(worker.wait() == .exit(0))
    #expect(try !varde.contents("out").contains("VD621"))
  }

  /// What ALTER ROLE or ALTER DATABASE sets counts for new sessions only.
  @Test func `a limit that was lifted holds a worker up no longer`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    try varde.limitStatements(to: "500ms")
    let held = try varde.session()
    try held.execute("SET statement_timeout = 0")
    try held.execute("BEGIN; LOCK TABLE fact.session IN ACCESS EXCLUSIVE MODE")
    let worker = try varde.start("worker", "--facts-only", output: "out")
    try varde.until { try varde.contents("out").contains("statement_timeout of 500ms") }
    try varde.limitStatements(to: "0")
    try varde.until {
      try varde.number(
        """
        SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'
           AND now() - query_start > interval '1.5 seconds'
        """) == 1
    }
    try held.execute("COMMIT")
    try varde.until { try varde.number("SELECT count(*) FROM fact.session") == 1 }
    worker.send(SIGTERM)
    #expect(worker.wait() == .exit(0))
  }

  @Test func `an unknown database is called that, and ends a worker`() throws {
    let varde = try Command()
    let lost = varde.url.replacing("dbname='", with: "dbname='nix_")
    for command in ["worker", "status", "ingest"] {
      let arguments = command == "ingest" ? ["sessions", "s.csv"] : []
      try varde.file("s.csv", "session;group\n")
      let outcome = try ChildProcess.run(
        [
          "timeout", "60", "env", "--chdir=\(varde.folder)", "VARDE_DATABASE_URL=\(lost)",
          Command.binary, command,
        ] + arguments)
      #expect(outcome.exitCode == 4 && outcome.output.contains("error[VD694]"), "\(outcome.output)")
      #expect(!outcome.output.contains("is the server running"), "\(outcome.output)")
    }
  }

  @Test func `a server that has no room for more sessions is not away`() throws {
    let varde = try Command.withProgrammes()
    let login = "few_\(UUID().uuidString.prefix(8).lowercased())"
    try varde.session().execute(
      "CREATE ROLE \(login) LOGIN CONNECTION LIMIT 3; GRANT varde_projector TO \(login)")
    defer { try? varde.session().execute("DROP ROLE \(login)") }
    let few = Command(
      folder: varde.folder, url: varde.url.replacing("user='varde'", with: "user='\(login)'"))
    let (worker, port) = try few.servingWorker("--concurrency", "4", output: "out")
    try varde.until { try varde.contents("out").contains("VD693") }
    try varde.until { RawHTTP.ask("/readyz", port: port).contains("too many connections") }
    #expect(!RawHTTP.ask("/readyz", port: port).contains("away"))
    #expect(RawHTTP.ask("/metrics", port: port).contains("varde_database_up 1.0\n"))
    #expect(
      RawHTTP.ask("/metrics", port: port).contains("varde_worker_connection_losses_total 0.0\n"))
    let status = try few.run("status")
    #expect(status.exitCode == 4 && status.output.contains("error[VD695]"), "\(status.output)")
    worker.send(SIGTERM)
    #expect(worker.wait() == .exit(0))
    #expect(try !varde.contents("out").contains("VD621"))
  }

  @Test(arguments: [false, true])
  func `status that goes on says so, and is there again`(isJSON: Bool) throws {
    let varde = try Command.withProgrammes()
    let (away, there) =
      isJSON ? (#"{"server_away":""#, #""workers":"#) : ("the server is away: ", "workers  ")
    let arguments = ["env", "--chdir=\(varde.folder)", "VARDE_DATABASE_URL=\(varde.url)"]
    let status = try Child(
      arguments + [Command.binary, "status", "--watch"] + (isJSON ? ["--json"] : []),
      output: "\(varde.folder)/out")
    try varde.until { try varde.contents("out").contains(there) }
    try varde.shut()
    try varde.until { try varde.contents("out").contains(away) }
    try varde.reopen()
    try varde.until {
      try varde.contents("out").components(separatedBy: away).last?.contains(there) == true
    }
    status.send(SIGINT)
    #expect(status.wait() == .exit(130))
    #expect(try varde.contents("out").hasSuffix("varde: stopped\n"))
  }

  @Test func `a private server that was stopped stays stopped until another command`() throws {
    let varde = try Command()
    let home = "\(varde.folder)/home"
    func start(_ arguments: String..., output: String) throws -> Child {
      try Child(
        ["env", "--chdir=\(varde.folder)", "-u", "VARDE_DATABASE_URL", "VARDE_HOME=\(home)"]
          + [Command.binary] + arguments, output: "\(varde.folder)/\(output)")
    }
    #expect(try start("init", output: "init").wait() == .exit(0))
    let cluster = try PrivateCluster(home: home)
    let worker = try start("worker", "--concurrency", "2", output: "worker")
    let status = try start("status", "--watch", output: "status")
    try varde.until {
      try varde.contents("status").contains("database")
        && Session(conninfo: cluster.conninfo()).query("SELECT count(*) FROM ops.worker")[0].int(0)
          == 1
    }
    #expect(try start("down", output: "down").wait() == .exit(0))
    try varde.until {
      try varde.contents("worker").contains("VD621")
        && varde.contents("status").contains("the server is away")
    }
    usleep(3_000_000)
    #expect(try !cluster.isRunning())
    #expect(try start("status", output: "again").wait() == .exit(0))
    try varde.until { try varde.contents("worker").contains("the server is back") }
    for child in [worker, status] { child.send(SIGTERM) }
    #expect(worker.wait() == .exit(0) && status.wait() == .exit(130))
    #expect(try cluster.stop())
  }
}

@Suite struct `Read models of another version` {
  @Test func `are told by everything an operator watches`() throws {
    let varde = try Command.withProgrammes()
    let notice = "read models of another version; workers refuse (VD605)"
    #expect(try !varde.run("status").output.contains(notice))
    #expect(try varde.run("metrics").output.contains("varde_read_models_outdated 0.0\n"))
    let conninfo = varde.url
    let connect = { @Sendable in try Session(conninfo: conninfo, role: "varde_projector") }
    #expect(Lookout(connect: connect).look().problem == nil)
    try varde.session().execute("UPDATE ops.read_side SET digest = 'another'")
    #expect(try varde.run("status").output.contains("\n\(notice): varde rebuild\n"))
    #expect(try varde.run("status", "--json").output.contains(#""read_models":"outdated""#))
    #expect(try varde.run("metrics").output.contains("varde_read_models_outdated 1.0\n"))
    #expect(Lookout(connect: connect).look().problem == notice)
    let failures = try varde.run("failures")
    #expect(failures.exitCode == 2 && failures.output.contains(notice), "\(failures.output)")
    #expect(failures.output.contains("hint: run 'varde rebuild'"))
    #expect(try varde.run("failures", "--json").output.contains(#""state":"outdated""#))
    #expect(try varde.run("rebuild").exitCode == 0)
    #expect(try varde.run("failures").exitCode == 0)
  }
}
