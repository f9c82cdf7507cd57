import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `From file to funder` {
  @Test func `the demo's files become figures and a release`() throws {
    let varde = try Command.withProgrammes()
    func ingest(_ arguments: String...) throws -> String {
      let line = arguments.map {
        $0.hasSuffix(".csv") || $0.hasSuffix(".yaml") ? "\(demoData)/\($0)" : $0
      }
      .joined(separator: " ")
      return try varde.shell("varde ingest \(line) --rejects rejected.csv").output
    }
    #expect(try ingest("enrolments", "enrolments.csv").contains(" 0 rejected"))
    #expect(try ingest("sessions", "sessions.csv").contains(" 0 rejected"))
    let attendance = try ingest("attendance", "attendance.csv")
    #expect(attendance.contains(" 3 rejected"))
    #expect(attendance.contains("attendance.csv:42:"))
    let again = try ingest("attendance", "attendance-corrected.csv")
    #expect(again.contains(" 0 new, 2 corrected,"))
    let teams = try varde.shell(
      "varde ingest attendance \(demoData)/teams-*.csv --binding \(demoData)/teams.binding.yaml"
        + " --rejects rejected.csv")
    #expect(teams.exitCode == 0 || teams.exitCode == 2)
    for kind in ["observations", "logs", "hours", "support-acts", "outreach"] {
      _ = try ingest(kind, "\(kind).csv")
    }
    for wave in ["w0", "w2", "w3"] {
      let survey = try ingest(
        "responses", "survey-\(wave).csv", "--binding", "survey-\(wave).binding.yaml")
      #expect(survey.contains(" new,"))
    }
    #expect(try varde.run("worker", "--once").exitCode == 0)
    let figures = try varde.run("figures", "--programme", "TST").output
    for indicator in [
      "attendance_rate", "attendance_recording_coverage", "session_delivery_rate", "dose_hours",
      "meeting_interval", "plan_conformity_months", "item_profile", "isolation_score",
      "hours_allocation_coverage", "hours_compensation_ratio",
    ] {
      let scopes = try varde.session().query(
        "SELECT count(*) FROM evaluation.indicator WHERE indicator = $1 AND programme = 'TST'",
        [.text(indicator)])[0].int(0)
      #expect(scopes > 0, "\(indicator)")
      if indicator != "meeting_interval" { #expect(figures.contains(indicator)) }
    }
    #expect(try varde.run("verify").output.contains("clean"))

    // A second run of everything is unchanged, and the log does not grow by it.
    let before = try varde.session().query("SELECT max(position) FROM log.event")[0].int(0)
    #expect(try ingest("enrolments", "enrolments.csv").contains(" 0 new, 0 corrected,"))
    #expect(try ingest("attendance", "attendance-corrected.csv").contains(" 0 new, 0 corrected,"))
    #expect(
      try varde.run("programme", "apply", "\(demoData)/tst.yaml").output.contains(
        "0 new, 0 corrected"))
    #expect(try varde.session().query("SELECT max(position) FROM log.event")[0].int(0) == before)

    try release(varde)
    try identitiesStayOut(of: varde)
  }

  private func release(_ varde: Command) throws {
    let made = try varde.shell("varde release --programme TST --period 2026V --to out")
    #expect(made.exitCode == 0, "\(made.output)")
    let check = try varde.shell("cd out/* && sha256sum --check --quiet SHA256SUMS")
    #expect(check.exitCode == 0, "\(check.output)")
    let again = try varde.shell(
      "varde release --programme TST --period 2026V --to again && diff -r out again")
    #expect(again.exitCode == 0, "\(again.output)")
    let listing = try varde.shell("cd out/* && find . -type f").output
    for name in [
      "report.html", "codebook.csv", "indicators.csv", "datapackage.json", "manifest.json",
      "SHA256SUMS", "tables/",
    ] { #expect(listing.contains(name)) }
    let events = try varde.session().query(
      "SELECT count(*) FROM log.event WHERE type = 'release_issued'")[0].int(0)
    #expect(events == 1)
  }

  /// Names, addresses and employee ids of the demo's people occur neither in the log nor in what
  /// analysts and funders see.
  private func identitiesStayOut(of varde: Command) throws {
    let session = try varde.session()
    let people = try session.query(
      "SELECT value FROM vault.identifier UNION SELECT name FROM vault.subject"
    ).compactMap { $0.optionalText(0) }
    #expect(people.count > 40)
    let log = try session.query(
      "SELECT string_agg(e.body::text, ' ') FROM log.event AS e")[0].text(0)
    let release = try varde.shell("cat out/*/* out/*/tables/* 2>/dev/null").output
    for identity in people {
      #expect(!log.contains(identity))
      #expect(!release.contains(identity))
    }
  }

  @Test func `verify finds a row that the superuser edited`() throws {
    let varde = try Command.withProgrammes()
    #expect(try varde.run("verify").exitCode == 0)
    try varde.session().execute(
      """
      SET session_replication_role = replica;
      UPDATE log.event SET body = '{"programme":"TST"}' WHERE position = 3;
      """)
    let found = try varde.run("verify")
    #expect(found.exitCode == 5)
    #expect(found.output.contains("position 3 (block 1): event changed"))
  }

  @Test func `others can hold the log to its word`() throws {
    let varde = try Command.withProgrammes()
    let line = """
      export VARDE_HOME=$PWD/home
      varde checkpoint > log.checkpoint && key=$(varde checkpoint --key) &&
      varde verify --checkpoint log.checkpoint && varde prove 4 --checkpoint log.checkpoint > 4.proof &&
      VARDE_DATABASE_URL=host=/nowhere varde check-proof 4.proof --checkpoint log.checkpoint --key "$key"
      """
    let proved = try varde.shell(line)
    #expect(proved.exitCode == 0, "\(proved.output)")
    #expect(proved.output.contains("position 4 stands in varde/fjordvik under position 27"))
    let permissions = try varde.shell("stat --format %a home/keys/fjordvik.key")
    #expect(permissions.output == "600\n")
    try varde.session().execute(
      """
      SET session_replication_role = replica;
      DELETE FROM log.event WHERE append_no = 2; DELETE FROM log.append WHERE append_no = 2
      """)
    // The chain that is left is whole; only the checkpoint knows that there was more.
    #expect(try varde.run("verify").exitCode == 0)
    let cut = try varde.shell("VARDE_HOME=$PWD/home varde verify --checkpoint log.checkpoint")
    #expect(cut.exitCode == 5)
    #expect(cut.output.contains("the log was cut"))
  }

  @Test func `a dry run writes nothing`() throws {
    let varde = try Command.withProgrammes()
    let dry = try varde.run("ingest", "enrolments", "\(demoData)/enrolments.csv", "--dry-run")
    #expect(dry.output.contains("dry run"))
    let session = try varde.session()
    #expect(try session.query("SELECT FROM vault.subject").isEmpty)
    #expect(
      try session.query("SELECT FROM log.event WHERE type = 'enrolment_recorded'").isEmpty)
  }
}
