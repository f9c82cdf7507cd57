import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import TestSupport
import Testing

/// A programme with two groups, and cells kept up to date while things are recorded and corrected.
@Suite struct `Cells` {
  private static let start = CivilDate(daysSinceEpoch: 20_100)  // 2025-01-12

  private static func draft(
    _ type: String, key: String, subject: Int? = nil, _ body: String
  ) -> EventDraft {
    EventDraft(
      type: type, occurredAt: EventDraft.midnight(start), precision: .day,
      subject: subject.map(person), naturalKey: key, body: Array(body.utf8))
  }

  private static let definition = [
    draft(
      "programme_registered", key: "p",
      #"""
      {"programme":"T","title_nb":"T","title_en":"T","models":["tst"],"purpose":"to test",\#
      "formative_only":true,"starts_on":"2025-01-12","terms":[{"code":"V","from":"01-01",\#
      "to":"07-31"},{"code":"H","from":"08-01","to":"12-31"}],"holiday_months":[7],\#
      "time_zone":"Europe/Oslo"}
      """#),
    draft(
      "unit_registered", key: "u",
      #"{"unit":"U","kind":"faculty","name_nb":"U","name_en":"U","valid_from":"2020-01-01"}"#),
  ]

  private static func group(_ code: String) -> EventDraft {
    draft(
      "group_formed", key: code,
      #"""
      {"programme":"T","group":"\#(code)","kind":"team","name_nb":"G","name_en":"G",\#
      "formed_on":"2025-01-12","sessions_min":1,"sessions_max":2}
      """#)
  }

  private static func enrolment(_ number: Int, left: CivilDate?) -> EventDraft {
    let end = left.map { #","left":"\#($0)""# } ?? ""
    return draft(
      "enrolment_recorded", key: "e\(number)", subject: number,
      #"""
      {"programme":"T","group":"G\#(number % 2)","unit":"U","role":"participant",\#
      "joined":"2025-01-12"\#(end)}
      """#)
  }

  private static func session(_ number: Int, on day: CivilDate) -> EventDraft {
    draft(
      "session_recorded", key: "s\(number)",
      #"""
      {"programme":"T","group":"G\#(number % 2)","session":"s\#(number)","planned_on":"\#(day)",\#
      "status":"held","held_on":"\#(day)","minutes":45}
      """#)
  }

  private static func attendance(_ session: Int, _ number: Int, _ day: CivilDate, _ status: String)
    -> EventDraft
  {
    draft(
      "attendance_recorded", key: "a\(session)-\(number)", subject: number,
      #"""
      {"programme":"T","group":"G\#(session % 2)","session":"s\#(session)","on":"\#(day)",\#
      "status":"\#(status)","guest":false}
      """#)
  }

  private func cells(_ log: TestLog) throws -> [String] {
    try log.administrator.query("SELECT c::text FROM fact.cell AS c ORDER BY 1")
      .map { try $0.text(0) }
  }

  /// The property that matters: what is kept up to date is what is computed from scratch.
  @Test(arguments: 1...6)
  func `kept up to date are the cells computed from scratch`(seed: UInt64) throws {
    var random = Seeded(seed)
    let log = try TestLog(readSide: true)
    let worker = CellWorker(session: try log.session("varde_projector"))
    _ = try log.writer().record(Self.definition + [Self.group("G0"), Self.group("G1")])
    _ = try log.writer().record((0..<8).map { Self.enrolment($0, left: nil) })
    var days = (0..<6).map { Self.start.adding(days: 20 * $0) }
    for _ in 0..<8 {
      // A session moves, near or far: months and terms open and close again.
      let moved = Int.random(in: 0..<days.count, using: &random)
      days[moved] = Self.start.adding(days: Int.random(in: 0...400, using: &random))
      var drafts = days.indices.map { Self.session($0, on: days[$0]) }
      for session in days.indices {
        for number in stride(from: session % 2, to: 8, by: 2) where Bool.random(using: &random) {
          let status = Bool.random(using: &random) ? "present" : "absent"
          drafts.append(Self.attendance(session, number, days[session], status))
        }
      }
      if Bool.random(using: &random) {
        let number = Int.random(in: 0..<8, using: &random)
        drafts.append(Self.enrolment(number, left: days.max()))
      }
      _ = try log.writer().record(drafts)
      try log.project()
      if Bool.random(using: &random) { _ = try worker.runToEnd() }
    }
    _ = try worker.runToEnd()
    let kept = try cells(log)
    #expect(kept.count > 50)
    #expect(try log.number("SELECT count(*) FROM fact.stale") == 0)
    try log.administrator.execute(
      """
      DELETE FROM fact.cell; DELETE FROM ops.checkpoint WHERE projection = 'cell'
      """)
    _ = try worker.runToEnd()
    #expect(try cells(log) == kept)
    // A rebuild never leaves the figures empty, and makes the same ones.
    _ = try Rebuild(session: log.administrator).run()
    #expect(try cells(log) == kept)
  }

  @Test func `a worker goes on after a rebuild, in the new facts`() throws {
    let log = try TestLog(readSide: true)
    let worker = try FactWorker(session: try log.session("varde_projector"))
    _ = try log.writer().record(Self.definition)
    #expect(try worker.runToEnd() == 2)
    _ = try Rebuild(session: log.administrator).run()
    _ = try log.writer().record([Self.group("G0")])
    #expect(try worker.runToEnd() == 1)
    #expect(try log.number("SELECT count(*) FROM evaluation.programme_group") == 1)
    #expect(try log.number("SELECT count(*) FROM ops.checkpoint WHERE state <> 'active'") == 0)
    let generations = "SELECT count(DISTINCT generation) FROM ops.checkpoint"
    #expect(try log.number(generations) == 1)
  }

  @Test func `what is not the data's fault is not held against an event`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record(Self.definition)
    try log.administrator.execute("REVOKE INSERT ON fact.unit FROM varde_projector")
    #expect(try log.project() == 0)
    let reason = try log.administrator.query("SELECT reason FROM ops.checkpoint")[0].text(0)
    #expect(reason.hasSuffix("[42501]"))
    #expect(try log.number("SELECT count(*) FROM ops.failure") == 0)
    try log.administrator.execute(
      """
      GRANT INSERT ON fact.unit TO varde_projector;
      UPDATE ops.checkpoint SET not_before = '-infinity'
      """)
    #expect(try log.project() == 2)
  }

  @Test func `a rebuild does not drop other people's views`() throws {
    let log = try TestLog(readSide: true)
    try log.administrator.execute(
      "CREATE VIEW public.mine AS SELECT programme FROM evaluation.session")
    #expect(throws: RebuildProblem.self) {
      try Rebuild(session: log.administrator).run()
    }
    #expect(try log.number("SELECT count(*) FROM public.mine") == 0)
  }
}

/// A person of these tests, by number.
private func person(_ number: Int) -> UUID {
  UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, UInt8(number)))
}
