import Foundation
import Postgres
import TestSupport
import Testing

extension Command {
  /// The demo's programmes with 12 sessions, and behind them one that no projector can take.
  fileprivate static func withPoison() throws -> (varde: Command, position: Int) {
    let varde = try Command.withProgrammes()
    try varde.run("ingest", "sessions", "\(demoData)/sessions.csv")
    let position = try varde.session().query(
      """
      SELECT o_first FROM log.append(1, gen_random_uuid(), NULL, '{session_recorded}', '{1}',
        '{2025-02-03}', '{day}', '{NULL}', '{NULL}', '{NULL}',
        ARRAY['{"programme":"TST","group":"TST-1","session":"X","minutes":"Åse Prøvesen"}'])
      """)[0].int(0)
    return (varde, position)
  }
}

@Suite struct `What people do about an event no projector can take` {
  @Test func `see it, leave it out, rebuild, release`() throws {
    let (varde, position) = try Command.withPoison()
    #expect(try varde.run("failures").output == "nothing stands still\n")
    let stuck = try varde.run("worker", "--once")
    #expect(stuck.exitCode == 4 && stuck.output.contains("error[VD620]"), "\(stuck.output)")
    let early = try varde.run("release", "--programme", "TST", "--period", "2025V", "--to", "no")
    #expect(early.exitCode == 3 && early.output.contains("error[VD630]"), "\(early.output)")
    #expect(early.output.contains("hint: `varde failures` tells which event"), "\(early.output)")
    let listed = try varde.run("failures")
    #expect(listed.exitCode == 2)
    #expect(listed.output.contains("varde quarantine \(position) --institution "))
    let json = try varde.run("failures", "--json")
    #expect(json.exitCode == 2 && json.output.contains("\"position\":\(position)"))
    let metrics = try varde.run("metrics").output
    let status = try varde.run("status").output
    for text in [stuck.output, listed.output, json.output, metrics, status] {
      #expect(!text.contains("Prøvesen"), "\(text)")
    }

    let unknown = try varde.run("quarantine", "1", "--reason", "why")
    #expect(
      unknown.exitCode == 3 && unknown.output.contains("error[VD660]"), "\(unknown.output)")
    let passed = try varde.run("quarantine", "1", "--reason", "why", "--yes")
    #expect(passed.exitCode == 3 && passed.output.contains("error[VL428]"), "\(passed.output)")
    #expect(try varde.run("quarantine", "\(position)", "--reason", " ").exitCode == 1)
    let done = try varde.run("quarantine", "\(position)", "--reason", "minutes are no number")
    #expect(
      done.output
        == "position \(position) is left out of all facts, by the decision at position "
        + "\(position + 1)\n")
    #expect(try varde.run("worker", "--once").exitCode == 0)
    #expect(try varde.run("rebuild", "--verify").exitCode == 0)
    #expect(try varde.run("verify").output.contains("clean"))
    #expect(try varde.run("failures").exitCode == 0)
    let entry = try varde.run("log", "--type", "event_quarantined").output
    #expect(entry.contains("minutes are no number"), "\(entry)")

    let release = try varde.run("release", "--programme", "TST", "--period", "2025V", "--to", "out")
    #expect(
      release.exitCode == 0
        && release.output.hasSuffix(
          "\n1 event left out (varde help quarantine)\n"),
      "\(release.output)")
    let before = try varde.run(
      "release", "--programme", "TST", "--period", "2025V", "--cut", "\(position - 1)", "--to",
      "before")
    #expect(before.output.contains("\n0 events left out "), "\(before.output)")
    let told = try varde.shell(
      """
      grep -h '"quarantined_events": 1' out/*/manifest.json out/*/datapackage.json | wc -l
      grep -h '"quarantined_events": 0' before/*/manifest.json before/*/datapackage.json | wc -l
      tr -d '\\n' < "$(ls out/*/report.html)" | grep -o 'Events left out</dt> *<dd[^>]*>1<' | wc -l
      """
    ).output
    #expect(told == "2\n2\n1\n", "\(told)")
  }

  /// Whoever is killed while an institution waits takes nothing with them.
  @Test func `kill a worker while it waits for the next try`() throws {
    let (varde, _) = try Command.withPoison()
    let killed = try varde.shell(
      """
      "$binary" worker > news 2>&1 & pid=$!
      for _ in $(seq 400); do
        n=$(psql "$VARDE_DATABASE_URL" -XAtc 'SELECT max(attempts) FROM ops.checkpoint')
        [ "$n" = 2 ] && break
        sleep 0.05
      done
      kill -KILL $pid; wait $pid; echo "ended with $?"
      """)
    #expect(killed.output.contains("ended with 137"))
    let attempts = "SELECT attempts FROM ops.checkpoint WHERE projection = 'fact'"
    let kept = try varde.number(attempts)
    #expect(kept >= 2)
    #expect(try varde.number("SELECT attempts FROM ops.failure") == kept)
    for attempt in kept + 1...6 {
      try varde.session().execute("UPDATE ops.checkpoint SET not_before = '-infinity'")
      #expect(try varde.run("worker", "--once").exitCode == 4)
      #expect(try varde.number(attempts) == min(attempt, 5))
    }
    #expect(try varde.run("failures").output.contains("halted"))
    #expect(try varde.run("retry").output == "tried again: fjordvik\n")
    #expect(try varde.number(attempts) == 0)
    #expect(try varde.run("retry").output == "nothing stood still\n")
    #expect(try varde.run("retry", "nowhere").exitCode == 3)
  }

  /// What a site forbids is not the event's fault, and what was left out may be sent again as it was.
  @Test func `a constraint of the site's is named; what was left out for it comes back`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    try varde.session().execute(
      "ALTER TABLE fact.session ADD CONSTRAINT site_x CHECK (minutes IS NOT NULL) NOT VALID")
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    #expect(try varde.run("worker", "--once").exitCode == 4)
    let listed = try varde.run("failures").output
    #expect(listed.contains("constraint 'site_x' of fact.session is not Varde's"), "\(listed)")
    #expect(listed.contains("varde retry fjordvik"))
    let position = try varde.session().query(
      "SELECT position FROM log.event WHERE type = 'session_recorded'")[0].text(0)
    #expect(try varde.run("quarantine", position, "--reason", "a wrong rule").exitCode == 0)
    let again = try varde.run("quarantine", position, "--reason", "a wrong rule")
    #expect(again.exitCode == 3 && again.output.contains("error[VL426]"), "\(again.output)")
    try varde.session().execute("ALTER TABLE fact.session DROP CONSTRAINT site_x")
    let tried = try varde.run("ingest", "sessions", "s.csv", "--dry-run").output
    #expect(tried.contains("0 new, 0 corrected, 1 unchanged"), "\(tried)")
    let sent = try varde.run("ingest", "sessions", "s.csv").output
    #expect(
      sent.contains("warning[VD677]") && sent.contains("varde retract \(position)"), "\(sent)")
    #expect(try varde.run("retract", position).exitCode == 0)
    #expect(try varde.run("ingest", "sessions", "s.csv").output.contains("read 1: 1 new"))
    #expect(try varde.run("ingest", "sessions", "s.csv").output.contains("VD677") == false)
    #expect(try varde.run("worker", "--once").exitCode == 0)
    #expect(try varde.number("SELECT count(*) FROM evaluation.session") == 1)
    #expect(try varde.run("rebuild", "--verify").exitCode == 0)
  }

  @Test func `a right that is missing is counted, and named as a GRANT`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    try varde.session().execute("REVOKE INSERT, DELETE ON fact.session FROM varde_projector")
    try varde.file("s.csv", "session;group;planned_on;status\nF-1;TST-1;2025-03-11;planned\n")
    try varde.run("ingest", "sessions", "s.csv")
    #expect(try varde.run("worker", "--once").exitCode == 4)
    let listed = try varde.run("failures")
    #expect(listed.exitCode == 2)
    for right in ["INSERT", "DELETE"] {
      #expect(
        listed.output.contains("GRANT \(right) ON TABLE fact.session TO varde_projector"),
        "\(listed.output)")
    }
    #expect(try varde.run("metrics").output.contains("varde_failures 1.0\n"))
    #expect(try varde.run("status", "--json").output.contains(#""failures":1,"#))
  }
}
