import Postgres
import Testing

/// Who has a fixed place in a group is asked in three places: by the checks of a file, by the view of
/// attendance and by the figures.
@Suite struct `A fixed place in a group` {
  @Test(arguments: [
    ("participant", true), ("facilitator", true), ("mentor", true), ("mentee", true),
    ("observer", false), ("leader", false),
  ])
  func `is the same for checks, view and figures`(role: String, isFixed: Bool) throws {
    let varde = try Command.withProgrammes()
    try varde.file(
      "e.csv", "person_id;unit;group;role;joined\nF1;HUM;TST-1;\(role);2025-01-20\n")
    try varde.file(
      "s.csv",
      "session;group;planned_on;status;held_on;minutes\nA;TST-1;2025-02-11;held;2025-02-11;60\n")
    try varde.file("a.csv", "session;person_id;status\nA;F1;present\n")
    #expect(try varde.run("ingest", "enrolments", "e.csv").exitCode == 0)
    #expect(try varde.run("ingest", "sessions", "s.csv").exitCode == 0)
    let sent = try varde.run("ingest", "attendance", "a.csv")
    #expect(sent.exitCode == 0 && sent.output.contains("VD454") != isFixed, "\(sent.output)")
    #expect(try varde.run("worker", "--once").exitCode == 0)

    let session = try varde.session()
    let viewed = try session.query(
      "SELECT count(*) FROM evaluation.attendance WHERE session = 'A' AND status = 'present'")
    #expect(try viewed[0].int(0) == (isFixed ? 1 : 0))
    for indicator in ["attendance_recording_coverage", "dose_hours"] {
      let figures = try session.query(
        """
        SELECT coalesce(sum(denominator), 0)::int FROM evaluation.indicator
         WHERE indicator = $1 AND scope_kind = 'group' AND scope = 'TST-1' AND period = '2025V'
        """, [.text(indicator)])
      #expect(try figures[0].int(0) == (isFixed ? 1 : 0), "\(indicator)")
    }
  }
}
