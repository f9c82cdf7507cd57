import Glibc
import Postgres
import Soak
import Testing

@Suite struct `A worker that is told to end` {
  @Test func `finishes the events under way, and takes its row with it`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    let held = try varde.session()
    try held.execute("BEGIN; LOCK TABLE fact.session IN ACCESS EXCLUSIVE MODE")
    let worker = try varde.start("worker", "--facts-only", output: "out")
    try varde.until {
      try varde.number(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'fact.session'::regclass")
        == 1
    }
    #expect(try varde.number("SELECT count(*) FROM ops.worker") == 1)
    worker.send(SIGTERM)
    usleep(1_500_000)
    #expect(worker.poll() == nil, "it does not leave its events half done")
    try held.execute("COMMIT")
    #expect(worker.wait() == .exit(0))
    #expect(try varde.number("SELECT count(*) FROM fact.session") == 1)
    #expect(try varde.number("SELECT count(*) FROM ops.worker") == 0)
  }

  @Test func `gives up what it computes`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once", "--facts-only")
    let held = try varde.session()
    try held.execute("BEGIN; LOCK TABLE fact.programme IN ACCESS EXCLUSIVE MODE")
    let worker = try varde.start("worker", output: "out")
    try varde.until {
      try varde.number(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'fact.programme'::regclass")
        == 1
    }
    worker.send(SIGTERM)
    #expect(worker.wait() == .exit(0), "although nobody lets go of the table")
    try held.execute("COMMIT")
    #expect(try varde.number("SELECT count(*) FROM fact.stale") > 0)
  }

  @Test func `does not wait for a server that is away, from the beginning or meanwhile`() throws {
    let varde = try Command.withProgrammes()
    try varde.shut()
    let worker = try varde.start("worker", "--concurrency", "2", output: "out")
    try varde.until { try varde.contents("out").contains("VD621") }
    // The pauses have grown to some seconds by then.
    usleep(4_000_000)
    worker.send(SIGTERM)
    let asked = ContinuousClock.now
    #expect(worker.wait() == .exit(0))
    #expect(.now - asked < .seconds(5))
    try varde.reopen()
  }
}
