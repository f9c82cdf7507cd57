import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import Synchronization
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `What a site has made of the read side` {
  private let log: TestLog
  private let role = "site_\(UUID().uuidString.prefix(8).lowercased())"

  init() throws {
    log = try TestLog(readSide: true)
    _ = try log.writer().record((0..<5).map { sessionDraft("s\($0)", heldOn: day) })
    try log.project()
    try log.administrator.execute("CREATE ROLE \(role)")
  }

  private func rebuild() throws -> RebuildReport {
    try Rebuild(session: log.administrator, jobs: 2).run()
  }

  /// Rights, comments and indexes of everything, default privileges included. The order in which
  /// rights were given says nothing.
  private func appearance() throws -> [String] {
    try log.administrator.query(
      """
      SELECT concat_ws('|', o.type, o.path, o.meaning,
                       (SELECT string_agg(r, ',' ORDER BY r) FROM unnest(o.rights) AS r),
                       CASE o.type WHEN 'index' THEN pg_get_indexdef(o.object) END)
        FROM ops.read_side_objects() AS o
      UNION ALL
      SELECT concat_ws('|', n.nspname, d.defaclrole::regrole, d.defaclobjtype, d.defaclacl)
        FROM pg_default_acl AS d JOIN pg_namespace AS n ON n.oid = d.defaclnamespace
       ORDER BY 1
      """
    ).map { try $0.text(0) }
  }

  @Test func `is as it was after a rebuild: rights given and taken, comments, indexes`() throws {
    try log.administrator.execute(
      """
      REVOKE SELECT ON fact.attendance, evaluation.attendance FROM varde_analyst;
      GRANT SELECT (position) ON fact.attendance TO varde_analyst;
      REVOKE USAGE ON SCHEMA fact FROM varde_recorder;
      REVOKE EXECUTE ON FUNCTION evaluation.session_as_of(timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION evaluation.session_as_of(timestamptz) TO \(role);
      GRANT SELECT ON evaluation.session TO \(role) WITH GRANT OPTION;
      ALTER DEFAULT PRIVILEGES FOR ROLE varde_owner IN SCHEMA fact GRANT SELECT ON TABLES TO \(role);
      ALTER DEFAULT PRIVILEGES IN SCHEMA evaluation
        GRANT EXECUTE ON FUNCTIONS TO \(role) WITH GRANT OPTION;
      COMMENT ON TABLE fact.hours IS 'Ask the office about 2023';
      COMMENT ON COLUMN evaluation.session.minutes IS 'In lessons of 45 minutes';
      CREATE INDEX by_status ON fact.session (status, lower(mode)) WHERE minutes > 5;
      CREATE INDEX "by Value" ON fact.cell (value)
      """)
    defer { try? log.administrator.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
    let before = try appearance()
    for word in [role, "about 2023", "lessons", "by_status", "by Value"] {
      #expect(before.contains { $0.contains(word) })
    }
    for _ in 0..<2 {
      let report = try rebuild()
      #expect(report.isSwapped && report.facts.allSatisfy(\.isEqual))
      let after = try appearance()
      #expect(after.filter { !before.contains($0) } == [])
      #expect(before.filter { !after.contains($0) } == [])
    }
  }

  /// As if our older files had had another comment there.
  @Test func `gives way where Varde explains anew what it is`() throws {
    let comment = "SELECT obj_description('fact.hours'::regclass, 'pg_class')"
    let ours = try log.administrator.query(comment)[0].text(0)
    try log.administrator.execute(
      """
      COMMENT ON TABLE fact.hours IS 'Ask the office';
      UPDATE ops.read_side_object SET meaning = 'older' WHERE path = 'fact.hours'
      """)
    _ = try rebuild()
    #expect(try log.administrator.query(comment)[0].text(0) == ours)
  }

  @Test(arguments: [
    ("view evaluation.own", "CREATE VIEW evaluation.own AS SELECT 1 AS a"),
    ("view public.mine", "CREATE VIEW public.mine AS SELECT * FROM fact.session"),
    ("table fact.notes", "CREATE TABLE fact.notes (note text PRIMARY KEY)"),
    (
      "function fact.own(integer)",
      "CREATE FUNCTION fact.own(int) RETURNS int LANGUAGE sql AS 'SELECT 1'"
    ),
    ("table column fact.session.remark", "ALTER TABLE fact.session ADD COLUMN remark text"),
    (
      "trigger own on fact.session",
      "CREATE TRIGGER own BEFORE DELETE ON fact.session "
        + "FOR EACH STATEMENT EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    (
      "table constraint other_institution_id_position_fkey on public.other",
      "CREATE TABLE public.other (institution_id int, position bigint, "
        + "FOREIGN KEY (institution_id, position) REFERENCES fact.session)"
    ),
    (
      "statistics object fact.own",
      "CREATE STATISTICS fact.own ON status, minutes FROM fact.session"
    ),
  ])
  func `is named where it would be lost, before anything is done`(
    name: String, statement: String
  ) throws {
    defer { try? log.administrator.execute("DROP ROLE \(role)") }
    try log.administrator.execute(statement)
    let problem = #expect(throws: RebuildProblem.self) { try rebuild() }
    #expect(problem?.code == "VD640")
    #expect(problem?.description.contains("old facts: \(name)\n") == true, "\(problem as Any)")
    #expect(try log.number("SELECT count(*) FROM ops.rebuild") == 0)
  }

  @Test func `while a rebuild is at work is not lost either`() throws {
    defer { try? log.administrator.execute("DROP ROLE \(role)") }
    let conninfo = log.conninfo
    let problem = #expect(throws: RebuildProblem.self) {
      try Rebuild(session: log.administrator, jobs: 2).run { progress in
        guard progress.phase == .comparing else { return }
        try? Session(conninfo: conninfo).execute(
          """
          CREATE VIEW evaluation.own AS SELECT 1 AS a; CREATE INDEX by_status ON fact.session (status)
          """)
      }
    }
    #expect(problem?.description.contains("index fact.by_status, view evaluation.own\n") == true)
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 5)
    try log.administrator.execute("DROP VIEW evaluation.own")
    let report = try rebuild()
    #expect(report.isResumed && report.isSwapped)
    #expect(try log.number("SELECT count(*) FROM pg_indexes WHERE indexname = 'by_status'") == 1)
  }

  @Test func `that new facts cannot have is named before they are filled`() throws {
    defer { try? log.administrator.execute("DROP ROLE \(role)") }
    // As if our older files had had one column more.
    try log.administrator.execute(
      """
      ALTER TABLE fact.session ADD COLUMN former text;
      CREATE INDEX by_former ON fact.session (former);
      INSERT INTO ops.read_side_object
      SELECT generation, 'table column', 'fact.session.former', '{}' FROM ops.read_side
      """)
    let problem = #expect(throws: RebuildProblem.self) { try rebuild() }
    #expect(problem?.code == "VD675")
    #expect(problem?.description.contains("fact.by_former") == true)
    #expect(try log.number("SELECT count(*) FROM ops.rebuild") == 0)
  }
}
