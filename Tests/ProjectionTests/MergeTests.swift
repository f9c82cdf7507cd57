import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import TestSupport
import Testing

@Suite struct `Two ids that are one person` {
  private let log: TestLog
  private let old = UUID()
  private let new = UUID()
  private let other = UUID()

  init() throws {
    log = try TestLog(readSide: true)
    _ = try log.writer().record([
      PersonDrafts.enrolment(old), PersonDrafts.enrolment(other),
      PersonDrafts.attendance(old, session: "s1"), PersonDrafts.attendance(other, session: "s1"),
    ])
  }

  private func merge() throws { _ = try log.people().merge(old, into: new, reason: "new id") }

  /// Persons and sessions of the attendance that counts.
  private func attendance() throws -> [String] {
    let names = [old: "old", new: "new", other: "other"]
    return try log.administrator.query(
      """
      SELECT subject_id, session, status FROM fact.attendance WHERE superseded_by IS NULL
       ORDER BY session, position
      """
    ).map { "\(names[try $0.uuid(0)] ?? "?") \(try $0.text(1)) \(try $0.text(2))" }
  }

  /// Rebuilds, and checks that live facts were what the log makes.
  private func expectParity(_ location: SourceLocation = #_sourceLocation) throws {
    let parity = try Rebuild(session: log.administrator, jobs: 3, slice: 5).run().facts
    #expect(parity.count >= 18, sourceLocation: location)
    #expect(parity.filter { !$0.isEqual } == [], sourceLocation: location)
  }

