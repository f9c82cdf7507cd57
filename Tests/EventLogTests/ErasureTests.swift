import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `Erasing a person` {
  let log: TestLog
  let person = UUID()
  let other = UUID()

  init() throws {
    log = try TestLog(readSide: true)
    _ = try log.writer().record(
      [sessionDraft("s1", heldOn: day)]
        + [person, other, person].enumerated().map { attendance($0.offset, of: $0.element) })
  }

  private func attendance(_ number: Int, of subject: UUID) -> EventDraft {
    var body = JSONWriter()
    body.string("programme", "TST")
    body.string("group", "G1")
    body.string("session", "s\(number)")
    body.date("on", day)
    body.string("status", "present")
    body.boolean("guest", false)
    return EventDraft(
      type: "attendance_recorded", occurredAt: EventDraft.midnight(day), precision: .day,
      subject: subject, naturalKey: "attendance\u{1F}s\(number)\u{1F}\(subject)",
      body: body.finish())
  }

  @discardableResult
  private func erase(as role: String = "varde_steward", key: UUID = UUID()) throws -> (Int, Int) {
    let row = try log.session(role).query(
      "SELECT o_position, o_events FROM log.erase($1, $2, $3, 'asked for it')",
      [.int(Int64(log.institution.id)), .uuid(person), .uuid(key)])[0]
    return (try row.int(0), try row.int(1))
  }

  @Test func `empties that person's events and keeps the proof`() throws {
    let head = try log.verify().head
    let (position, events) = try erase()
    #expect(position == 5)
    #expect(events == 2)
    #expect(
      try log.number(
        "SELECT count(*) FROM log.event WHERE body IS NULL AND salt IS NULL AND position IN (2, 4)")
        == 2)
    #expect(try log.number("SELECT count(*) FROM log.event WHERE body IS NULL") == 2)
    let outcome = try log.verify()
    #expect(outcome.problems.isEmpty)
    #expect(outcome.redactions.map(\.events) == [2])
    #expect(outcome.redactions.map(\.position) == [5])
    #expect(outcome.head != head)
  }

  @Test func `is the steward's alone`() throws {
    for role in ["varde_recorder", "varde_projector", "varde_analyst"] {
      let error = #expect(throws: PostgresError.self) { try erase(as: role) }
      #expect(error?.sqlstate == "42501")
    }
    #expect(try log.number("SELECT count(*) FROM log.event WHERE body IS NULL") == 0)
  }

  @Test func `asked for twice happens once`() throws {
    let key = UUID()
    let first = try erase(key: key)
    let second = try erase(key: key)
    #expect(second == first)
    #expect(try log.number("SELECT count(*) FROM log.event") == 5)
  }

  @Test func `leaves no fact behind, live or rebuilt`() throws {
    try log.project()
    #expect(try log.number("SELECT count(*) FROM fact.attendance") == 3)
    try erase()
    _ = try log.writer().record([attendance(7, of: other)])
    try log.project()
    let live = try facts()
    #expect(live.count == 2)
    // From zero the worker meets the emptied events themselves.
    try log.administrator.execute(
      "TRUNCATE fact.attendance, fact.session; DELETE FROM ops.checkpoint")
    try log.project()
    #expect(try facts() == live)
  }

  @Test func `is not undone by sending the file again`() throws {
    let file = [attendance(0, of: person), attendance(1, of: other), attendance(2, of: person)]
    try erase()
    #expect(try log.writer().record(file) == [.erased, .unchanged, .erased])
    // Nor by a run that was interrupted before.
    let run = UUID()
    let later = [attendance(5, of: person), attendance(6, of: other)]
    _ = try log.writer(run: run).record(later)
    try erase()
    #expect(try log.writer(run: run).record(later) == [.erased, .new])
    #expect(
      try log.number(
        "SELECT count(*) FROM log.event WHERE subject_id = '\(person)' AND body IS NOT NULL AND type <> 'subject_erased'"
      )
        == 0)
  }

  @Test func `asked for twice under two keys is told under the first`() throws {
    let first = try erase()
    let second = try erase()
    #expect(second.1 == 2)
    let outcome = try log.verify()
    #expect(outcome.problems.isEmpty)
    #expect(outcome.redactions.map(\.position) == [Int64(first.0)])
    #expect(outcome.redactions.first?.recordedBy.isEmpty == false)
  }

  private func facts() throws -> [String] {
    try log.administrator.query(
      "SELECT a::text FROM fact.attendance AS a ORDER BY institution_id, position"
    ).map { try $0.text(0) }
  }

  /// What looks like an erasure and is none.
  @Test(arguments: [
    "UPDATE log.event SET salt = NULL, body = NULL WHERE position = 3",
    "UPDATE log.event SET salt = NULL WHERE position = 3",
    "UPDATE log.event SET body = NULL WHERE position = 6",
    "UPDATE log.event SET salt = NULL, body = NULL WHERE position = 6",
    "UPDATE log.event SET salt = NULL, body = NULL WHERE position = 5",
  ])
  func `is not what somebody else did`(tampering: String) throws {
    try erase()
    _ = try log.writer().record([attendance(9, of: person)])
    // The owner is refused, …
    let owner = try log.session("varde_owner")
    let error = #expect(throws: PostgresError.self) { try owner.execute(tampering) }
    #expect(error?.sqlstate == "VL403")
    // … and who gets round the rules is found.
    try log.administrator.execute(
      "SET session_replication_role = replica; \(tampering); RESET session_replication_role")
    let problems = try log.verify().problems
    #expect(problems.count == 1)
    #expect(problems.first?.what == "body or salt missing without an erasure that authorises it")
  }
}
