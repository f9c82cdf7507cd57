import Postgres
import Testing

extension Command {
  /// The demo's programme, with people and sessions so that `attendance` of them can be sent.
  static func withAttendance(sessions: Int, people: Int) throws -> Command {
    let varde = try Command.withProgrammes()
    let members = (0..<people).map { "M\($0);HUM;TST-1;2025-01-20" }
    try varde.file(
      "members.csv", "person_id;unit;group;joined\n" + members.joined(separator: "\n") + "\n")
    let held = (0..<sessions).map { "S\($0);TST-1;held;2025-02-13;60" }
    try varde.file(
      "held.csv", "session;group;status;held_on;minutes\n" + held.joined(separator: "\n") + "\n")
    try varde.run("ingest", "enrolments", "members.csv")
    try varde.run("ingest", "sessions", "held.csv")
    var text = "session;person_id;status;minutes\n"
    for session in 0..<sessions {
      for person in 0..<people { text += "S\(session);M\(person);present;45\n" }
    }
    try varde.file("a.csv", text)
    return varde
  }

  func number(_ sql: String) throws -> Int { try session().query(sql)[0].int(0) }

  var attended: Int {
    get throws {
      try number("SELECT count(*) FROM log.event WHERE type = 'attendance_recorded'")
    }
  }

  /// A shell line that waits until two more blocks are in the log, then ends `$pid`.
  func afterTwoBlocks(signal: String) throws -> String {
    let before = try number("SELECT max(append_no) FROM log.append")
    return """
      for _ in $(seq 600); do
        n=$(psql "$VARDE_DATABASE_URL" -XAtc 'SELECT max(append_no) FROM log.append')
        [ "$n" -ge \(before + 2) ] && break
        sleep 0.02
      done
      kill -\(signal) $pid; wait $pid; echo "ended with $?"
      """
  }
}

@Suite struct `Signals and the terminal` {
  @Test func `a signal in the check of all or nothing leaves nothing, and says so`() throws {
    let varde = try Command.withAttendance(sessions: 600, people: 100)
    let ended = try varde.shell(
      """
      "$binary" ingest attendance a.csv --atomic all & pid=$!
      for _ in $(seq 600); do
        ls -l /proc/$pid/fd | grep -q a.csv && break
        sleep 0.02
      done
      kill -INT $pid; wait $pid; echo "ended with $?"
      """)
    #expect(ended.output.contains("ended with 130"), "\(ended)")
    #expect(ended.output.contains("the file is checked from its start"), "\(ended)")
    #expect(!ended.output.contains("dry run"))
    #expect(try varde.attended == 0)
    #expect(try varde.run("runs").output.contains("a.csv"))
    let again = try varde.run("ingest", "attendance", "a.csv", "--atomic", "all")
    #expect(again.output.contains("60000 new") && !again.output.contains("continuing"))
  }

  @Test(arguments: ["INT", "TERM"])
  func `a signal ends a run between two blocks, and the next one goes on`(signal: String) throws {
    let varde = try Command.withAttendance(sessions: 600, people: 100)
    let ended = try varde.shell(
      """
      "$binary" ingest attendance a.csv 2>&1 & pid=$!
      \(varde.afterTwoBlocks(signal: signal))
      """)
    #expect(ended.output.contains("ended with 130"), "\(ended.output)")
    #expect(ended.output.contains("interrupted: the same file, sent again, goes on"))
    let kept = try varde.attended
    #expect((10_000..<60_000).contains(kept) && kept % 5_000 == 0)
    #expect(ended.output.contains("read \(kept): \(kept) new,"), "the report says what was done")
    let listed = try varde.run("runs", "--limit", "1").output
    #expect(listed.contains("interrupted"))

    let again = try varde.run("ingest", "attendance", "a.csv")
    #expect(again.exitCode == 0 && again.output.contains("continuing the run that began at"))
    #expect(again.output.contains("read 60000: 60000 new, 0 corrected, 0 unchanged,"))
    #expect(try varde.attended == 60_000)
    #expect(try varde.run("verify").output.contains("clean"))
    let after = try varde.run("runs", "--limit", "1").output
    #expect(after.contains("finished"))
    #expect(after.split(separator: "\n").last?.hasPrefix("  3  ") == true, "one run, not two")
  }

  @Test func `progress is for terminals only`() throws {
    let varde = try Command.withAttendance(sessions: 300, people: 100)
    let piped = try varde.shell("varde ingest attendance a.csv --dry-run 2>err; cat err >&2")
    #expect(!piped.output.contains("rows/s"))
    #expect(!piped.output.contains("\u{1B}"))
    let shown = try varde.shell(
      "script -qec \"$binary ingest attendance a.csv --dry-run\" /dev/null")
    #expect(shown.output.contains("a.csv: 15,000 rows, "))
    #expect(shown.output.contains(" rows/s, "))
    #expect(shown.output.contains(" %, 0:0"))
    #expect(shown.output.contains("read 30000: 30000 new"))
  }
}
