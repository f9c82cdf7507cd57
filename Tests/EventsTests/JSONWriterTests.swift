import Events
import FoundationEssentials
import Testing

@Suite struct JSONWriterTests {
  @Test func `members stand in the order they were written and nil is left out`() {
    var writer = JSONWriter()
    writer.string("b", "ja")
    writer.string("gone", nil)
    writer.integer("a", -3)
    writer.boolean("c", true)
    writer.decimal("d", "37.5")
    writer.date("e", CivilDate(year: 2025, month: 1, day: 9))
    writer.strings("f", ["x", "y"])
    writer.strings("g", [])
    writer.raw("h", Array("{\"k\":1}".utf8))
    #expect(
      String(decoding: writer.finish(), as: UTF8.self)
        == #"{"b":"ja","a":-3,"c":true,"d":37.5,"e":"2025-01-09","f":["x","y"],"g":[],"h":{"k":1}}"#
    )
  }

  @Test func `an object without members is an object`() {
    var writer = JSONWriter()
    #expect(String(decoding: writer.finish(), as: UTF8.self) == "{}")
  }

  @Test func `every text comes back from a JSON reader as it was`() throws {
    let controls = String(String.UnicodeScalarView((0..<0x20).compactMap(Unicode.Scalar.init)))
    let texts = ["", "blåbærsyltetøy", "\"\\/", controls, "\u{7F}\u{2028}😀", "a\r\nb\tc"]
    for text in texts {
      var writer = JSONWriter()
      writer.string("text", text)
      writer.raw(dynamic: text, Array("1".utf8))
      let bytes = Data(writer.finish())
      let read = try JSONDecoder().decode([String: Value].self, from: bytes)
      #expect(read[text] == .number(1))
      if text != "text" { #expect(read["text"] == .text(text)) }
    }
  }

  private enum Value: Decodable, Equatable {
    case text(String), number(Int)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }
}
