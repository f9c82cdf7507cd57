import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import TestSupport
import Testing

/// Cells kept up to date while things are recorded, corrected and taken back.
@Suite struct `Stale cells` {
  private let log: TestLog

  init() throws { log = try TestLog(readSide: true) }

  private func worker() throws -> CellWorker {
    CellWorker(session: try log.session("varde_projector"))
  }

  /// A programme with three groups of eight and a session of each.
  private func begin() throws {
    _ = try log.writer().record(
      SmallProgramme.definition() + ["G0", "G1", "G2"].map(SmallProgramme.group))
    _ = try log.writer().record((0..<24).map { SmallProgramme.enrolment($0, left: nil) })
  }

  /// The property that matters: what is kept up to date is what is computed from scratch.
  @Test(arguments: 1...8)
  func `kept up to date are those computed from scratch`(seed: UInt64) throws {
    var random = Seeded(seed)
    let worker = try worker()
    try begin()
    var days = (0..<9).map { SmallProgramme.start.adding(days: 20 * $0) }
    _ = try log.writer().record(days.indices.map { SmallProgramme.session($0, on: days[$0]) })
    for _ in 0..<10 {
      // A session moves, near or far, also beyond today: months and terms open and close again.
      let moved = Int.random(in: 0..<days.count, using: &random)
      let reach = Bool.random(using: &random) ? 60 : 1_000
      days[moved] = SmallProgramme.start.adding(days: Int.random(in: 0...reach, using: &random))
      var drafts = [
        SmallProgramme.session(
          moved, on: days[moved], isHeld: Int.random(in: 0..<4, using: &random) > 0)
      ]
      let session = Int.random(in: 0..<days.count, using: &random)
      // Recorded with the day it is known to be on, or with none that fits.
      let day = Bool.random(using: &random) ? days[session] : SmallProgramme.start
      for number in 0..<24 where Int.random(in: 0..<3, using: &random) > 0 {
        let status = ["present", "absent", "unknown", "excused"].randomElement(using: &random)
        if number % 3 == session % 3 || number % 5 == 0 {
          drafts.append(SmallProgramme.attendance(session, number, day, status ?? ""))
        }
      }
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        let number = Int.random(in: 0..<24, using: &random)
        drafts.append(SmallProgramme.enrolment(number, left: days.max()))
      case 1:
        let autumn = Bool.random(using: &random) ? "08-15" : "08-01"
        drafts.append(SmallProgramme.definition(autumn: autumn)[0])
      case 2:
        let number = Int.random(in: 0..<24, using: &random)
        drafts.append(SmallProgramme.hours(number, "2025H", allocated: number))
      default: break
      }
      _ = try log.writer().record(drafts)
      if Int.random(in: 0..<4, using: &random) == 0 { try takeBack(&random) }
      try log.project()
      if Int.random(in: 0..<3, using: &random) > 0 {
        _ = try worker.runToEnd()
        try expectFromScratch(worker)
      }
    }
    _ = try worker.runToEnd()
    try expectFromScratch(worker)
    let kept = try SmallProgramme.cells(log)
    #expect(kept.count > 100)
    // A rebuild never leaves the figures empty, and makes the same ones.
    _ = try Rebuild(session: log.administrator).run()
    #expect(try SmallProgramme.cells(log) == kept)
  }

  /// Takes back one session or attendance that holds.
  private func takeBack(_ random: inout Seeded) throws {
    let holding = try log.administrator.query(
      """
      SELECT e.position, e.type FROM log.event AS e
       WHERE e.type IN ('session_recorded', 'attendance_recorded')
         AND NOT EXISTS (SELECT FROM log.event AS s WHERE s.supersedes = e.position)
       ORDER BY e.position
      """
    ).map { Retraction(position: Int64(try $0.int(0)), type: try $0.text(1), occurredAt: 0) }
    try log.writer().retract([holding.randomElement(using: &random)].compactMap { $0 })
  }

  private func expectFromScratch(
    _ worker: CellWorker, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let kept = try SmallProgramme.cells(log)
    #expect(try log.number("SELECT count(*) FROM fact.stale") == 0, sourceLocation: location)
    try log.administrator.execute(
      """
      DELETE FROM fact.cell; DELETE FROM fact.tally;
      DELETE FROM ops.checkpoint WHERE projection = 'cell'
      """)
    _ = try worker.runToEnd()
    #expect(try SmallProgramme.cells(log) == kept, sourceLocation: location)
  }

  /// Cells that were written anew since a transaction, by scope kind and scope.
  private func rewritten(since mark: Int) throws -> [String] {
    try log.administrator.query(
      """
      SELECT DISTINCT scope_kind || ' ' || scope || ' ' || period FROM fact.cell
       WHERE xmin::text::bigint >= \(mark) ORDER BY 1
      """
    ).map { try $0.text(0) }
  }

  private func now() throws -> Int { try log.number("SELECT pg_current_xact_id()::text::bigint") }

  @Test func `of one late session are its group's, its people's units' and the whole's`() throws {
    let worker = try worker()
    try begin()
    let days = (0..<9).map { SmallProgramme.start.adding(days: 20 * $0) }
    _ = try log.writer().record(days.indices.map { SmallProgramme.session($0, on: days[$0]) })
    try log.project()
    _ = try worker.runToEnd()
    let before = try now()
    // Somebody of unit U0 at a session of group G0, in March.
    _ = try log.writer().record([
      SmallProgramme.session(30, on: SmallProgramme.start.adding(days: 60)),
      SmallProgramme.attendance(30, 0, SmallProgramme.start.adding(days: 60), "present"),
    ])
    try log.project()
    #expect(try worker.runToEnd() > 0)
    let scopes = ["group G0", "institution prøve", "programme T", "unit U0", "unit U1", "unit U2"]
    #expect(
      try rewritten(since: before) == scopes.flatMap { ["\($0) 2025-03", "\($0) 2025V"] })
    try expectFromScratch(worker)
  }

  @Test func `of another version of a definition are found by themselves, and no others`() throws {
    let worker = try worker()
    try begin()
    _ = try log.writer().record([SmallProgramme.session(0, on: SmallProgramme.start)])
    try log.project()
    let catalogue = CatalogueWriter(session: try log.session("varde_projector"))
    try catalogue.write()
    _ = try worker.runToEnd()
    let kept = try SmallProgramme.cells(log)
    try catalogue.write()
    #expect(try worker.runToEnd() == 0)
    // As if an older varde had computed them.
    try log.administrator.execute(
      """
      UPDATE fact.cell SET definition_version = 0, value = 99 WHERE indicator = 'dose_hours';
      UPDATE fact.catalogue SET definition_version = 0 WHERE indicator = 'dose_hours'
      """)
    let before = try now()
    try catalogue.write()
    let doses = kept.count { $0.contains("dose_hours") }
    #expect(doses > 0)
    #expect(try worker.runToEnd() == doses)
    #expect(try SmallProgramme.cells(log) == kept)
    let written = "SELECT count(*) FROM fact.cell WHERE xmin::text::bigint >= \(before)"
    #expect(try log.number(written) == doses)
    // An indicator this database has never heard of.
    try log.administrator.execute(
      """
      DELETE FROM fact.cell WHERE indicator = 'meeting_interval';
      DELETE FROM fact.catalogue WHERE indicator = 'meeting_interval'
      """)
    try catalogue.write()
    #expect(try worker.runToEnd() == kept.count { $0.contains("meeting_interval") })
    #expect(try SmallProgramme.cells(log) == kept)
  }

  @Test func `are recomputed when somebody asks, of one institution`() throws {
    let worker = try worker()
    try begin()
    _ = try log.writer().record([SmallProgramme.session(0, on: SmallProgramme.start)])
    try log.project()
    _ = try worker.runToEnd()
    let kept = try SmallProgramme.cells(log)
    let recompute = Recompute(session: try log.session("varde_projector"))
    try recompute.mark("dose_hours", institution: "annen")
    #expect(try worker.runToEnd() == 0)
    try recompute.mark("dose_hours", institution: "prøve")
    #expect(try worker.runToEnd() == kept.count { $0.contains("dose_hours") })
    try recompute.mark(nil)
    #expect(try worker.runToEnd() == kept.count)
    #expect(try SmallProgramme.cells(log) == kept)
  }

  @Test func `are computed by one worker at a time, and by the next if that one dies`() throws {
    let worker = try worker()
    try begin()
    try log.project()
    _ = try worker.runToEnd()
    _ = try log.writer().record([SmallProgramme.session(0, on: SmallProgramme.start)])
    try log.project()
    // Another worker is in the middle of it.
    let other = try log.session("varde_projector")
    try other.execute("BEGIN")
    try other.query("SELECT FROM ops.cell_claim FOR UPDATE")
    #expect(try worker.runToEnd() == 0)
    #expect(try log.number("SELECT count(*) FROM fact.stale") > 0)
    // Facts go on meanwhile.
    _ = try log.writer().record([SmallProgramme.session(1, on: SmallProgramme.start)])
    #expect(try log.project() == 1)
    try log.administrator.query(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction'
      """)
    #expect(try worker.runToEnd() > 0)
    try expectFromScratch(worker)
  }

  @Test func `are computed though a worker died between its checkpoint and its claim`() throws {
    let worker = try worker()
    try begin()
    try log.project()
    _ = try worker.runToEnd()
    try log.administrator.execute("DELETE FROM ops.cell_claim")
    _ = try log.writer().record([SmallProgramme.session(0, on: SmallProgramme.start)])
    try log.project()
    #expect(try worker.runToEnd() > 0)
    try expectFromScratch(worker)
  }

  @Test func `are all computed on a new day, the marked ones first`() throws {
    let worker = try worker()
    try begin()
    _ = try log.writer().record([SmallProgramme.session(0, on: SmallProgramme.start)])
    try log.project()
    _ = try worker.runToEnd()
    let before = try SmallProgramme.cells(log).count
    // As if all that had been yesterday.
    try log.administrator.execute(
      """
      SET session_replication_role = replica;
      UPDATE log.append SET recorded_at = recorded_at - interval '1 day';
      RESET session_replication_role
      """)
    _ = try log.writer().record([SmallProgramme.session(3, on: SmallProgramme.start)])
    try log.project()
    #expect(try worker.runToEnd() > before)
    try expectFromScratch(worker)
    #expect(try worker.runToEnd() == 0)
  }

  @Test func `of a mark that comes while they are computed are computed again`() throws {
    let worker = try worker()
    try begin()
    try log.project()
    _ = try worker.runToEnd()
    // A mark of facts beyond what the checkpoint of the facts says is not seen, and stays.
    try log.administrator.execute(
      """
      INSERT INTO fact.stale (institution_id, programme, family, period, position)
      VALUES (\(log.institution.id), 'T', 'hours', '*', 1000)
      """)
    _ = try worker.runToEnd()
    #expect(try log.number("SELECT count(*) FROM fact.stale") == 1)
  }
}
