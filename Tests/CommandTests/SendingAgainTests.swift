import Postgres
import Testing

@Suite struct `Sending again` {
  /// Attendance of the demo's sessions by many people, in the templates' columns.
  private static func command(sessions: Int, people: Int) throws -> Command {
    let varde = try Command.withProgrammes()
    let members = (0..<people).map { "M\($0);HUM;TST-1;2025-01-20" }
    try varde.file(
      "members.csv", "person_id;unit;group;joined\n" + members.joined(separator: "\n") + "\n")
    let held = (0..<sessions).map { "S\($0);TST-1;2025-02-13;held;2025-02-13;60" }
    try varde.file(
      "held.csv",
      "session;group;planned_on;status;held_on;minutes\n" + held.joined(separator: "\n") + "\n")
    #expect(try varde.run("ingest", "enrolments", "members.csv").output.contains("\(people) new"))
    #expect(try varde.run("ingest", "sessions", "held.csv").output.contains("\(sessions) new"))
    return varde
  }

  private static func attendance(_ sessions: Range<Int>, people: Int) -> String {
    var text = "session;person_id;status;minutes\n"
    for session in sessions {
      for person in 0..<people { text += "S\(session);M\(person);present;45\n" }
    }
    return text
  }

  @Test func `a file that was interrupted goes on where it stopped`() throws {
    let varde = try Self.command(sessions: 600, people: 100)
    try varde.file("a.csv", Self.attendance(0..<600, people: 100))
    let before = try varde.session().query("SELECT max(append_no) FROM log.append")[0].int(0)
    let killed = try varde.shell(
      """
      "$binary" ingest attendance a.csv >/dev/null 2>&1 & pid=$!
      for _ in $(seq 400); do
        n=$(psql "$VARDE_DATABASE_URL" -XAtc 'SELECT max(append_no) FROM log.append')
        [ "$n" -ge \(before + 2) ] && break
        sleep 0.02
      done
      kill -9 $pid; wait $pid; echo "ended with $?"
      """)
    #expect(killed.output.contains("ended with 137"), "it was killed before its end")
    let events = "SELECT count(*) FROM log.event WHERE type = 'attendance_recorded'"
    let kept = try varde.session().query(events)[0].int(0)
    #expect((5_000..<60_000).contains(kept), "\(kept) events were committed before")
    #expect(
      try varde.session().query("SELECT count(*) FROM ops.ingest_run WHERE finished_at IS NULL")[0]
        .int(0) == 1)

    let again = try varde.run("ingest", "attendance", "a.csv")
    #expect(again.output.contains("a.csv: continuing the run that began at "))
    #expect(again.output.contains("read 60000: 60000 new, 0 corrected, 0 unchanged,"))
    #expect(try varde.session().query(events)[0].int(0) == 60_000)
    #expect(try varde.run("verify").output.contains("clean"))
    let third = try varde.run("ingest", "attendance", "a.csv")
    #expect(third.output.contains("60000 unchanged"))
    #expect(!third.output.contains("continuing"))
    let runs = try varde.session().query(
      """
      SELECT count(*), count(*) FILTER (WHERE started_at < finished_at) FROM ops.ingest_run
       WHERE kind = 'attendance' AND rows_read = 60000
      """)[0]
    #expect(try runs.int(0) == 2 && runs.int(1) == 2)
  }

  @Test func `what can be read only once is read once`() throws {
    let varde = try Self.command(sessions: 2, people: 3)
    try varde.file("a.csv", Self.attendance(0..<2, people: 3))
    #expect(
      try varde.shell("varde ingest attendance <(cat a.csv)").output.contains("read 6: 6 new"))
    #expect(try varde.shell("cat a.csv | varde ingest attendance -").output.contains("6 unchanged"))
  }

  @Test func `a snapshot takes back what it does not name, if asked and not too much`() throws {
    let varde = try Self.command(sessions: 10, people: 10)
    try varde.file("all.csv", Self.attendance(0..<10, people: 10))
    try varde.file("fewer.csv", Self.attendance(0..<9, people: 10))
    try varde.file("few.csv", Self.attendance(0..<2, people: 10))
    try varde.file("wrong.csv", Self.attendance(0..<9, people: 10) + "S9;M1;asleep;45\n")
    #expect(try varde.run("ingest", "attendance", "all.csv").output.contains("100 new"))
    let effective = """
      SELECT count(*) FROM log.event AS e WHERE type = 'attendance_recorded'
        AND NOT EXISTS (SELECT FROM log.event AS s WHERE s.supersedes = e.position)
      """
    func held() throws -> Int { try varde.session().query(effective)[0].int(0) }

    #expect(try varde.run("ingest", "attendance", "fewer.csv").exitCode == 0)
    #expect(try held() == 100, "without --snapshot nothing is taken back")
    let wrong = try varde.run("ingest", "attendance", "wrong.csv", "--snapshot")
    #expect(wrong.exitCode == 2 && wrong.output.contains("error[VD616]"))
    let few = try varde.run("ingest", "attendance", "few.csv", "--snapshot")
    #expect(few.exitCode == 2 && few.output.contains("error[VD617]"))
    #expect(few.output.contains("does not name 80 of 100 records"))
    #expect(few.output.contains("  would retract position "))
    #expect(few.output.contains(" (S2): programme TST, group TST-1, on 2025-02-13, status present"))
    #expect(few.output.contains("… and 60 more the snapshot does not name"))
    // The way to the people is the one that is told.
    #expect(few.output.contains("varde log --from POSITION --to POSITION; varde subject show ID"))
    let first = try #require(few.output.firstMatch(of: /would retract position ([0-9]+)/)).output.1
    let event = try varde.run("log", "--from", "\(first)", "--to", "\(first)").output
    let subject = try #require(event.firstMatch(of: /"subject":"([0-9a-f-]+)"/)).output.1
    #expect(try varde.run("subject", "show", "\(subject)").output.contains("person_id  "))
    #expect(try held() == 100)
    let dry = try varde.run("ingest", "attendance", "fewer.csv", "--snapshot", "--dry-run")
    #expect(dry.output.contains("10 records would be retracted"))
    #expect(dry.output.split(separator: "\n").count { $0.hasPrefix("  would retract ") } == 10)
    #expect(try held() == 100)
    let done = try varde.run("ingest", "attendance", "fewer.csv", "--snapshot")
    #expect(done.output.contains("10 records retracted"))
    #expect(done.output.split(separator: "\n").count { $0.hasPrefix("  retracted ") } == 10)
    try varde.file("none.csv", "session;person_id;status;minutes\n")
    for flags in [["--snapshot"], ["--snapshot", "--yes"], ["--snapshot", "--dry-run"]] {
      let none = try varde.shell("varde ingest attendance none.csv \(flags.joined(separator: " "))")
      #expect(none.exitCode != 0 && none.output.contains("error[VD435]"))
      #expect(none.output.contains("it would retract everything: all 90 records of attendance"))
    }
    #expect(try held() == 90)
    #expect(
      try varde.run("ingest", "attendance", "few.csv", "--snapshot", "--yes").output.contains(
        "70 records retracted"))
    #expect(try held() == 20)
    // What comes back is new again.
    let back = try varde.run("ingest", "attendance", "all.csv", "--snapshot")
    #expect(back.output.contains("80 new, 0 corrected, 20 unchanged"))
    #expect(try held() == 100)
    #expect(try varde.run("verify").output.contains("clean"))
  }
}
