import EventLog
import Events
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `A full snapshot` {
  private func send(
    _ file: [String: Int], to log: TestLog, programme: String = "TST"
  ) throws -> SnapshotGap {
    let writer = try log.writer()
    try writer.beginSnapshot()
    _ = try writer.record(
      file.sorted { $0.key < $1.key }.map {
        sessionDraft($0.key, heldOn: day, minutes: $0.value, programme: programme)
      })
    let gap = try writer.snapshotGap(of: "session_recorded", occurredAt: 0)
    try writer.retract(gap.missing)
    return gap
  }

  private func effective(_ log: TestLog) throws -> [String: Int] {
    var found: [String: Int] = [:]
    for row in try log.administrator.query("SELECT session, minutes FROM evaluation.session") {
      found[try row.text(0)] = try row.int(1)
    }
    return found
  }

  /// Re-sent, changed, dropped and restored rows, in any order.
  @Test(arguments: 1...8)
  func `sent any number of times leaves what the last one says`(seed: UInt64) throws {
    var random = Seeded(seed)
    let log = try TestLog(readSide: true)
    var last: [String: Int] = [:]
    for _ in 0..<8 {
      for key in 0..<8 {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: last["s\(key)"] = nil
        case 1: last["s\(key)"] = Int.random(in: 30...33, using: &random)
        default: break
        }
      }
      // A snapshot of nothing names no programme, so it says nothing.
      if last.isEmpty { last["s0"] = 30 }
      _ = try send(last, to: log)
      if Bool.random(using: &random) { try log.project() }
    }
    try log.project()
    #expect(try effective(log) == last, "seed \(seed)")
    #expect(try send(last, to: log).missing.isEmpty)
    #expect(try log.verify().problems.isEmpty)
    // At every position of the past, too: the log keeps what each file said.
    #expect(
      try log.number(
        "SELECT count(*) FROM log.event WHERE supersedes IS NOT NULL GROUP BY supersedes "
          + "UNION ALL SELECT 1 ORDER BY 1 DESC LIMIT 1") == 1)
  }

  @Test func `is about its own programmes only`() throws {
    let log = try TestLog(readSide: true)
    _ = try send(["a": 30, "b": 30], to: log)
    _ = try send(["c": 30], to: log, programme: "OPM")
    let gap = try send(["a": 30], to: log)
    #expect(gap.known == 2)
    #expect(gap.missing.map(\.position) == [2])
    try log.project()
    #expect(try effective(log).keys.sorted() == ["a", "c"])
  }

  @Test func `that lacks more than a fifth is suspicious`() throws {
    let log = try TestLog()
    let full = Dictionary(uniqueKeysWithValues: (0..<10).map { ("s\($0)", 30) })
    _ = try send(full, to: log)
    let writer = try log.writer(dryRun: true)
    try writer.beginSnapshot()
    _ = try writer.record((0..<8).map { sessionDraft("s\($0)", heldOn: day, minutes: 30) })
    #expect(try !writer.snapshotGap(of: "session_recorded", occurredAt: 0).isSuspicious)
    try writer.beginSnapshot()
    _ = try writer.record((0..<7).map { sessionDraft("s\($0)", heldOn: day, minutes: 30) })
    #expect(try writer.snapshotGap(of: "session_recorded", occurredAt: 0).isSuspicious)
  }
}
