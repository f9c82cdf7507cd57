import Foundation
import Glibc
import Postgres
import Soak
import Testing

@Suite struct `A claim that is held too long` {
  /// The demo's programmes, projected, and a session of a group recorded after that.
  private func behind() throws -> Command {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    return varde
  }

  @Test func `by a worker that was suspended goes to another, and it goes on itself afterwards`()
    throws
  {
    let varde = try behind()
    // A claim on facts has a minute; here it gets twenty seconds, if it has a limit at all.
    try varde.session().execute(
      """
      CREATE FUNCTION public.hurry() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('idle_in_transaction_session_timeout') = '1min' THEN
          PERFORM set_config('idle_in_transaction_session_timeout', '20s', true);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER hurry AFTER INSERT ON fact.session EXECUTE FUNCTION public.hurry();
      """)
    let held = try varde.session()
    try held.execute("BEGIN; LOCK TABLE fact.session IN SHARE MODE")
    let suspended = try varde.start("worker", "--facts-only", output: "suspended")
    try varde.until {
      try varde.number(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'fact.session'::regclass")
        == 1
    }
    suspended.send(SIGSTOP)
    try held.execute("COMMIT")
    let other = try varde.start("worker", "--once", output: "other")
    try varde.until { try varde.run("status").output.contains("claim       fjordvik, facts: for ") }
    let status = try varde.run("status").output
    #expect(status.contains(" by process \(suspended.pid) on "), "\(status)")
    #expect(status.contains(", silent for "), "\(status)")
    #expect(try varde.run("status", "--json").output.contains("\"process\":\(suspended.pid),"))
    #expect(try varde.run("metrics").output.contains("varde_claim_age_seconds{institution="))
    #expect(other.wait() == .exit(0))
    let said = try varde.contents("other")
    #expect(said.contains("1 events projected"), "\(said)")

    suspended.send(SIGCONT)
    try varde.file("t.csv", "session;group;planned_on;status\nF-2;TST-1;2025-03-12;planned\n")
    try varde.run("ingest", "sessions", "t.csv")
    try varde.until { try varde.number("SELECT count(*) FROM fact.session") == 2 }
    suspended.send(SIGTERM)
    #expect(suspended.wait() == .exit(0))
    #expect(try !varde.contents("suspended").contains("VD6"))
  }

  @Test(arguments: [
    "SELECT FROM ops.checkpoint WHERE projection = 'fact' FOR UPDATE",
    "SELECT FROM ops.cell_claim FOR UPDATE",
  ])
  func `is waited for by a worker that is to end when all is done`(claim: String) throws {
    let varde = try behind()
    let other = try varde.session()
    try other.execute("BEGIN; \(claim)")
    let once = try varde.start("worker", "--once", output: "once")
    try varde.until {
      try varde.contents("once").contains("waiting for other workers: fjordvik")
    }
    #expect(once.poll() == nil)
    let impatient = try varde.start("worker", "--once", "--log-format", "json", output: "json")
    try varde.until { try varde.contents("json").contains("waiting for other workers: fjordvik") }
    impatient.send(SIGTERM)
    #expect(impatient.wait() == .exit(130))
    let line = try #require(try varde.contents("json").split(separator: "\n").last)
    #expect(line.contains(#""message":"stopped; run it again, it goes on""#), "\(line)")
    try other.execute("COMMIT")
    #expect(once.wait() == .exit(0))
    #expect(try varde.number("SELECT sum(events_behind) FROM ops.projection") == 0)
    #expect(try varde.number("SELECT count(*) FROM fact.stale") == 0)
  }
}
