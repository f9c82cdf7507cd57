import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite struct `Saying that two are one` {
  private let log: TestLog
  private let first = UUID()
  private let second = UUID()
  private let third = UUID()

  init() throws { log = try TestLog() }

  @Test func `is an event with its reason, and changes no other`() throws {
    let people = try log.people()
    #expect(try people.merge(first, into: second, reason: "new employee id") == 1)
    let row = try log.administrator.query("SELECT type, subject_id, body FROM log.event")[0]
    #expect(try row.text(0) == "subjects_merged")
    #expect(try row.uuid(1) == first)
    #expect(
      try row.text(2)
        == #"{"from":"\#(first.uuidString.lowercased())","into":"\#(second.uuidString.lowercased())","reason":"new employee id"}"#
    )
    let merge = try #require(try people.merges(of: [second]).first)
    #expect((merge.position, merge.from, merge.into) == (1, first, second))
    #expect(try log.verify().problems.isEmpty)
  }

  @Test func `goes to whom the second is by now`() throws {
    let people = try log.people()
    _ = try people.merge(second, into: third, reason: "one")
    _ = try people.merge(first, into: second, reason: "two")
    let merges = try SubjectMerges.load(
      from: log.session("varde_recorder"), institution: log.institution.id)
    #expect([first, second, third].map(merges.current) == [third, third, third])
    #expect(Set(merges.all(of: first)) == [first, second, third])
    #expect(merges.all(of: first).first == third)
  }

  @Test func `is refused where it says nothing new or makes a circle`() throws {
    let people = try log.people()
    #expect(throws: MergeRefusal.samePerson) {
      try people.merge(first, into: first, reason: "no")
    }
    _ = try people.merge(first, into: second, reason: "yes")
    #expect(throws: MergeRefusal.samePerson) {
      try people.merge(first, into: second, reason: "again")
    }
    #expect(throws: MergeRefusal.samePerson) {
      try people.merge(second, into: first, reason: "a circle")
    }
    #expect(throws: MergeRefusal.alreadyMerged(into: second)) {
      try people.merge(first, into: third, reason: "elsewhere")
    }
    #expect(throws: MergeRefusal.notMerged) { try people.split(third) }
    #expect(try log.number("SELECT count(*) FROM log.event") == 1)
  }

  @Test func `can be taken back, and said again`() throws {
    let people = try log.people()
    let position = try people.merge(first, into: second, reason: "yes")
    #expect(try people.split(first) == position)
    #expect(throws: MergeRefusal.notMerged) { try people.split(first) }
    #expect(try people.merge(first, into: third, reason: "the other one") == 3)
  }

  @Test func `is nothing for the erased`() throws {
    try log.erase(first)
    let people = try log.people()
    #expect(throws: MergeRefusal.erased(first)) {
      try people.merge(first, into: second, reason: "no")
    }
    #expect(throws: MergeRefusal.erased(first)) {
      try people.merge(second, into: first, reason: "no")
    }
  }

  @Test func `lets two who do it at once make no circle`() async throws {
    let id = log.institution.id
    let conninfo = log.conninfo
    let pairs = [(first, second), (second, third), (third, first), (second, first)]
    await withTaskGroup(of: Void.self) { group in
      for (from, into) in pairs {
        group.addTask {
          do {
            let session = try Session(conninfo: conninfo, role: "varde_recorder")
            let people = SubjectLog(
              session: session, institution: id, keySecret: [UInt8](repeating: 1, count: 32))
            _ = try people.merge(from, into: into, reason: "at once")
          } catch is MergeRefusal {
            // Whoever came later was told.
          } catch {
            Issue.record(error)
          }
        }
      }
    }
    let merges = try SubjectMerges.load(
      from: log.session("varde_recorder"), institution: log.institution.id)
    #expect(Set(pairs.map { merges.current($0.0) }).count == 1)
    #expect(try log.number("SELECT count(*) FROM log.event") == 2)
  }

  @Test(arguments: ["varde_steward", "varde_projector", "varde_analyst"])
  func `is the recorder's alone`(role: String) throws {
    let people = SubjectLog(
      session: try log.session(role), institution: log.institution.id,
      keySecret: [UInt8](repeating: 1, count: 32))
    let error = #expect(throws: PostgresError.self) {
      try people.merge(first, into: second, reason: "no")
    }
    #expect(error?.sqlstate == "42501")
  }

  @Test func `an erasure covers both, once, and says so for each`() throws {
    _ = try log.writer().record([
      PersonDrafts.attendance(first, session: "s1"), PersonDrafts.attendance(second, session: "s2"),
      PersonDrafts.attendance(third, session: "s1"),
    ])
    _ = try log.people().merge(first, into: second, reason: "her maiden name")
    let key = UUID()
    let position = try log.erase(first, key: key)
    #expect(position == 5)
    #expect(try log.erase(first, key: key) == position)
    #expect(
      try log.administrator.query(
        "SELECT position FROM log.event WHERE body IS NULL ORDER BY position"
      ).map { try $0.int(0) } == [1, 2, 4])
    #expect(try log.number("SELECT count(*) FROM log.event") == 6)
    let outcome = try log.verify()
    #expect(outcome.problems.isEmpty)
    #expect(outcome.redactions.map(\.events).reduce(0, +) == 3)
  }

  @Test func `an erasure leaves alone whom a merge was taken back from`() throws {
    _ = try log.writer().record([
      PersonDrafts.attendance(first, session: "s1"), PersonDrafts.attendance(second, session: "s2"),
    ])
    _ = try log.people().merge(first, into: second, reason: "wrong")
    _ = try log.people().split(first)
    try log.erase(first)
    #expect(
      try log.number(
        "SELECT count(*) FROM log.event WHERE subject_id = '\(second)' AND body IS NULL") == 0)
  }
}

@Suite struct `How somebody was recognised` {
  private let person = UUID()

  private func draft(_ match: String, status: String = "present") -> EventDraft {
    PersonDrafts.attendance(person, session: "s1", status: status, match: match)
  }

  @Test func `corrects nothing when it alone differs`() throws {
    let log = try TestLog()
    #expect(try log.writer().record([draft("email")]) == [.new])
    #expect(try log.writer().record([draft("person_id")]) == [.unchanged])
    #expect(try log.writer(dryRun: true).record([draft("name")]) == [.unchanged])
    #expect(try log.number("SELECT count(*) FROM log.event") == 1)
    let again = try log.writer().record([draft("name", status: "late")])
    guard case .corrected = again[0] else {
      Issue.record("a change of content was taken for none: \(again)")
      return
    }
  }

  @Test(arguments: [true, false])
  func `makes no conflict of a row that stands twice in a file`(dryRun: Bool) throws {
    let log = try TestLog()
    let writer = try log.writer(dryRun: dryRun)
    #expect(try writer.record([draft("email"), draft("name")]) == [.new, .duplicate])
    #expect(try writer.record([draft("person_id")]) == [.duplicate])
    #expect(try writer.record([draft("email", status: "late")]) == [.conflicting])
  }
}
