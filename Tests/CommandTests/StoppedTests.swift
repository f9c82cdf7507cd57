import Foundation
import Glibc
import Postgres
import Soak
import Testing

@Suite struct `A command that is stopped` {
  private let isWaiting = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'
    """

  @Test(arguments: [SIGINT, SIGTERM])
  func `while it rebuilds says so, status shows what is left, and the next goes on`(
    signal: Int32
  ) throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    let held = try varde.session()
    try held.execute("BEGIN; LOCK TABLE log.event_type IN ACCESS EXCLUSIVE MODE")
    let rebuild = try varde.start("rebuild", output: "rebuild")
    try varde.until { try varde.number(isWaiting) > 0 }
    #expect(try varde.run("status").output.contains("\nrebuild     under way for "))
    rebuild.send(signal)
    #expect(rebuild.wait() == .exit(130))
    #expect(
      try varde.contents("rebuild") == "varde: stopped; run it again, it goes on where it was\n")
    try varde.until {
      try varde.run("status").output.contains(" ago and left; varde rebuild goes on with it\n")
    }
    #expect(try varde.run("status", "--json").output.contains(#""is_at_work":false"#))
    #expect(try varde.run("metrics").output.contains(#"varde_rebuild_age_seconds{at_work="0"} "#))
    try held.execute("COMMIT")
    let next = try varde.run("rebuild")
    #expect(next.output.contains("went on where it was"), "\(next.output)")
    #expect(try !varde.run("status").output.contains("\nrebuild "))
  }

  @Test func `while it computes says so, and a worker goes on`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    let held = try varde.session()
    try held.execute("BEGIN; LOCK TABLE fact.cell IN ACCESS EXCLUSIVE MODE")
    let recompute = try varde.start("recompute", "--all", output: "out")
    try varde.until { try varde.number(isWaiting) > 0 }
    recompute.send(SIGINT)
    #expect(recompute.wait() == .exit(130))
    #expect(
      try varde.contents("out") == "varde: stopped; run it again, or a worker, it goes on\n")
    #expect(try varde.number("SELECT count(*) FROM fact.stale") > 0)
    try held.execute("COMMIT")
    #expect(try varde.run("worker", "--once").exitCode == 0)
    #expect(try varde.number("SELECT count(*) FROM fact.stale") == 0)
  }
}
