import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

/// Who looks at the database while new facts take the place of the old.
@Suite struct `Before a swap` {
  private let log: TestLog

  init() throws {
    log = try TestLog(readSide: true)
    _ = try log.writer().record((0..<5).map { sessionDraft("s\($0)", heldOn: day) })
    try log.project()
  }

  private func rebuild(patience: Int) throws -> RebuildReport {
    try Rebuild(session: log.administrator, jobs: 2, patience: patience).run()
  }

  /// A site's role that sees no other login's sessions owns what looks at them.
  private func blind() throws -> String {
    let role = "blind_\(UUID().uuidString.prefix(8).lowercased())"
    try log.administrator.execute(
      """
      CREATE ROLE \(role); GRANT USAGE, CREATE ON SCHEMA ops TO \(role);
      ALTER FUNCTION ops.open_transactions OWNER TO \(role);
      ALTER FUNCTION ops.sees_sessions OWNER TO \(role)
      """)
    return role
  }

  private func see(instead role: String) throws {
    try log.administrator.execute(
      "REASSIGN OWNED BY \(role) TO varde_owner; DROP OWNED BY \(role); DROP ROLE \(role)")
  }

  private func reader(_ statements: String) throws -> (session: Session, process: Int) {
    let reader = try log.session("varde_analyst")
    let process = try reader.query("SELECT pg_backend_pid()")[0].int(0)
    try reader.execute(statements)
    return (reader, process)
  }

  @Test func `nobody looks at what was before and will read facts after it`() throws {
    let (reader, process) = try self.reader("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")
    let problem = #expect(throws: RebuildProblem.self) { try rebuild(patience: 1) }
    #expect(problem?.code == "VD672")
    #expect(problem?.description.contains("process \(process) (") == true, "\(problem as Any)")
    #expect(try reader.query("SELECT count(*) FROM fact.session")[0].int(0) == 5)
    #expect(try log.number("SELECT count(*) FROM ops.rebuild WHERE swapping_at IS NULL") == 1)
    try reader.execute("COMMIT")
    // What is newer than the new facts finds them, and is not waited for.
    _ = try log.writer().record([sessionDraft("s9", heldOn: day)])
    try log.project()
    let report = try rebuild(patience: 20)
    #expect(report.isResumed && report.isSwapped && report.seesSessions)
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 6)
  }

  @Test func `it says so where nobody may look`() throws {
    let role = try blind()
    defer { try? see(instead: role) }
    let (reader, _) = try self.reader("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")
    let report = try rebuild(patience: 5)
    #expect(report.isSwapped && !report.seesSessions)
    try reader.execute("COMMIT")
    #expect(try reader.query("SELECT count(*) FROM fact.session")[0].int(0) == 5)
  }

  @Test func `whoever keeps a snapshot or facts open is shown to an operator`() throws {
    let projector = try log.session("varde_projector")
    #expect(try Watching(projector).seesSessions)
    #expect(try Watching(projector).readers == [])
    let (reader, process) = try self.reader("BEGIN; SELECT FROM fact.session")
    let snapshots = """
      SELECT count(*) FROM ops.snapshot WHERE holds_snapshot AND state = 'idle in transaction'
      """
    #expect(try projector.query(snapshots)[0].int(0) == 0)
    let shown = try #require(try Watching(projector).readers.first)
    #expect(shown.pid == process && shown.state == "idle in transaction" && shown.login != "")
    let metrics = OpenMetrics(try Watching(projector)).rendered
    #expect(metrics.contains("varde_oldest_reader_seconds "))
    let (other, _) = try self.reader("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")
    #expect(try projector.query(snapshots)[0].int(0) == 1)
    #expect(try Watching(projector).oldestSnapshot != nil)
    for session in [reader, other] { try session.execute("COMMIT") }
    #expect(try Watching(projector).readers == [])
  }

  @Test func `an operator who may not look is told so, and not that there is nobody`() throws {
    let role = try blind()
    defer { try? see(instead: role) }
    let (reader, _) = try self.reader(
      "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM fact.session")
    let projector = try log.session("varde_projector")
    let watching = try Watching(projector)
    #expect(!watching.seesSessions && watching.oldestSnapshot == nil)
    #expect(!OpenMetrics(watching).rendered.contains("varde_oldest_snapshot_seconds "))
    // Who holds locks is no secret.
    #expect(try projector.query("SELECT FROM ops.snapshot WHERE holds_facts").count == 1)
    try reader.execute("COMMIT")
  }

  @Test func `figures stand still, unless the rebuild is gone`() throws {
    _ = try log.writer().record(
      SmallProgramme.definition() + [SmallProgramme.group("G0")]
        + [SmallProgramme.session(0, on: SmallProgramme.start)])
    try log.project()
    try log.administrator.execute("INSERT INTO ops.rebuild VALUES (99, now(), now())")
    let projector = try log.session("varde_projector")
    let rebuilding = try Session(conninfo: log.conninfo)
    try rebuilding.execute("BEGIN; LOCK TABLE ops.rebuild IN SHARE UPDATE EXCLUSIVE MODE")
    #expect(try Watching(projector).isSwapNear)
    #expect(try CellWorker(session: projector).runToEnd() == 0)
    try rebuilding.execute("ROLLBACK")
    #expect(try !Watching(projector).isSwapNear)
    #expect(try CellWorker(session: projector).runToEnd() > 0)
  }
}
