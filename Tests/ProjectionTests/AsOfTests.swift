import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

@testable import Projection

/// Late, corrected and retracted: what holds now, and what held then.
@Suite struct `Facts as of an earlier time` {
  private let log: TestLog

  init() throws { log = try TestLog(readSide: true) }

  private func facts() throws -> [String] {
    try log.administrator.query("SELECT fact FROM fact.projector ORDER BY ordinal")
      .map { try $0.text(0) }
  }

  /// The rows that hold, of every fact, each as text.
  private func rows(_ source: (String) -> String) throws -> [String: [String]] {
    var rows: [String: [String]] = [:]
    for fact in try facts() {
      rows[fact] = try log.administrator.query(
        "SELECT x::text FROM \(source(fact)) AS x ORDER BY 1"
      ).map { try $0.text(0) }
    }
    return rows
  }

  private func known(at position: Int64) throws -> [String: [String]] {
    try rows { "fact.\($0)_as_of(\(log.institution.id), \(position))" }
  }

  private struct Undone: Error {}

  /// Projects the log anew as if it ended with a block, and forgets all about it.
  private func replay(through block: Int) throws -> [String: [String]] {
    var replayed: [String: [String]] = [:]
    do {
      let session = log.administrator
      try session.transaction {
        try session.execute(
          """
          SET LOCAL session_replication_role = replica;
          DELETE FROM log.event WHERE append_no > \(block);
          DELETE FROM log.append WHERE append_no > \(block);
          """)
        let live = try #require(try ReadSide(session: session).liveGeneration())
        try ReadSide(session: session).build(schema: "fact_99", generation: 99)
        try FactWorker(session: session, target: .building(schema: "fact_99", generation: 99))
          .catchUpInTransaction(withLive: live)
        replayed = try rows { "(SELECT * FROM fact_99.\($0) WHERE superseded_by IS NULL)" }
        throw Undone()
      }
    } catch is Undone {}
    return replayed
  }

