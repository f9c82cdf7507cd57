import Postgres
import Testing

/// What hangs on a record that is corrected or taken back.
@Suite struct `What a correction leaves behind` {
  private static let enrolments = "person_id;unit;group;joined;left\n"
  private static let sessions = "session;group;planned_on;status;held_on;minutes\n"

  /// Two members and a guest of TST-1, at two sessions.
  private static func command() throws -> Command {
    let varde = try Command.withProgrammes()
    try varde.file(
      "people.csv",
      enrolments + "F1;HUM;TST-1;2025-01-20;\nF2;HUM;TST-1;2025-01-20;\nF3;REA;TST-2;2025-01-20;\n")
    try varde.file(
      "sessions.csv",
      sessions + "A;TST-1;2025-02-11;held;2025-02-11;60\nB;TST-1;2025-03-11;held;2025-03-11;60\n")
    try varde.file(
      "attendance.csv",
      "session;person_id;status;guest\nA;F1;present;\nA;F2;absent;\nA;F3;present;yes\nB;F1;late;\n")
    for (kind, file) in [
      ("enrolments", "people"), ("sessions", "sessions"), ("attendance", "attendance"),
    ] {
      let sent = try varde.run("ingest", kind, "\(file).csv")
      #expect(sent.exitCode == 0, "\(sent.output)")
    }
    return varde
  }

  /// Rows of the view that somebody wrote down.
  private func rows(_ varde: Command) throws -> [String] {
    try varde.run("worker", "--once")
    return try varde.session().query(
      """
      SELECT a.session, i.value, a.guest::text, a.status FROM evaluation.attendance AS a
        JOIN vault.identifier AS i ON i.subject_id = a.subject_id AND i.kind = 'person_id'
       WHERE a.status <> 'not_recorded' ORDER BY 1, 2, 3
      """
    ).map { row in try (0...3).map { try row.text($0) }.joined(separator: " ") }
  }

