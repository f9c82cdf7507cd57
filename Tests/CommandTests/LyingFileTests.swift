import Foundation
import Postgres
import TestSupport
import Testing

/// Statistics files whose numbers are far from the truth: cases, variables, labels, lengths. They are
/// read by a process that may have half a gigabyte of addresses, most of which it has before it reads.
@Suite struct `Files that lie about themselves` {
  private static let memory = "ulimit -v 600000;"
  private static let folder = "\(repository)/Tests/IngestTests/Golden/statistics/"
  private static let lies: [UInt32] = [0, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x8000_0000, 0x0100_0000]

  private static func file(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: folder + name)))
  }

  private static func number(_ bytes: [UInt8], at place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << ($1 * 8) }
  }

  private static func patched(_ bytes: [UInt8], at place: Int, _ lie: UInt32) -> [UInt8] {
    var bytes = bytes
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: lie >> (index * 8)) }
    return bytes
  }

  /// Sends files that are all variants of one, some hundred at a time.
  private func send(_ variants: [[UInt8]], _ varde: Command, _ ending: String) throws {
    var rest = variants[...]
    while !rest.isEmpty {
      let some = Array(rest.prefix(200))
      rest = rest.dropFirst(some.count)
      let names = some.indices.map { "lie-\($0).\(ending)" }
      for (name, bytes) in zip(names, some) { try varde.write(name, Data(bytes)) }
      let told = try varde.shell(
        "\(Self.memory) varde ingest responses --dry-run \(names.joined(separator: " "))")
      #expect(told.exitCode == 3 || told.exitCode == 2 || told.exitCode == 0, "\(told.output)")
      let silent = names.filter { !told.output.contains($0) }
      #expect(silent.isEmpty, "every one is answered for")
    }
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["responses-codes.sav", "responses-columns.sav"])
  func `every number of a dictionary of SPSS`(name: String) throws {
    let varde = try Command.withTeam()
    let whole = try Self.file(name)
    // The dictionary ends where the record begins that says so.
    let end = try #require(
      (176..<whole.count - 4).first { Self.number(whole, at: $0) == 999 })
    let counts = (64..<end).filter { (1..<256).contains(Self.number(whole, at: $0)) }
    #expect(counts.count > 50)
    let variants = counts.flatMap { place in
      Self.lies.filter { $0 != Self.number(whole, at: place) }
        .map { Self.patched(whole, at: place, $0) }
    }
    try send(variants, varde, "sav")
  }

  @Test(.timeLimit(.minutes(10))) func `every count of a file of Stata`() throws {
    let varde = try Command.withTeam()
    let whole = try Self.file("responses-codes.dta")
    func places(after mark: String, _ offsets: Range<Int>) -> [Int] {
      let mark = Array(mark.utf8)
      return (0..<whole.count - mark.count - 8).filter {
        whole[$0..<$0 + mark.count].elementsEqual(mark)
      }.flatMap { start in offsets.map { start + mark.count + $0 } }
    }
    var counts = places(after: "<K>", 0..<1) + places(after: "<N>", 0..<5)
    counts += places(after: "<map>", 0..<1).flatMap { start in
      (0..<14).flatMap { [start + $0 * 8, start + $0 * 8 + 4] }
    }
    counts += places(after: "<label>", 0..<1) + places(after: "<timestamp>", 0..<1)
    counts += places(after: "<variable_types>", 0..<1).flatMap { start in
      stride(from: start, to: start + 14, by: 2)
    }
    counts += places(after: "<lbl>", 0..<1)
    // After the name of a table of labels: how many, and how long their texts are.
    counts += places(after: "<lbl>", 130..<142)
    #expect(counts.count > 60)
    let variants = counts.flatMap { place in
      Self.lies.map { Self.patched(whole, at: place, $0) }
    }
    try send(variants, varde, "dta")
  }
}
