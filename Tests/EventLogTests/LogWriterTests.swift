import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `The log writer` {
  @Test func `numbers events gaplessly and the chain verifies`() throws {
    let log = try TestLog()
    let writer = try log.writer()
    for block in 0..<3 {
      let outcomes = try writer.record(
        (0..<7).map { sessionDraft("s\(block)-\($0)", heldOn: day) })
      #expect(outcomes.allSatisfy { $0 == .new })
    }
    #expect(writer.lastPosition == 21)
    #expect(try log.number("SELECT count(*) FROM log.entry") == 21)
    let outcome = try log.verify()
    #expect(outcome.problems.isEmpty)
    #expect(outcome.events == 21)
    #expect(outcome.blocks == 3)
  }

  @Test func `recognises a file that is sent again`() throws {
    let log = try TestLog()
    let file = (0..<10).map { sessionDraft("s\($0)", heldOn: day) }
    _ = try log.writer().record(file)
    var corrected = file
    corrected[3] = sessionDraft("s3", heldOn: day, minutes: 60)
    let outcomes = try log.writer().record(corrected)
    #expect(outcomes.filter { $0 == .unchanged }.count == 9)
    #expect(
      outcomes[3]
        == .corrected(
          position: 4, before: file[3].body, subject: nil, occurredAt: file[3].occurredAt))
    #expect(try log.number("SELECT supersedes FROM log.event WHERE position = 11") == 4)
    #expect(try log.writer().record(corrected).allSatisfy { $0 == .unchanged })
    #expect(try log.number("SELECT count(*) FROM log.append") == 2)
  }

  @Test func `tells a duplicate from a contradiction within one file`() throws {
    let log = try TestLog()
    let writer = try log.writer()
    let first = sessionDraft("s1", heldOn: day)
    let other = sessionDraft("s1", heldOn: day, minutes: 90)
    #expect(try writer.record([first, first, other]) == [.new, .duplicate, .conflicting])
    // The same across blocks of one run.
    #expect(try writer.record([first, other]) == [.duplicate, .conflicting])
    #expect(try log.number("SELECT count(*) FROM log.event") == 1)
  }

  @Test func `a dry run gives the same answers and writes nothing`() throws {
    let log = try TestLog()
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    let again = [
      sessionDraft("s1", heldOn: day), sessionDraft("s2", heldOn: day),
      sessionDraft("s2", heldOn: day), sessionDraft("s2", heldOn: day, minutes: 5),
    ]
    let dry = try log.writer(dryRun: true)
    #expect(try dry.record(Array(again[...1])) == [.unchanged, .new])
    #expect(try dry.record(Array(again[2...])) == [.duplicate, .conflicting])
    #expect(try log.number("SELECT count(*) FROM log.event") == 1)
  }

  @Test func `a retracted record is new when it comes back`() throws {
    let log = try TestLog()
    let draft = sessionDraft("s1", heldOn: day)
    _ = try log.writer().record([draft])
    _ = try log.writer().record([sessionDraft("s1", heldOn: day, minutes: 50)])
    try log.writer().retract(
      [Retraction(position: 2, type: "session_recorded", occurredAt: 0)])
    #expect(try log.writer().record([draft]) == [.restored(position: 3)])
    #expect(try log.number("SELECT supersedes FROM log.event WHERE position = 4") == 3)
    #expect(try log.writer().record([draft]) == [.unchanged])
    #expect(try log.verify().problems.isEmpty)
  }

  @Test(arguments: 1...8)
  func `any sequence of sendings ends with the last file`(seed: UInt64) throws {
    var random = Seeded(seed)
    let log = try TestLog(readSide: true)
    var last: [String: Int] = [:]
    for _ in 0..<6 {
      for key in 0..<12 where Bool.random(using: &random) {
        last["s\(key)"] = Int.random(in: 30...33, using: &random)
      }
      let drafts = last.sorted { $0.key < $1.key }.map {
        sessionDraft($0.key, heldOn: day, minutes: $0.value)
      }
      _ = try log.writer().record(drafts)
      if Bool.random(using: &random) { try log.project() }
    }
    try log.project()
    var effective: [String: Int] = [:]
    for row in try log.administrator.query("SELECT session, minutes FROM evaluation.session") {
      effective[try row.text(0)] = try row.int(1)
    }
    #expect(effective == last)
    #expect(try log.verify().problems.isEmpty)
  }

  @Test func `two writers of one institution interleave without gaps`() async throws {
    let log = try TestLog()
    let conninfo = log.conninfo
    let institution = log.institution.id
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<3 {
        group.addTask {
          let session = try Session(conninfo: conninfo, role: "varde_recorder")
          let recorder = try LogWriter(
            session: session, institution: institution, run: UUID(),
            keySecret: [UInt8](repeating: 7, count: 32))
          for block in 0..<15 {
            _ = try recorder.record(
              (0..<3).map { sessionDraft("w\(writer)-\(block)-\($0)", heldOn: day) })
          }
        }
      }
      for try await _ in group {}
    }
    let outcome = try log.verify()
    #expect(outcome.problems.isEmpty)
    #expect(outcome.events == 135)
  }
}
