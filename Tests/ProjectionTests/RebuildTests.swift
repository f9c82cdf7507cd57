import Dispatch
import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import Synchronization
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `A rebuild` {
  private let log: TestLog
  private let people = (0..<4).map { _ in UUID() }

  init() throws {
    log = try TestLog(readSide: true)
    _ = try log.writer().record(
      (0..<10).map { sessionDraft("s\($0)", heldOn: day) }
        + people.flatMap { [PersonDrafts.enrolment($0), PersonDrafts.hours($0, spent: 3)] }
        + people.map { PersonDrafts.attendance($0, session: "s1") })
    // Corrections, far from what they correct.
    _ = try log.writer().record((0..<5).map { sessionDraft("s\($0)", heldOn: day, minutes: 60) })
    try log.project()
  }

  private func rebuild(patience: Int = 20) -> Rebuild {
    Rebuild(session: log.administrator, jobs: 3, patience: patience, slice: 4, large: 0)
  }

  private func expectParity(
    _ report: RebuildReport, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(report.facts.count >= 18, sourceLocation: location)
    #expect(report.facts.filter { !$0.isEqual } == [], sourceLocation: location)
    #expect(report.isSwapped, sourceLocation: location)
  }

  private func leftovers() throws -> Int {
    try log.number(
      """
      SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'fact\\_%')
           + (SELECT count(*) FROM ops.rebuild) + (SELECT count(*) FROM ops.rebuild_cut)
           + (SELECT count(*) FROM ops.rebuild_task) + (SELECT count(*) FROM ops.rebuild_index)
           + (SELECT count(*) FROM ops.read_side WHERE NOT live)
      """)
  }

  /// Every relation and column of the read side with its owner, rights, comment and indexes.
  private func appearance() throws -> [String] {
    try log.administrator.query(
      """
      SELECT concat_ws('|', n.nspname, c.relname, c.relkind, c.relowner::regrole, c.relacl::text,
                       n.nspacl::text, obj_description(c.oid, 'pg_class'), a.attname,
                       a.attacl::text, a.attnotnull, col_description(c.oid, a.attnum),
                       (SELECT string_agg(pg_get_indexdef(x.indexrelid) || x.indisprimary, ';'
                                          ORDER BY x.indexrelid::regclass::text)
                          FROM pg_index AS x WHERE x.indrelid = c.oid))
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname IN ('fact', 'evaluation')
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
       WHERE c.relkind IN ('r', 'v')
       ORDER BY 1
      """
    ).map { try $0.text(0) }
  }

  @Test func `leaves rights, comments, keys and indexes as they were, the site's own included`()
    throws
  {
    let role = "site_\(UUID().uuidString.prefix(8).lowercased())"
    try log.administrator.execute(
      """
      CREATE ROLE \(role); GRANT USAGE ON SCHEMA evaluation TO \(role);
      GRANT SELECT ON evaluation.session TO \(role) WITH GRANT OPTION;
      GRANT SELECT (subject_id) ON fact.hours TO \(role)
      """)
    defer { try? log.administrator.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
    let before = try appearance()
    #expect(before.filter { $0.contains(role) }.count > 10)
    #expect(before.contains { $0.contains("session_code") })
    expectParity(try rebuild().run())
    #expect(try appearance() == before)
    #expect(try leftovers() == 0)
    // What takes the relations' place is also what a worker works with.
    _ = try log.writer().record([sessionDraft("s1", heldOn: day, minutes: 61)])
    #expect(try log.project() == 1)
  }

  @Test(arguments: [
    RebuildPhase.bulk, .index, .following, .figures, .comparing, .swapping,
  ])
  func `whose sessions are cut goes on where it was`(phase: RebuildPhase) throws {
    try log.administrator.execute("SET application_name = 'rebuild'")
    let conninfo = log.conninfo
    let isCut = Mutex(false)
    let error = #expect(throws: PostgresError.self) {
      try Rebuild(session: try Session(conninfo: conninfo), jobs: 2, slice: 4, large: 0).run {
        progress in
        guard progress.phase == phase, progress.events > (phase == .bulk ? 4 : 0) else { return }
        isCut.withLock { isCut in
          guard !isCut else { return }
          isCut = true
          _ = try? Session(conninfo: conninfo).query(
            """
            SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()
               AND application_name <> 'rebuild'
            """)
        }
      }
    }
    #expect(error?.isConnectionFailure == true)
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 10)
    _ = try log.writer().record([sessionDraft("later", heldOn: day)])
    let report = try rebuild().run()
    #expect(report.isResumed)
    expectParity(report)
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 11)
    #expect(try leftovers() == 0)
  }

  @Test func `of another version does not go on with what was begun`() throws {
    try log.administrator.execute("SET application_name = 'rebuild'")
    let conninfo = log.conninfo
    _ = try? Rebuild(session: try Session(conninfo: conninfo), jobs: 2, slice: 4, large: 0).run {
      progress in
      guard progress.phase == .index else { return }
      _ = try? Session(conninfo: conninfo).query(
        """
        SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
           AND application_name <> 'rebuild'
        """)
    }
    #expect(try log.number("SELECT count(*) FROM ops.rebuild") == 1)
    try log.administrator.execute("UPDATE ops.read_side SET digest = 'another' WHERE NOT live")
    let report = try rebuild().run()
    #expect(!report.isResumed)
    expectParity(report)
    #expect(try leftovers() == 0)
  }

  @Test func `is the only one`() throws {
    let conninfo = log.conninfo
    let codes = Mutex<Set<String>>([])
    expectParity(
      try rebuild().run { _ in
        do {
          try Rebuild(session: try Session(conninfo: conninfo)).run()
        } catch let problem as RebuildProblem {
          codes.withLock { _ = $0.insert(problem.code) }
        } catch {
          codes.withLock { _ = $0.insert("\(error)") }
        }
      })
    #expect(codes.withLock { $0 } == ["VD671"])
    expectParity(try rebuild().run())
  }

  @Test func `gives way to somebody who reads on, and is ready when they are done`() throws {
    let reader = try log.session("varde_analyst")
    try reader.execute("BEGIN; SELECT FROM fact.session")
    let problem = #expect(throws: RebuildProblem.self) { try rebuild(patience: 1).run() }
    #expect(problem?.code == "VD672")
    try reader.execute("COMMIT")
    let report = try rebuild().run()
    #expect(report.isResumed)
    expectParity(report)
  }

  @Test func `without a swap leaves everything as it was`() throws {
    let before = try log.number("SELECT generation FROM ops.read_side")
    let report = try rebuild().run(swapping: false)
    #expect(!report.isSwapped)
    #expect(report.facts.filter { !$0.isEqual } == [])
    #expect(try log.number("SELECT generation FROM ops.read_side") == before)
    #expect(try leftovers() == 0)
  }

  @Test func `tells the first differences, and not who is behind them`() throws {
    let person = people[2]
    try log.administrator.execute(
      """
      UPDATE fact.attendance SET subject_id = gen_random_uuid(), minutes = 7, reason = 'Åse er syk'
       WHERE subject_id = '\(person)';
      DELETE FROM fact.hours WHERE subject_id = '\(person)'
      """)
    let report = try rebuild().run()
    #expect(report.facts.filter { !$0.isEqual }.map(\.fact) == ["attendance", "hours"])
    let told = report.differences.map {
      "\($0.fact).\($0.column) \($0.before ?? "nothing") \($0.after ?? "nothing")"
    }
    #expect(
      told == [
        "attendance.minutes 7 nothing", "attendance.reason ‹10 characters› nothing",
        "attendance.subject_id ‹id› ‹id›", "hours.position nothing 16",
      ])
    #expect(report.differences.allSatisfy { $0.institution == "prøve" })
  }

  @Test func `takes a merge and an erasure that come while it is at work`() throws {
    let conninfo = log.conninfo
    let (people, institution) = (people, log.institution.id)
    let isDone = Mutex(false)
    let report = try rebuild().run { progress in
      guard progress.phase == .index else { return }
      isDone.withLock { isDone in
        do {
          try Session(conninfo: conninfo, role: "varde_steward").query(
            "SELECT log.erase($1, $2, gen_random_uuid(), 'asked for it')",
            [.int(Int64(institution)), .uuid(people[0])])
          try Session(conninfo: conninfo, role: "varde_recorder").query(
            """
            SELECT log.append($1, gen_random_uuid(), NULL, ARRAY['subjects_merged'],
              ARRAY[1::smallint], ARRAY[now()], ARRAY['instant'], ARRAY[$2::uuid], '{NULL}',
              '{NULL}', ARRAY[json_build_object('from', $2::uuid, 'into', $3::uuid)::text])
            """, [.int(Int64(institution)), .uuid(people[1]), .uuid(people[2])])
          isDone = true
        } catch {
          Issue.record(error)
        }
      }
    }
    #expect(isDone.withLock { $0 })
    expectParity(report)
    #expect(try log.number("SELECT count(*) FROM fact.hours") == 3)
    #expect(try log.number("SELECT count(DISTINCT subject_id) FROM fact.hours") == 2)
  }
}
