import Testing

@testable import Ingest

@Suite("Bytes to text")
struct TextDecoderTests {
  private func decode(
    _ bytes: [UInt8], encoding: TextEncoding? = nil, block: Int = 65_536
  ) throws -> (text: [UInt8], choice: EncodingChoice) {
    let decoder = TextDecoder(
      MemorySupply(bytes, block: block), file: "in.csv", encoding: encoding)
    var text: [UInt8] = []
    while try decoder.append(to: &text) {}
    return (text, decoder.choice)
  }

  private func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit -> [UInt8] in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  private let sample = "navn;møte\nÅse;«𝄞» – €\n"

  @Test(arguments: [1, 2, 3, 5, 65_536])
  func `a byte-order mark decides, and is no part of the text`(block: Int) throws {
    let expected = Array(sample.utf8)
    let marked: [([UInt8], TextEncoding)] = [
      ([0xEF, 0xBB, 0xBF] + expected, .utf8),
      ([0xFF, 0xFE] + utf16(sample, bigEndian: false), .utf16LittleEndian),
      ([0xFE, 0xFF] + utf16(sample, bigEndian: true), .utf16BigEndian),
    ]
    for (bytes, encoding) in marked {
      let decoded = try decode(bytes, block: block)
      #expect(decoded.text == expected)
      #expect(decoded.choice.encoding == encoding)
      #expect(decoded.choice.hasMark)
    }
  }

  @Test func `UTF-16 without a mark is known by its zeros`() throws {
    #expect(try decode(utf16(sample, bigEndian: false)).text == Array(sample.utf8))
    #expect(try decode(utf16(sample, bigEndian: true)).text == Array(sample.utf8))
  }

  @Test(arguments: [1, 4, 65_536])
  func `Windows-1252 is taken where nothing else fits, and said`(block: Int) throws {
    let bytes: [UInt8] =
      Array("navn;m".utf8) + [0xF8] + Array("te\n".utf8) + [0xC5] + Array("se;\n".utf8)
    let decoded = try decode(bytes, block: block)
    #expect(decoded.text == Array("navn;møte\nÅse;\n".utf8))
    #expect(decoded.choice.encoding == .windows1252)
    #expect(decoded.choice.reason.contains("0xF8"))
  }

  @Test func `ASCII first and letters after a long while decide all the same`() throws {
    let head = Array(repeating: UInt8(ascii: "a"), count: 300_000)
    #expect(try decode(head + [0xE5]).choice.encoding == .windows1252)
    #expect(try decode(head + Array("å".utf8)).choice.encoding == .utf8)
    #expect(try decode(head).choice.reason == "only ASCII characters")
  }

  @Test func `Windows-1252 by the looks of its beginning, and what speaks against it later`() throws
  {
    let bytes: [UInt8] = [0xE5] + Array(repeating: 0x61, count: 70_000) + [0xD0, 0xE6, 0x0A]
    let guessed = try decode(bytes)
    #expect(guessed.choice.encoding == .windows1252)
    // 0xD0 alone is no UTF-8 either: its row will be rejected.
    #expect(guessed.text.suffix(4) == [0xD0, 0xC3, 0xA6, 0x0A])
    let told = try decode(bytes, encoding: .windows1252)
    #expect(told.text.suffix(5) == Array("Ðæ\n".utf8))
  }

  @Test func `bytes of neither encoding are refused, not guessed`() {
    #expect(throws: InputError.self) { try decode([0x61, 0x81, 0xFF, 0x62]) }
  }

  @Test func `the user's word holds against the looks`() throws {
    let bytes = Array("å".utf8)
    #expect(try decode(bytes, encoding: .windows1252).text == Array("Ã¥".utf8))
  }

  @Test(arguments: 0..<200)
  func `U+FFFD is never written, and what no character is stays none`(seed: UInt64) throws {
    var random = Seeded(seed + 7)
    let bytes = (0..<Int.random(in: 4...60, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    for encoding in TextEncoding.allCases {
      let text = try decode(bytes, encoding: encoding).text
      for block in [1, 3] {
        #expect(try decode(bytes, encoding: encoding, block: block).text == text)
      }
      let replaced = Array("\u{FFFD}".utf8)
      let isGiven = encoding == .utf8 || encoding.rawValue.hasPrefix("utf-16")
      if !isGiven {
        #expect(!text.indices.contains { text[$0...].starts(with: replaced) })
      }
    }
  }

  @Test(arguments: TextEncoding.allCases)
  func `text goes back to the bytes it came from`(encoding: TextEncoding) throws {
    let text = encoding == .windows1252 ? "Åse – «møte» €" : sample
    let encoded = TextEncoder(encoding: encoding).encode(Array(text.utf8))
    #expect(try decode(encoded, encoding: encoding).text == Array(text.utf8))
  }

  @Test func `bytes that were no character go back, too`() throws {
    for (encoding, bytes) in [
      (TextEncoding.windows1252, [0x61, 0x81, 0x62] as [UInt8]),
      (.utf16LittleEndian, [0x61, 0x00, 0x00, 0xD8, 0x62, 0x00]),
    ] {
      let text = try decode(bytes, encoding: encoding).text
      #expect(TextEncoder(encoding: encoding).encode(text) == bytes)
    }
  }
}