  @Test(arguments: 1...8)
  func `are those of a replay of the log up to there, byte for byte`(seed: UInt64) throws {
    var history = RandomHistory(log, seed: seed)
    try history.wander(blocks: 12)
    try log.project()
    #expect(history.ends.count >= 12)
    for end in history.ends {
      let then = try known(at: end.position)
      #expect(try then == replay(through: end.block))
      // Blocks are taken at their own time, which is the position's.
      let recordedAt = "(SELECT recorded_at FROM log.append WHERE append_no = \(end.block))"
      #expect(try then == rows { "fact.\($0)_as_of(\(recordedAt))" })
      #expect(
        try log.number("SELECT evaluation.position_at('prøve', \(recordedAt))")
          == Int(end.position))
    }
    let last = try #require(history.ends.last)
    #expect(
      try known(at: last.position)
        == rows { "(SELECT * FROM fact.\($0) WHERE superseded_by IS NULL)" })
    #expect(try known(at: last.position).values.map(\.count).reduce(0, +) > 20)
    #expect(try known(at: 0).values.allSatisfy(\.isEmpty))
  }

  @Test(arguments: 1...6)
  func `end the same in whatever order the same records came`(seed: UInt64) throws {
    var random = Seeded(seed)
    let records = RandomHistory.records(&random)
    let other = try TestLog(readSide: true)
    for (log, seed) in [(log, seed), (other, seed + 100)] {
      var history = RandomHistory(log, seed: seed)
      try history.wander(blocks: 6)
      if seed % 2 == 0 { try log.project() }
      try history.arrive(at: records)
      try log.project()
    }
    func current(_ log: TestLog) throws -> [String: [String]] {
      var rows: [String: [String]] = [:]
      for fact in try facts() {
        rows[fact] = try log.administrator.query(
          """
          SELECT (to_jsonb(f) - '{position,recorded_at}'::text[])::text FROM fact.\(fact) AS f
           WHERE superseded_by IS NULL ORDER BY 1
          """
        ).map { try $0.text(0) }
      }
      return rows
    }
    #expect(try current(log) == current(other))
    // Two rows hold one response: it, and its answers.
    let held = records.values.count { $0 != nil }
    #expect(try current(log).values.map(\.count).reduce(0, +) >= held)
  }

  @Test func `of one institution are not another's`() throws {
    let second = try Institution.register(log.administrator, code: "annen", name: "Annenskolen")
    _ = try log.writer().record([sessionDraft("s1", heldOn: PersonDrafts.day)])
    let session = try log.session("varde_recorder")
    let writer = try LogWriter(
      session: session, institution: second.id, run: UUID(), keySecret: [1])
    _ = try writer.record(["s1", "s2", "s3"].map { sessionDraft($0, heldOn: PersonDrafts.day) })
    try log.project()
    func count(_ call: String) throws -> Int { try log.number("SELECT count(*) FROM \(call)") }
    #expect(try count("fact.session_as_of(\(log.institution.id), 1)") == 1)
    #expect(try count("evaluation.session_as_of('annen', 2)") == 2)
    #expect(try count("evaluation.session_as_of(now())") == 4)
    #expect(
      try log.administrator.query("SELECT evaluation.position_at('ingen', now())")[0]
        .optionalInt(0) == nil)
  }

  /// What was recorded of somebody under two ids was recorded of one person all along.
  @Test func `have merged people as one, whenever they became one`() throws {
    let (old, new) = (HistoryKey.person(0), HistoryKey.person(1))
    _ = try log.writer().record([PersonDrafts.attendance(old, session: "s1")])
    _ = try log.writer().record([PersonDrafts.attendance(new, session: "s1", status: "late")])
    try log.project()
    func people(_ position: Int) throws -> [String] {
      try log.administrator.query(
        """
        SELECT subject_id || ' ' || status FROM fact.attendance_as_of(\(log.institution.id), $1)
         ORDER BY position
        """, [.int(Int64(position))]
      ).map { try $0.text(0) }
    }
    #expect(try people(2).count == 2)
    _ = try log.people().merge(old, into: new, reason: "new id")
    try log.project()
    let name = new.uuidString.lowercased()
    #expect(try people(1) == ["\(name) present"])
    #expect(try people(2) == ["\(name) late"])
    _ = try log.people().split(old)
    try log.project()
    #expect(try people(1) == ["\(old.uuidString.lowercased()) present"])
    #expect(try people(2).count == 2)
  }

  @Test func `do not know who was erased, at no time`() throws {
    let (gone, staying) = (HistoryKey.person(0), HistoryKey.person(1))
    _ = try log.writer().record([
      PersonDrafts.attendance(gone, session: "s1"), PersonDrafts.attendance(staying, session: "s1"),
    ])
    try log.project()
    #expect(try known(at: 2)["attendance"]?.count == 2)
    try log.erase(gone)
    try log.project()
    #expect(try known(at: 2)["attendance"]?.count == 1)
    #expect(try known(at: 2) == replay(through: 1))
  }

  @Test func `are read by analysts, through every view, also after a rebuild`() throws {
    var history = RandomHistory(log, seed: 1)
    try history.wander(blocks: 6)
    try log.project()
    for isRebuilt in [false, true] {
      if isRebuilt { _ = try Rebuild(session: log.administrator).run() }
      let analyst = try log.session("varde_analyst")
      let views = try analyst.query(
        """
        SELECT p.proname::text, left(p.proname, -6) FROM pg_proc AS p
         WHERE p.pronamespace = 'evaluation'::regnamespace AND p.pronargs = 1
        """)
      #expect(views.count >= 18)
      for row in views {
        let (function, view) = (try row.text(0), try row.text(1))
        let now = try analyst.query("SELECT v::text FROM evaluation.\(view) AS v ORDER BY 1")
          .map { try $0.text(0) }
        let then = try analyst.query(
          "SELECT v::text FROM evaluation.\(function)(clock_timestamp()) AS v ORDER BY 1"
        ).map { try $0.text(0) }
        #expect(now == then, "\(view)")
      }
    }
  }

  @Test func `are refused where nobody knows them, and not empty`() throws {
    _ = try log.writer().record([sessionDraft("s1", heldOn: CivilDate(daysSinceEpoch: 20_000))])
    try log.project()
    _ = try log.writer().record([sessionDraft("s2", heldOn: CivilDate(daysSinceEpoch: 20_000))])
    let analyst = try log.session("varde_analyst")
    func answer(_ function: String) throws -> String {
      do {
        return "\(try analyst.query("SELECT count(*) FROM \(function)")[0].int(0))"
      } catch let error as PostgresError {
        return error.sqlstate
      }
    }
    let id = log.institution.id
    #expect(try answer("evaluation.session_as_of('nosuch', 1)") == "VL430")
    #expect(try answer("fact.session_as_of(\(id + 1), 1)") == "VL430")
    #expect(try answer("evaluation.session_as_of('prøve', 2)") == "VL431", "not projected yet")
    #expect(try answer("fact.session_as_of(\(id), 2)") == "VL431")
    #expect(try answer("evaluation.session_as_of('prøve', NULL)") == "VL431")
    #expect(try answer("evaluation.session_as_of('prøve', 1)") == "1")
    #expect(try answer("evaluation.session_as_of('prøve', 0)") == "0")
    try log.project()
    #expect(try answer("evaluation.session_as_of('prøve', 2)") == "2")
    #expect(try answer("fact.session_as_of(\(id), 2)") == "2")
  }

  @Test func `in somebody's own view keep a rebuild from dropping it`() throws {
    try log.administrator.execute(
      "CREATE VIEW public.mine AS SELECT session FROM evaluation.session_as_of('2025-03-01')")
    let problem = #expect(throws: RebuildProblem.self) {
      try Rebuild(session: log.administrator).run()
    }
    #expect(problem?.code == "VD640")
  }
}
