import Events
import Testing

@testable import Ingest

/// Input made to hurt: it ends in an error or a report, soon, and without taking memory.
@Suite("Input made to hurt")
struct HostileTests {
  private let text =
    "session;person_id;name;status\r\nS1;F1001;\"Åse \"\"Å\"\"\";present\r\nS1;F1002;;absent\r\n"

  /// Sends it as attendance; every place told lies inside it.
  private func send(_ bytes: [UInt8]) throws {
    let lines = bytes.filter { $0 == 0x0A || $0 == 0x0D }.count + 1
    let folder = try Folder()
    let file = try folder.write("h.csv", bytes)
    let found: [Diagnostic]
    do {
      let report = try Scene().ingest("attendance", file: file)
      #expect(report.isBalanced)
      found = report.diagnostics
    } catch let error as InputError {
      found = error.diagnostics
    }
    for diagnostic in found {
      #expect((1...lines).contains(diagnostic.line ?? 1))
      #expect((1...bytes.count + 1).contains(diagnostic.column ?? 1))
    }
  }

  @Test(
    arguments: [[0x22], [0x00], [0xFF], [0xEF, 0xBF, 0xBD], [0x0D], [0x0A, 0x22]] as [[UInt8]])
  func `a piece that breaks rows, put in at every place`(piece: [UInt8]) throws {
    let bytes = Array(text.utf8)
    for place in 0...bytes.count {
      try send(Array(bytes[..<place]) + piece + Array(bytes[place...]))
    }
  }

  @Test func `a file cut off at every place, in every encoding`() throws {
    for encoding in [TextEncoding.utf8, .utf16LittleEndian, .windows1252] {
      let mark: [UInt8] = encoding == .utf16LittleEndian ? [0xFF, 0xFE] : []
      let bytes = mark + TextEncoder(encoding: encoding).encode(Array(text.utf8))
      for count in 0...bytes.count { try send(Array(bytes[..<count])) }
    }
  }

  @Test(
    arguments: [
      [], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0x41],
      [0xFE, 0xFF, 0, 0x41, 0],
      [0xEF, 0xBB], [0x0A], [0x0D, 0x0A, 0x0D, 0x0A], [0x00], [0xFF, 0xFE, 0x00, 0xD8],
    ] as [[UInt8]])
  func `next to nothing`(bytes: [UInt8]) {
    #expect(throws: InputError.self) {
      let folder = try Folder()
      _ = try Scene().ingest("attendance", file: try folder.write("h.csv", bytes))
    }
  }

  /// Bytes nobody keeps: a beginning, and then the same block again and again.
  private final class Endless: ByteSupply {
    private var first: [UInt8]
    private let block: [UInt8]
    private(set) var left: Int

    init(_ first: String, then byte: UInt8, count: Int) {
      self.first = Array(first.utf8)
      block = Array(repeating: byte, count: 262_144)
      left = count
    }

    func append(to buffer: inout [UInt8]) -> Bool {
      if !first.isEmpty {
        buffer.append(contentsOf: first)
        first = []
        return true
      }
      guard left > 0 else { return false }
      buffer.append(contentsOf: block)
      left -= block.count
      return true
    }
  }

  @Test(arguments: ["a;b\n1;\"", "a;b\n1;", "\"", ""], TextEncoding.allCases)
  func `a cell of a gigabyte is given up, not held`(start: String, encoding: TextEncoding) throws {
    let supply = Endless(start, then: UInt8(ascii: "x"), count: 1 << 30)
    let reader = try CSVReader(TextDecoder(supply, file: "h", encoding: encoding))
    var faults: [RowFault.Kind] = []
    while try reader.next() { faults += reader.batch.rows.compactMap { $0.fault?.kind } }
    #expect(reader.gaveUp)
    #expect(faults.last == .rowTooLarge)
    #expect(reader.batch.bytes.capacity < 8 << 20)
    // Given up at once: the rest is never asked for.
    #expect(supply.left > 1_000_000_000)
  }

  @Test func `a hundred thousand columns`() throws {
    let wide = Array(repeating: "a", count: 100_000).joined(separator: ";")
    for text in [
      wide, wide + "\n1;2\n", "session;person_id;status\n" + wide + "\nS1;F1001;present\n",
    ] {
      try send(Array(text.utf8))
    }
    let report = try Scene().send(
      "attendance", "session;person_id;status\n" + wide + "\nS1;F1001;present\n")
    #expect(report.diagnostics.map(\.code) == ["VD218"])
    #expect((report.new, report.rejected) == (1, 1))
  }

  @Test func `what is told about long lines stays short`() throws {
    let names = (0..<4_000).map { "c\($0)" + String(repeating: "x", count: 200) }
    do {
      _ = try Scene().send("attendance", "session;" + names.joined(separator: ";") + "\n")
      Issue.record("such a header was taken")
    } catch let error as InputError {
      #expect(error.diagnostics.count <= 101)
      #expect(error.diagnostics.allSatisfy { ($0.excerpt ?? "").utf8.count < 2_000 })
    }
    let long = String(repeating: "å", count: 60_000)
    let report = try Scene().send(
      "attendance", "session;person_id;status;reason\n\(long);F1001;present;\nS1;F1001;\(long);æ\n")
    #expect(report.rejected == 2)
    for diagnostic in report.diagnostics {
      #expect((diagnostic.excerpt ?? "").utf8.count < 2_000)
      #expect(diagnostic.message.utf8.count < 2_000)
    }
    // The caret is still under the cell.
    let place = try #require(report.diagnostics.first { $0.code == "VD308" })
    #expect(place.column == 10)
    #expect(place.rendered.contains("S1;F1•••;•••;•••\n      |          ^"))
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
      String(repeating: "{a: ", count: 100_000), String(repeating: "? ", count: 100_000),
      String(repeating: "a: &a *a\n", count: 10_000), "tool: &t [*t, *t]", "\u{0}", "\t",
      "--- \n---\n",
      "!!binary x", "%YAML 9.9\n---\n", "tool: !!python/object x",
    ])
  func `YAML made to hurt`(yaml: String) {
    #expect(throws: InputError.self) { try Binding(yaml: yaml, file: "h.yaml") }
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["x: ", "? ", "tool: "])
  func `a billion laughs`(last: String) {
    var yaml = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...12 {
      let ten = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(ten)]\n"
    }
    #expect(throws: InputError.self) {
      try Binding(yaml: yaml + last + "*a12\n", file: "h.yaml")
    }
    #expect(throws: DefinitionProblems.self) {
      try ProgrammeDefinition(yaml: yaml + last + "*a12\n", file: "h.yaml")
    }
  }

  @Test func `aliases are counted, other stars are not`() {
    let few = String(repeating: "a: *b\n", count: 24)
    #expect(!YAMLGuard.hasTooManyAliases(few))
    #expect(YAMLGuard.hasTooManyAliases(few + "c: [*b]\n"))
    #expect(!YAMLGuard.hasTooManyAliases(String(repeating: "a: 2*3 * 4**5\n", count: 100)))
  }
}
