import Postgres
import Testing

/// Memberships of one group that were recorded under two ids of one person: what is checked and told
/// follows the one that counts.
@Suite struct `Memberships of a merged person` {
  private static let header = "person_id;unit;group;joined;left\n"

  /// Two ids of one person, both in TST-1, and attendance of 2025-03-11.
  private func command(left: String = "", attendanceOf id: String) throws -> Command {
    let varde = try Command.withProgrammes()
    try send(
      varde, "enrolments",
      Self.header + "F1;HUM;TST-1;2025-01-20;\nF2;HUM;TST-1;2025-01-20;\(left)\n", "2 new")
    try send(
      varde, "sessions",
      "session;group;planned_on;status;held_on;minutes\nB;TST-1;2025-03-11;held;2025-03-11;60\n",
      "1 new")
    try send(varde, "attendance", "session;person_id;status\nB;\(id);present\n", "1 new")
    return varde
  }

  private func merge(_ varde: Command, _ from: String, _ into: String) throws -> String {
    let merged = try varde.run("subject", "merge", from, into, "--reason", "new id")
    #expect(
      merged.exitCode == 0 && merged.output.contains("merged at position"), "\(merged.output)")
    return merged.output
  }

  /// Sends a file, first as a dry run; both say the same.
  private func send(
    _ varde: Command, _ kind: String, _ text: String, _ words: String..., silent: String = "VD436"
  ) throws {
    try varde.file("next.csv", text)
    for dry in ["--dry-run", ""] {
      let sent = try varde.shell("varde ingest \(kind) next.csv \(dry)").output
      for word in words { #expect(sent.contains(word), "\(word) in \(sent)") }
      #expect(!sent.contains(silent), "\(sent)")
    }
  }

  /// Attendance that counts.
  private func counted(_ varde: Command) throws -> Int {
    try varde.run("worker", "--once")
    return try varde.session().query(
      "SELECT count(*) FROM evaluation.attendance WHERE status <> 'not_recorded'")[0].int(0)
  }

  @Test func `leaving counts under whichever id it was recorded last`() throws {
    let varde = try command(attendanceOf: "F2")
    #expect(try !merge(varde, "F2", "F1").contains("VD436"))
    #expect(try counted(varde) == 1)
    try send(
      varde, "enrolments", Self.header + "F1;HUM;TST-1;2025-01-20;2025-02-01\n", "1 corrected",
      "next.csv:2: warning[VD436]: a recorded attendance", silent: "VD448")
    #expect(try counted(varde) == 0)
    try send(
      varde, "attendance", "session;person_id;status\nB;F2;late\n", "error[VD415]",
      "from 2025-01-20 until 2025-02-01")
    // The list of the other id does not change that, and is told so.
    try send(
      varde, "enrolments", Self.header + "F2;HUM;TST-1;2025-01-20;\n", "1 unchanged",
      "next.csv:2: warning[VD448]: this record is unchanged, and another of the same person")
    // Sent with the id that counts, it does.
    try send(
      varde, "enrolments", Self.header + "F1;HUM;TST-1;2025-01-20;\n", "1 corrected",
      silent: "VD448")
    #expect(try counted(varde) == 1)
    try send(
      varde, "enrolments", Self.header + "F2;HUM;TST-1;2025-01-20;\n", "1 unchanged",
      silent: "VD448")
  }

  @Test func `a membership that is new under the other id is told of, too`() throws {
    let varde = try Command.withProgrammes()
    try send(
      varde, "enrolments",
      Self.header + "F1;HUM;TST-1;2025-01-20;\nF2;HUM;TST-2;2025-01-20;\n", "2 new")
    try send(
      varde, "sessions",
      "session;group;planned_on;status;held_on;minutes\nB;TST-1;2025-03-11;held;2025-03-11;60\n",
      "1 new")
    try send(varde, "attendance", "session;person_id;status\nB;F1;present\n", "1 new")
    _ = try merge(varde, "F2", "F1")
    try send(
      varde, "enrolments", Self.header + "F2;HUM;TST-1;2025-01-20;2025-02-01\n", "1 new",
      "warning[VD436]: a recorded attendance", silent: "VD448")
    #expect(try counted(varde) == 0)
  }

  @Test func `a merge tells what counts no longer by it, and a split does`() throws {
    let varde = try command(left: "2025-02-01", attendanceOf: "F1")
    #expect(try counted(varde) == 1)
    let merged = try merge(varde, "F2", "F1")
    #expect(merged.contains("warning[VD436]: a recorded attendance no longer counts"), "\(merged)")
    #expect(merged.contains("on 2025-03-11, position"))
    #expect(try counted(varde) == 0)
    let split = try varde.run("subject", "split", "F2")
    #expect(split.exitCode == 0 && !split.output.contains("VD436"), "\(split.output)")
    #expect(try counted(varde) == 1)
    // The other way round: what only the other's membership bears.
    _ = try merge(varde, "F2", "F1")
    try send(
      varde, "enrolments", Self.header + "F1;HUM;TST-1;2025-01-20;2025-06-01\n", "1 corrected")
    try send(varde, "attendance", "session;person_id;status\nB;F2;late\n", "1 new")
    let apart = try varde.run("subject", "split", "F2").output
    #expect(apart.contains("warning[VD436]: a recorded attendance no longer counts"), "\(apart)")
    #expect(try counted(varde) == 1)
  }

  @Test func `of memberships that overlap the earlier ends where the later begins`() throws {
    let varde = try Command.withProgrammes()
    try send(
      varde, "enrolments",
      Self.header + "F1;HUM;TST-1;2025-01-20;\nF2;HUM;TST-1;2025-02-01;2025-03-01\n", "2 new")
    try send(
      varde, "sessions",
      "session;group;planned_on;status;held_on;minutes\nB;TST-1;2025-03-11;held;2025-03-11;60\n",
      "1 new")
    try send(varde, "attendance", "session;person_id;status\nB;F1;present\n", "1 new")
    #expect(try merge(varde, "F1", "F2").contains("warning[VD436]: a recorded attendance"))
    #expect(try counted(varde) == 0)
    try send(
      varde, "enrolments", Self.header + "F1;HUM;TST-1;2025-01-20;\n", "1 unchanged",
      "warning[VD448]")
    try send(varde, "attendance", "session;person_id;status\nB;F1;late\n", "error[VD415]")
    #expect(try varde.run("rebuild", "--verify").exitCode == 0)
  }
}
