import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `An interrupted run` {
  private func file(_ blocks: Int) -> [[EventDraft]] {
    (0..<blocks).map { block in
      (0..<4).map { sessionDraft("s\(block)-\($0)", heldOn: day) }
    }
  }

  @Test func `is answered again what it was answered, and goes on`() throws {
    let log = try TestLog()
    let run = UUID()
    var known = file(1)[0]
    known[2] = sessionDraft("s0-2", heldOn: day, minutes: 90)
    _ = try log.writer().record([known[2]])
    let blocks = file(4)
    let first = try log.writer(run: run)
    let told = try blocks[..<2].map { try first.record($0) }
    #expect(
      told[0] == [
        .new, .new,
        .corrected(
          position: 1, before: known[2].body, subject: nil, occurredAt: known[2].occurredAt), .new,
      ])

    let second = try log.writer(run: run)
    let again = try blocks.map { try second.record($0) }
    #expect(Array(again[..<2]) == told)
    #expect(again[2...].allSatisfy { $0.allSatisfy { $0 == .new } })
    #expect(try log.number("SELECT count(*) FROM log.event") == 17)
    #expect(try log.verify().problems.isEmpty)
  }

  @Test func `tells repetitions from what it wrote itself`() throws {
    let log = try TestLog()
    let run = UUID()
    let draft = sessionDraft("s", heldOn: day)
    let other = sessionDraft("s", heldOn: day, minutes: 90)
    for _ in 0..<2 {
      let writer = try log.writer(run: run)
      #expect(try writer.record([draft, draft]) == [.new, .duplicate])
      #expect(try writer.record([draft, other]) == [.duplicate, .conflicting])
    }
    #expect(try log.number("SELECT count(*) FROM log.event") == 1)
  }

  @Test func `whose file reads differently now loses nothing`() throws {
    let log = try TestLog()
    let run = UUID()
    let blocks = file(2)
    let first = try log.writer(run: run)
    for block in blocks { _ = try first.record(block) }
    // As many rows, others: a person has become known in between, a code was corrected.
    var changed = blocks
    changed[0][1] = sessionDraft("elsewhere", heldOn: day)
    changed[1][3] = sessionDraft("s1-3", heldOn: day, minutes: 61)
    let second = try log.writer(run: run)
    #expect(try second.record(changed[0]) == [.unchanged, .new, .unchanged, .unchanged])
    #expect(
      try second.record(changed[1])[3]
        == .corrected(
          position: 8, before: blocks[1][3].body, subject: nil, occurredAt: blocks[1][3].occurredAt)
    )
    #expect(try log.number("SELECT count(*) FROM log.event") == 10)
  }

  @Test func `one record said twice is the same wherever the blocks end`() throws {
    let log = try TestLog()
    let draft = sessionDraft("s", heldOn: day)
    let other = sessionDraft("s", heldOn: day, minutes: 90)
    _ = try log.writer().record([draft, sessionDraft("t", heldOn: day)])
    for _ in 0..<2 {
      let writer = try log.writer()
      #expect(try writer.record([draft]) == [.unchanged])
      #expect(
        try writer.record([sessionDraft("t", heldOn: day), other]) == [.unchanged, .conflicting])
      #expect(try writer.record([draft]) == [.duplicate])
    }
    #expect(try log.number("SELECT count(*) FROM log.event") == 2)
  }

  @Test func `a log that knows nothing is not asked, and still takes nothing twice`() throws {
    let log = try TestLog()
    _ = try log.writer().record([sessionDraft("s7-1", heldOn: day, minutes: 99)])
    let writer = try log.writer()
    let blocks = file(12)
    for block in blocks[..<7] { #expect(try writer.record(block).allSatisfy { $0 == .new }) }
    let seventh = try writer.record(blocks[7])
    #expect(seventh[0] == .new)
    guard case .corrected(position: 1, _, _, _) = seventh[1] else {
      Issue.record("a known row was recorded as \(seventh[1])")
      return
    }
    for block in blocks[8...] { #expect(try writer.record(block).allSatisfy { $0 == .new }) }
    #expect(try writer.record(blocks[9]).allSatisfy { $0 == .duplicate })
    #expect(try log.verify().problems.isEmpty)
  }
}