  /// Sends a file, first as a dry run; both say the same.
  private func send(
    _ varde: Command, _ kind: String, _ text: String, saying words: [String], _ flags: String = ""
  ) throws {
    try varde.file("next.csv", text)
    for dry in ["--dry-run", ""] {
      let sent = try varde.shell("varde ingest \(kind) next.csv \(flags) \(dry)").output
      for word in words { #expect(sent.contains(word), "\(word) in \(sent)") }
      #expect(words.isEmpty == !sent.contains("VD436"), "\(sent)")
      if !words.isEmpty {
        #expect(sent.contains("would no longer count") == !dry.isEmpty, "\(sent)")
      }
    }
  }

  private let all = [
    "A F1 false present", "A F2 false absent", "A F3 true present", "B F1 false late",
  ]

  @Test func `attendance outside a membership that ends earlier is told of`() throws {
    let varde = try Self.command()
    #expect(try rows(varde) == all)
    try send(
      varde, "enrolments",
      Self.enrolments + "F2;HUM;TST-1;2025-01-20;2025-06-01\nF1;HUM;TST-1;2025-01-20;2025-02-01\n",
      saying: ["next.csv:3: warning[VD436]: 2 recorded attendances", "the first on 2025-02-11,"])
    #expect(try rows(varde) == [all[1], all[2]])
    // It comes back, and nothing is lost by that.
    try send(varde, "enrolments", Self.enrolments + "F1;HUM;TST-1;2025-01-20;\n", saying: [])
    #expect(try rows(varde) == all)
  }

  @Test func `who comes back keeps what was recorded before, in views and figures`() throws {
    let varde = try Self.command()
    try send(
      varde, "enrolments", Self.enrolments + "F1;HUM;TST-1;2025-01-20;2025-03-12\n", saying: [])
    try varde.file("back.csv", Self.enrolments + "F1;HUM;TST-1;2025-09-01;\n")
    let back = try varde.run("ingest", "enrolments", "back.csv")
    #expect(back.exitCode == 0 && back.output.contains("1 new"), "\(back.output)")
    #expect(back.output.contains("warning[VD424]") && !back.output.contains("VD436"))
    #expect(try rows(varde) == all)
    for file in ["people", "back"] {
      let again = try varde.run("ingest", "enrolments", "\(file).csv")
      #expect(again.output.contains(file == "back" ? "1 unchanged" : "error[VD425]"))
    }
    try varde.file(
      "later.csv", Self.sessions + "C;TST-1;2025-09-09;held;2025-09-09;60\n")
    #expect(try varde.run("ingest", "sessions", "later.csv").exitCode == 0)
    try varde.file("c.csv", "session;person_id;status\nC;F1;present\n")
    #expect(try varde.run("ingest", "attendance", "c.csv").output.contains("1 new"))
    #expect(try rows(varde) == all + ["C F1 false present"])
    #expect(try varde.run("rebuild", "--verify").exitCode == 0)
    #expect(try varde.run("verify").output.contains("clean"))
  }

  @Test func `attendance at a session that is not held any more is told of`() throws {
    let varde = try Self.command()
    try send(
      varde, "sessions", Self.sessions + "A;TST-1;2025-02-11;cancelled;;\n",
      saying: ["next.csv:2: warning[VD436]: 3 recorded attendances", "is not held any more"])
    try send(
      varde, "sessions", Self.sessions + "B;TST-2;2025-03-11;held;2025-03-11;60\n",
      saying: ["warning[VD436]: a recorded attendance", "no fixed place in the session's group"])
    #expect(try rows(varde).isEmpty)
    try send(
      varde, "sessions",
      Self.sessions
        + "A;TST-1;2025-02-11;held;2025-02-11;\nB;TST-1;2025-03-11;held;2025-03-11;60\n",
      saying: [])
    #expect(try rows(varde) == all)
    try send(
      varde, "sessions", Self.sessions + "A;TST-1;2025-02-11;held;2025-02-11;\n",
      saying: ["next.csv: warning[VD436]: a recorded attendance"], "--snapshot --yes")
    try send(
      varde, "enrolments", Self.enrolments + "F2;HUM;TST-1;2025-01-20;\n",
      saying: ["warning[VD436]: a recorded attendance"], "--snapshot --yes")
    #expect(try rows(varde) == [all[1], all[2]])
  }

  @Test func `what hangs on a record that is taken back by hand is told of`() throws {
    let varde = try Self.command()
    for (type, count) in [
      ("session_recorded", "3 recorded attendances"), ("enrolment_recorded", ""),
    ] {
      let position = try varde.session().query(
        "SELECT min(position) FROM log.event WHERE type = '\(type)'")[0].int(0)
      for flags in ["--dry-run", ""] {
        let sent = try varde.shell("varde retract \(position) \(flags)").output
        #expect(sent.contains("position \(position): warning[VD436]: \(count)"), "\(sent)")
      }
    }
  }

  @Test func `one who is enrolled later, or is another's other id, stands in the view once`() throws
  {
    let varde = try Self.command()
    try send(varde, "enrolments", Self.enrolments + "F3;REA;TST-1;2025-02-01;\n", saying: [])
    #expect(try rows(varde) == [all[0], all[1], "A F3 false present", all[3]])
    try varde.run("subject", "merge", "F3", "F2", "--reason", "one person")
    #expect(try rows(varde).count == 3)
  }

  @Test func `what was recorded with a consent that does not hold any more is told of`() throws {
    let varde = try Self.command()
    _ = try varde.shell(
      "sed 's/^calendar:/consent: {attendance: attendance}\\n&/' \(demoData)/tst.yaml >c.yaml")
    #expect(try varde.run("programme", "apply", "c.yaml").exitCode == 0)
    let header = "person_id;programme;document_version;purposes;given_on;withdrawn_on\n"
    try varde.file("consents.csv", header + "F1;TST;1;attendance;2025-01-20;\n")
    #expect(try varde.run("ingest", "consents", "consents.csv").exitCode == 0)
    try varde.file("withdrawn.csv", header + "F1;TST;1;attendance;2025-01-20;2025-03-01\n")
    for flags in ["--dry-run", ""] {
      let sent = try varde.shell("varde ingest consents withdrawn.csv \(flags)").output
      #expect(sent.contains("withdrawn.csv:2: warning[VD437]: a record lies on a day"), "\(sent)")
      #expect(sent.contains("on 2025-03-11, position"))
    }
    #expect(try rows(varde).count == 4, "it stays")
  }
}
