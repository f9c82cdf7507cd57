import Postgres
import Testing

@Suite struct `One record is taken back` {
  private static let row = "session=A person_id=F1 status=present minutes=45"

  private func varde() throws -> Command {
    let varde = try Command.withProgrammes()
    try varde.file(
      "people.csv", "person_id;name;unit;group;joined\nF1;Åse Prøvesen;HUM;TST-1;2025-01-20\n")
    try varde.file(
      "sessions.csv",
      "session;group;planned_on;status;held_on;minutes\nA;TST-1;2025-02-11;held;2025-02-11;60\n")
    for (kind, file) in [("enrolments", "people"), ("sessions", "sessions")] {
      #expect(try varde.run("ingest", kind, "\(file).csv").exitCode == 0)
    }
    #expect(try varde.shell("\"$binary\" record attendance \(Self.row)").exitCode == 0)
    return varde
  }

  private func last(_ varde: Command) throws -> Int {
    try varde.session().query("SELECT max(position) FROM log.event")[0].int(0)
  }

  private func recorded(_ varde: Command) throws -> Int {
    #expect(try varde.run("worker", "--once").exitCode == 0)
    return try varde.session().query(
      "SELECT count(*) FROM evaluation.attendance WHERE status <> 'not_recorded'")[0].int(0)
  }

  @Test func `it goes from the facts, and comes back when it is sent again`() throws {
    let varde = try varde()
    let position = try last(varde)
    #expect(try recorded(varde) == 1)
    let shown = try varde.run("retract", "\(position)", "--dry-run")
    #expect(shown.output.contains("would retract position \(position) (A):"), "\(shown)")
    #expect(shown.output.contains("minutes 45") && !shown.output.contains("F1"))
    #expect(try last(varde) == position && recorded(varde) == 1)

    let done = try varde.run("retract", "\(position)")
    #expect(
      done.exitCode == 0 && done.output.hasPrefix("retracted position \(position) (A):"), "\(done)")
    #expect(try recorded(varde) == 0)

    #expect(try varde.shell("\"$binary\" record attendance \(Self.row)").output.contains("1 new"))
    #expect(try recorded(varde) == 1)
    #expect(try varde.run("verify").output.contains("clean"))
  }

  @Test func `what is no record, or holds no longer, is refused with the way on`() throws {
    let varde = try varde()
    let first = try last(varde)
    #expect(
      try varde.run("record", "attendance", "session=A", "person_id=F1", "status=late").output
        .contains("1 corrected"))
    let corrected = try varde.run("retract", "\(first)")
    #expect(corrected.exitCode == 3)
    #expect(corrected.output.contains("error[VD662]"), "\(corrected)")
    #expect(corrected.output.contains("hint: varde retract \(first + 1) takes back"))

    #expect(try varde.run("retract", "\(first + 1)").exitCode == 0)
    let twice = try varde.run("retract", "\(first + 1)")
    #expect(twice.exitCode == 3 && twice.output.contains("was taken back already"), "\(twice)")
    for place in ["1", "\(first + 2)", "99999"] {
      let refused = try varde.run("retract", place)
      #expect(refused.exitCode == 3 && refused.output.contains("error[VD661]"), "\(refused)")
    }
    #expect(try last(varde) == first + 2)
  }
}
