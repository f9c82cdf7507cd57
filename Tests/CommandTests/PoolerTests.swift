import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `Through PgBouncer in transaction mode` {
  /// What the pooler's two connections were left with by whoever had them before.
  private func leftovers(_ url: String) throws -> Set<String> {
    let sessions = try (0..<2).map { _ in try Session(conninfo: url) }
    func look(_ session: Session) throws -> String {
      try session.query(
        """
        SELECT current_setting('role') || ' ' || current_setting('lock_timeout') || ' '
               || current_setting('default_transaction_read_only') || ' '
               || (SELECT count(*) FROM pg_class WHERE relpersistence = 't') || ' '
               || current_setting('idle_in_transaction_session_timeout')
        """)[0].text(0)
    }
    // At the same time, so that both are lent.
    return try sessions[0].transaction {
      Set([try look(sessions[0]), try sessions[1].transaction { try look(sessions[1]) }])
    }
  }

  @Test func `everything works, and no connection keeps anything`() throws {
    let pooler = try Pooler()
    let direct = try Command()
    let varde = Command(folder: direct.folder, url: pooler.url(direct.url))
    #expect(try Session(conninfo: varde.url).isPooled)
    #expect(try !Session(conninfo: direct.url).isPooled)

    func run(_ line: String) throws -> String {
      let outcome = try varde.shell("cd data && varde \(line)")
      #expect(outcome.exitCode == 0, "varde \(line): \(outcome.output)")
      return outcome.output
    }
    _ = try varde.shell("cp -r '\(demoData)' data")
    _ = try run("init")
    _ = try run("programme apply tst.yaml opm.yaml")
    let sent = try run("ingest enrolments enrolments.csv")
    #expect(sent.contains(" new"))
    _ = try run("ingest sessions sessions.csv")
    _ = try run("ingest sessions sessions.csv --snapshot")
    _ = try run("ingest observations observations.csv --atomic all")
    _ = try run("worker --once")
    let (pooled, plain) = (
      try run("figures --programme TST"),
      try direct.shell("varde figures --programme TST").output
    )
    #expect(pooled == plain && pooled.contains("TST"))
    _ = try run("release --programme TST --period 2025V --to '\(varde.folder)/pooled'")
    let again = try direct.shell(
      "varde release --programme TST --period 2025V --to plain && diff -r plain pooled")
    #expect(again.exitCode == 0, "\(again.output)")
    _ = try run("rebuild --verify")
    #expect(try run("verify").contains("clean"))
    #expect(try run("log --from 1 --to 1").contains("programme_registered"))
    #expect(try run("failures").contains("nothing stands still"))
    #expect(try leftovers(varde.url) == ["none 0 off 0 0"])
  }

  /// Nothing is heard through a pooler, so this is the sweep's work.
  @Test func `workers follow the log, and end in order`() throws {
    let pooler = try Pooler()
    let direct = try Command.withProgrammes()
    let varde = Command(folder: direct.folder, url: pooler.url(direct.url))
    let outcome = try varde.shell(
      """
      "$binary" worker --concurrency 3 --log-format json > news 2>&1 & pid=$!
      cp -r '\(demoData)' data; cd data
      for kind in enrolments sessions attendance; do varde ingest $kind $kind.csv >/dev/null; done
      for _ in $(seq 300); do
        behind=$(psql "$VARDE_DATABASE_URL" -XAtc \
          "SELECT sum(events_behind) FROM ops.projection")
        [ "$behind" = 0 ] && break
        sleep 0.1
      done
      kill -TERM $pid; wait $pid; echo "ended with $?, behind $behind"
      """)
    #expect(outcome.output.contains("ended with 0, behind 0"), "\(outcome.output)")
    #expect(try varde.contents("news").contains(#""message":"stopped""#))
    #expect(try !varde.contents("news").contains("error"))
    #expect(try direct.run("rebuild", "--verify").exitCode == 0)
  }

  @Test(arguments: [" password=wrong", ""])
  func `a login that it turns away ends a worker`(password: String) throws {
    let pooler = try Pooler(password: "right")
    let direct = try Command.withProgrammes()
    let varde = Command(folder: direct.folder, url: pooler.url(direct.url) + password)
    let outcome = try varde.shell("timeout 60 \"$binary\" worker")
    #expect(outcome.exitCode == 4 && outcome.output.contains("error[VD691]"), "\(outcome.output)")
    #expect(!outcome.output.contains("VD621"))
  }

  @Test func `a database that it does not know ends a worker`() throws {
    let direct = try Command.withProgrammes()
    let name = try #require(Pooler.settings(direct.url)["dbname"])
    let pooler = try Pooler(database: name)
    let url = pooler.url(direct.url)
    #expect(try Command(folder: direct.folder, url: url).run("status").exitCode == 0)
    let lost = Command(folder: direct.folder, url: url.replacing("'\(name)'", with: "'nix'"))
    for command in ["worker", "status"] {
      let outcome = try lost.shell("timeout 60 \"$binary\" \(command)")
      #expect(outcome.exitCode == 4 && outcome.output.contains("error[VD694]"), "\(outcome.output)")
    }
  }
}
