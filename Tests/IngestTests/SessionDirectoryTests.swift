import Events
import Testing

@testable import Ingest

@Suite struct `Sessions a run has asked for` {
  private func withCell<R>(_ text: String, _ body: (CellText) throws -> R) rethrows -> R {
    try Array(text.utf8).withUnsafeBufferPointer { try body(CellText($0)) }
  }

  /// More sessions than are remembered, block by block, each block naming the last ones of the block
  /// before as well, and the very last one first.
  @Test func `are known to every block that names them, however many there were before`() throws {
    var entries: [String: Register.SessionEntry] = [:]
    let codes = (0..<60).map { "S\($0)" }
    for code in codes {
      entries[code] = Register.SessionEntry(
        programme: "TST", group: "TST-1", code: code, status: "held", plannedOn: nil, heldOn: nil)
    }
    let directory = SessionDirectory(KnownSessions(entries: entries), bound: 10)
    for first in stride(from: 0, to: 55, by: 5) {
      let block = codes[max(0, first - 3)..<first].reversed() + codes[first..<(first + 5)]
      for code in block { withCell(code) { directory.want($0) } }
      try directory.lookUp()
      for code in block { #expect(withCell(code) { directory.entry($0) } != nil, "\(code)") }
    }
    withCell("S99") { directory.want($0) }
    try directory.lookUp()
    #expect(withCell("S99") { directory.entry($0) } == nil)
  }
}
