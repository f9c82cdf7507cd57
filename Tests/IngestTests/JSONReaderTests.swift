import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("JSON with the places of its values")
struct JSONReaderTests {
  @Test func `values keep their order, their places and numbers as written`() throws {
    let value = try JSONReader.read(
      Array(#" {"b": 77.0, "a": [true, null, "\u00e5\ud83d\ude00\n"], "b": -1e3}"#.utf8))
    #expect(value.members.map(\.name) == ["b", "a", "b"])
    #expect(value.members[0].value.content == .number("77.0"))
    #expect(value["b"]?.text == "-1e3")
    #expect(value.members[0].value.offset == 7)
    #expect(value["a"]?.elements.map(\.text) == ["true", nil, "å😀\n"])
    #expect(value["a"]?.elements[1].isNull == true)
  }

  @Test(arguments: [
    ("", 0), ("{", 1), ("{\"a\"}", 4), ("{\"a\":1,}", 7), ("[1 2]", 3), ("01", 0), ("1.", 2),
    ("nul", 0), ("\"a", 2), ("\"\\x\"", 1), ("\"\\ud800\"", 1), ("\"\\u0000\"", 1), ("1 2", 2),
    ("\"\u{1}\"", 1), ("'a'", 0), ("NaN", 0),
  ])
  func `what is no JSON is told with its place`(text: String, offset: Int) {
    #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(text.utf8)) }
    do throws(JSONReader.Fault) {
      _ = try JSONReader.read(Array(text.utf8))
    } catch {
      #expect(error.offset == offset)
    }
  }

  @Test func `nesting has an end`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(deep.utf8)) }
  }

  @Test func `it agrees with Foundation about what is valid`() throws {
    var random = Seeded(4)
    let alphabet = Array("{}[]\",:0123456789.eE+-truefalsn \\u".utf8)
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...12, using: &random)
      let text = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0x20 }
      let ours = try? JSONReader.read(text)
      // Foundation has no number for 1e999, and none for 0E8 either, which is one.
      if let ours, hasStrangeNumber(ours) { continue }
      let isOurs = ours != nil
      let isTheirs = (try? JSONDecoder().decode(Anything.self, from: Data(text))) != nil
      #expect(isOurs == isTheirs, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  private func hasStrangeNumber(_ value: JSONValue) -> Bool {
    if case .number(let text) = value.content {
      let number = Double(text) ?? 0
      return number.isInfinite || (number == 0 && text.lowercased().contains("e"))
    }
    return (value.elements + value.members.map(\.value)).contains(where: hasStrangeNumber)
  }

  /// Takes any value, so that only the syntax decides.
  private struct Anything: Decodable {
    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      if let object = try? decoder.container(keyedBy: Key.self) {
        for key in object.allKeys { _ = try object.decode(Anything.self, forKey: key) }
      } else if var array = try? decoder.unkeyedContainer() {
        while !array.isAtEnd { _ = try array.decode(Anything.self) }
      } else {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() || (try? value.decode(Bool.self)) != nil
          || (try? value.decode(String.self)) != nil
        {
          return
        }
        _ = try value.decode(Double.self)
      }
    }
  }
}

@Suite("Lines")
struct LineReaderTests {
  private func lines(_ text: String, block: Int, limit: Int = 1 << 20) throws -> [LineReader.Line] {
    let reader = LineReader(MemorySupply(Array(text.utf8), block: block), limit: limit)
    var lines: [LineReader.Line] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  @Test(arguments: [1, 2, 3, 7, 1_000])
  func `line ends of every system end a line, blank lines are counted and passed over`(
    block: Int
  ) throws {
    let read = try lines("a\r\n\r\nb\rc\n \nd", block: block)
    #expect(read.map { String(decoding: $0.bytes, as: UTF8.self) } == ["a", "b", "c", "d"])
    #expect(read.map(\.number) == [1, 3, 4, 6])
  }

  @Test(arguments: [1, 5, 64])
  func `a line that is too long is told and left behind`(block: Int) throws {
    let text = "ab\n" + String(repeating: "x", count: 500) + "\r\ncd\n"
    let read = try lines(text, block: block, limit: 100)
    #expect(read.map(\.isTooLong) == [false, true, false])
    #expect(read.map(\.number) == [1, 2, 3])
    #expect(read[1].bytes.count <= 256)
  }
}
