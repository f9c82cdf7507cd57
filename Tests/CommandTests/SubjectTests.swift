import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `People are looked up, named and made one` {
  /// Two enrolments of one person and their attendance, as an institution sends them.
  private func varde() throws -> Command {
    let varde = try Command.withProgrammes()
    try varde.file(
      "people.csv",
      """
      person_id;name;email;unit;group;joined
      F1;Åse Prøvesen;ase@example.org;HUM;TST-1;2025-01-20
      F2;Åse Demo;demo@example.org;HUM;TST-1;2025-03-01
      F3;Øyvind Testnes;;HUM;TST-1;2025-01-20

      """)
    try varde.file(
      "sessions.csv",
      """
      session;group;planned_on;status;held_on;minutes
      A;TST-1;2025-02-11;held;2025-02-11;60
      B;TST-1;2025-03-11;held;2025-03-11;60

      """)
    try varde.file(
      "attendance.csv",
      "session;person_id;status\nA;F1;present\nA;F3;present\nB;F1;absent\nB;F2;present\n")
    for (kind, file) in [
      ("enrolments", "people"), ("sessions", "sessions"), ("attendance", "attendance"),
    ] {
      #expect(try varde.run("ingest", kind, "\(file).csv").exitCode == 0)
    }
    return varde
  }

  @Test(arguments: [
    "Åse Prøvesen gift", "prøvesen har byttet navn", "same as F2", "f3 fortalte det",
    "ase@example.org", "01019012345", "says Øyvind Testnes",
  ])
  func `a reason that names somebody is not written into the log`(reason: String) throws {
    let varde = try varde()
    let refused = try varde.run("subject", "merge", "F1", "F2", "--reason", reason)
    #expect(refused.exitCode == 1 && refused.output.contains("error[VD380]"), "\(refused.output)")
    #expect(!refused.output.contains(reason))
    let events = try varde.session().query(
      "SELECT count(*) FROM log.event WHERE type = 'subjects_merged'")
    #expect(try events[0].int(0) == 0)
  }

  @Test func `a merge is followed by figures, files, rebuild and split`() throws {
    let varde = try varde()
    try varde.run("worker", "--once")
    #expect(try !varde.run("ingest", "attendance", "attendance.csv").output.contains("VD448"))
    let merged = try varde.run("subject", "merge", "F1", "demo@example.org", "--reason", "new id")
    #expect(merged.exitCode == 0)
    #expect(merged.output.contains("varde subject split F1 takes it back"))
    try varde.run("worker", "--once")
    let session = try varde.session()
    let counted = try session.query(
      "SELECT session, status FROM evaluation.attendance WHERE status <> 'not_recorded' ORDER BY 1, 2"
    ).map { "\(try $0.text(0)) \(try $0.text(1))" }
    #expect(counted == ["A present", "A present", "B present"])
    let again = try varde.run("ingest", "attendance", "attendance.csv")
    #expect(again.output.contains("0 new, 0 corrected, 4 unchanged"))
    // F1's absence is what the file said first; F2's presence counts.
    #expect(
      again.output.contains("attendance.csv:4: warning[VD448]: this record is unchanged"),
      "\(again.output)")
    #expect(try varde.run("rebuild", "--verify").exitCode == 0)
    #expect(try varde.run("verify").exitCode == 0)
    let shown = try varde.run("subject", "show", "ase@example.org").output
    for word in ["Åse Prøvesen", "Åse Demo", "F1", "F2", "demo@example.org", "new id"] {
      #expect(shown.contains(word), "\(word)")
    }
    #expect(try varde.run("subject", "split", "F1").exitCode == 0)
    #expect(try !varde.run("subject", "show", "F1").output.contains("F2"))
    try varde.run("worker", "--once")
    #expect(try varde.run("rebuild", "--verify").exitCode == 0)
  }

  @Test func `names that were sorted apart from their ids replace nobody's name`() throws {
    let varde = try varde()
    try varde.file(
      "shifted.csv",
      """
      person_id;name;unit;group;joined
      F1;Øyvind Testnes;HUM;TST-1;2025-01-20
      F3;Prøvesen, Åse;HUM;TST-1;2025-01-20

      """)
    let shifted = try varde.run("ingest", "enrolments", "shifted.csv")
    #expect(shifted.exitCode == 3 || shifted.exitCode == 2)
    #expect(shifted.output.contains("error[VD432]") && shifted.output.contains("2 rejected"))
    #expect(try varde.run("subject", "show", "F1").output.contains("Åse Prøvesen"))
    // Who is called so after all is said so by hand.
    let named = try varde.run("subject", "name", "F1", "Øyvind Testnes")
    #expect(named.output.contains("F1 is called Øyvind Testnes from now on"))
    let again = try varde.run("ingest", "enrolments", "shifted.csv")
    #expect(again.output.contains("2 unchanged") && again.output.contains("name Øy••• → Pr•••"))
    #expect(try varde.run("subject", "show", "F1").output.contains("Øyvind Testnes"))
    #expect(try varde.run("subject", "name", "F1", " ").exitCode == 1)
    #expect(try varde.run("subject", "name", "F99", "Eks Empelsen").output.contains("VD643"))
  }

  @Test func `an alias is understood in the next file`() throws {
    let varde = try varde()
    let added = try varde.run("subject", "alias", "F3", "--email", "Oyvind@example.org")
    #expect(added.output == "Oyvind@example.org stands for F3 from now on\n")
    try varde.file("late.csv", "session;email;status\nB;oyvind@example.org;late\n")
    #expect(try varde.run("ingest", "attendance", "late.csv").output.contains("1 new"))
  }

  @Test(arguments: [
    (["show", "F9"], "VD643"), (["merge", "F9", "F1", "--reason", "x"], "VD643"),
    (["merge", "F1", "ase@example.org", "--reason", "x"], "VD644"),
    (["merge", "F2", "F1", "--reason", "x"], "VD645"),
    (["merge", "F3", "F2", "--reason", "x"], "VD644"),
    (["alias", "F1", "--person-id", "F2"], "VD647"), (["split", "F1"], "VD648"),
  ])
  func `what cannot be is refused with its code`(arguments: [String], code: String) throws {
    let varde = try varde()
    try varde.run("subject", "merge", "F2", "F3", "--reason", "first")
    let line = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try varde.shell("varde subject \(line)")
    #expect(outcome.exitCode == 3)
    #expect(outcome.output.contains("error[\(code)]"), "\(outcome.output)")
    #expect(outcome.output.contains("hint: "))
  }

  @Test func `an erased person is left alone`() throws {
    let varde = try varde()
    try varde.session().execute(
      """
      SELECT log.erase(s.institution_id, s.subject_id, gen_random_uuid(), 'asked for it')
        FROM vault.identifier AS s WHERE s.value = 'F1'
      """)
    for line in ["merge F1 F2 --reason x", "merge F2 F1 --reason x", "alias F1 --person-id F7"] {
      let outcome = try varde.shell("varde subject \(line)")
      #expect(outcome.exitCode == 3)
      #expect(outcome.output.contains("error[VD646]"), "\(outcome.output)")
    }
  }

  @Test func `a reason must be given`() throws {
    let outcome = try varde().shell("varde subject merge F1 F2 --reason ' '")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("--reason is empty"))
  }
}