  @Test(arguments: [true, false])
  func `have one set of facts, before and after`(isLive: Bool) throws {
    if isLive { try log.project() }
    try merge()
    if isLive { try log.project() }
    // A file that still uses the old id.
    _ = try log.writer().record([
      PersonDrafts.attendance(old, session: "s2"), PersonDrafts.hours(old, spent: 7),
      PersonDrafts.log(old, round: "1", words: 9), PersonDrafts.response(old, "R1", answer: 3),
      PersonDrafts.observation(of: other, by: old, cycle: "C1"),
    ])
    try log.project()
    #expect(try attendance() == ["new s1 present", "other s1 present", "new s2 present"])
    for fact in ["enrolment", "hours", "log_entry", "response", "answer"] {
      #expect(
        try log.number("SELECT count(*) FROM fact.\(fact) WHERE subject_id = '\(new)'") == 1)
      #expect(
        try log.number("SELECT count(*) FROM fact.\(fact) WHERE recorded_as = '\(old)'") == 1)
    }
    #expect(
      try log.number("SELECT count(*) FROM fact.observation WHERE observer_id = '\(new)'") == 1)
    try expectParity()
  }

  @Test func `were at a session once: the record made later counts`() throws {
    try log.project()
    _ = try log.writer().record([PersonDrafts.attendance(new, session: "s1", status: "late")])
    try log.project()
    try merge()
    try log.project()
    #expect(try attendance() == ["other s1 present", "new s1 late"])
    // A correction of the older record is the later word now.
    _ = try log.writer().record([PersonDrafts.attendance(old, session: "s1", status: "excused")])
    try log.project()
    #expect(try attendance() == ["other s1 present", "new s1 excused"])
    try expectParity()
  }

  @Test func `have the older record again where the later one is taken back`() throws {
    _ = try log.writer().record([PersonDrafts.attendance(new, session: "s1", status: "late")])
    try merge()
    try log.project()
    try log.writer().retract(
      [Retraction(position: 5, type: "attendance_recorded", occurredAt: 0)])
    try log.project()
    #expect(try attendance() == ["new s1 present", "other s1 present"])
    try expectParity()
  }

  @Test func `are members of a group without a day counted twice`() throws {
    let later = PersonDrafts.day.adding(days: 40)
    try log.project()
    _ = try log.writer().record([PersonDrafts.enrolment(new, joined: later)])
    try merge()
    try log.project()
    let spans = {
      try self.log.administrator.query(
        """
        SELECT joined_on || '–' || coalesce(left_on::text, '') FROM fact.enrolment
         WHERE subject_id IN ('\(self.old)', '\(self.new)') AND superseded_by IS NULL
         ORDER BY joined_on
        """
      ).map { try $0.text(0) }
    }
    #expect(try spans() == ["\(PersonDrafts.day)–\(later)", "\(later)–"])
    try expectParity()
    _ = try log.people().split(old)
    try log.project()
    #expect(try spans() == ["\(PersonDrafts.day)–", "\(later)–"])
    try expectParity()
  }

  @Test func `are two again after a split, each with their own records`() throws {
    _ = try log.writer().record([PersonDrafts.attendance(new, session: "s1", status: "late")])
    try log.project()
    let before = try facts()
    try merge()
    try log.project()
    _ = try log.writer().record([PersonDrafts.attendance(old, session: "s3")])
    try log.project()
    _ = try log.people().split(old)
    try log.project()
    #expect(
      try attendance() == ["old s1 present", "other s1 present", "new s1 late", "old s3 present"])
    #expect(try facts().filter { !$0.contains("s3") } == before)
    try expectParity()
  }

  private func facts() throws -> [String] {
    try log.administrator.query("SELECT a::text FROM fact.attendance AS a ORDER BY position")
      .map { try $0.text(0) }
  }

  @Test func `follow from one to the next, in whichever order the merges come`() throws {
    _ = try log.people().merge(new, into: other, reason: "one")
    _ = try log.people().merge(old, into: new, reason: "two")
    try log.project()
    #expect(
      try log.number("SELECT count(DISTINCT subject_id) FROM fact.attendance") == 1)
    #expect(
      try log.number("SELECT count(*) FROM fact.enrolment WHERE subject_id = '\(other)'") == 2)
    try expectParity()
  }

  @Test func `make all cells of the institution due`() throws {
    try log.administrator.execute(
      """
      INSERT INTO fact.programme (institution_id, position, recorded_at, programme, title_nb,
        title_en, models, purpose, formative_only, starts_on, terms, holiday_months, time_zone)
      VALUES (\(log.institution.id), 0, now(), 'TST', '', '', '{}', '', true, '2025-01-01', '[]',
        '{}', 'UTC')
      """)
    try log.project()
    try log.administrator.execute("DELETE FROM fact.stale")
    try merge()
    try log.project()
    #expect(try log.number("SELECT count(*) FROM fact.stale WHERE period = '*'") == 3)
  }

  @Test(arguments: [true, false])
  func `are erased together, whichever of them is named`(isOld: Bool) throws {
    _ = try log.writer().record([
      PersonDrafts.attendance(new, session: "s2"),
      PersonDrafts.observation(of: other, by: old, cycle: "C1"),
    ])
    try merge()
    try log.project()
    try log.erase(isOld ? old : new)
    try log.project()
    #expect(try attendance() == ["other s1 present"])
    #expect(try log.number("SELECT count(*) FROM fact.subject_merge") == 0)
    #expect(
      try log.number(
        """
        SELECT count(*) FROM log.event
         WHERE subject_id IN ('\(old)', '\(new)') AND body IS NOT NULL AND type <> 'subject_erased'
        """) == 0)
    // The observation is the other's; who observed is an id nobody knows any more.
    #expect(
      try log.number("SELECT count(*) FROM fact.observation WHERE observer_id = '\(old)'") == 1)
    #expect(try log.verify().problems.isEmpty)
    try expectParity()
  }

  /// Whatever happens in whatever order, and whenever the workers look.
  @Test(arguments: 1...12)
  func `have the same facts live and rebuilt`(seed: UInt64) throws {
    var random = Seeded(seed)
    let people = [old, new, other, UUID()]
    var erased: Set<UUID> = []
    func somebody() -> UUID { people[Int.random(in: 0..<people.count, using: &random)] }
    for _ in 0..<40 {
      let one = somebody()
      let two = somebody()
      let number = Int.random(in: 0...2, using: &random)
      let day = PersonDrafts.day.adding(days: 20 * number)
      switch Int.random(in: 0..<12, using: &random) {
      case 0...6:
        let drafts = [
          PersonDrafts.attendance(
            one, session: "s\(number)", status: Bool.random(using: &random) ? "late" : "absent"),
          PersonDrafts.enrolment(
            two, joined: day, left: Bool.random(using: &random) ? day.adding(days: 30) : nil),
          PersonDrafts.hours(one, spent: number), PersonDrafts.log(two, round: "1", words: number),
          PersonDrafts.response(one, "R\(number)", answer: 1 + number),
          PersonDrafts.observation(of: one, by: two, cycle: "C\(number)"),
        ]
        _ = try log.writer().record(drafts.shuffled(using: &random))
      case 7, 8: _ = try? log.people().merge(one, into: two, reason: "found out")
      case 9: _ = try? log.people().split(one)
      case 10:
        let standing = try log.administrator.query(
          """
          SELECT e.position, e.type FROM log.event AS e
           WHERE e.source_key IS NOT NULL AND e.body IS NOT NULL
             AND NOT EXISTS (SELECT FROM log.event AS s WHERE s.supersedes = e.position)
           ORDER BY e.position
          """)
        guard let row = standing.randomElement(using: &random) else { continue }
        try log.writer().retract([
          Retraction(position: Int64(try row.int(0)), type: try row.text(1), occurredAt: 0)
        ])
      default:
        if erased.count < 1, number == 0 { erased.insert(one); try log.erase(one) }
      }
      if Int.random(in: 0..<3, using: &random) == 0 { try log.project() }
    }
    try log.project()
    let twice = try log.number(
      """
      SELECT count(*) FROM (
        SELECT FROM fact.attendance WHERE superseded_by IS NULL
         GROUP BY subject_id, session HAVING count(*) > 1
        UNION ALL
        SELECT FROM fact.enrolment AS a
          JOIN fact.enrolment AS b
            ON b.subject_id = a.subject_id AND b.position > a.position
           AND b.superseded_by IS NULL
           AND daterange(a.joined_on, a.left_on) && daterange(b.joined_on, b.left_on)
         WHERE a.superseded_by IS NULL) AS t
      """)
    #expect(twice == 0)
    try expectParity()
    #expect(try log.verify().problems.isEmpty)
  }
}
