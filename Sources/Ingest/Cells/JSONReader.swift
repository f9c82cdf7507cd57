/// Reads JSON (RFC 8259) strictly and keeps the place of every value, which no library at hand
/// does: a recorder is told line and column.
struct JSONReader {
  /// What is wrong with a text, and where.
  struct Fault: Error, Equatable {
    var offset: Int
    var reason: String
  }

  /// How deep values may be nested.
  static let deepest = 64
  /// How many values a text may hold: each takes some hundred bytes, however short it is.
  static let most = 500_000

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var values = 0

  /// Reads one value and nothing after it but spaces.
  static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
    let result: Result<JSONValue, Fault> = bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(bytes: buffer)
      do throws(Fault) {
        return .success(try reader.document())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func document() throws(Fault) -> JSONValue {
    if case .invalid(let at) = UTF8Check.check(bytes) { throw fault("not valid UTF-8", at) }
    if case .cut(let at) = UTF8Check.check(bytes) { throw fault("cut off inside a letter", at) }
    let value = try value(depth: 0)
    skipSpaces()
    if index < bytes.count { throw fault("something follows the end of the value") }
    return value
  }

  private mutating func value(depth: Int) throws(Fault) -> JSONValue {
    skipSpaces()
    guard index < bytes.count else { throw fault("the text ends where a value is expected") }
    if depth > JSONReader.deepest { throw fault("values are nested too deeply") }
    values += 1
    if values > JSONReader.most { throw fault("more than \(JSONReader.most) values") }
    let start = index
    let content: JSONValue.Content
    switch bytes[index] {
    case UInt8(ascii: "{"): content = .object(try members(depth))
    case UInt8(ascii: "["): content = .array(try elements(depth))
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "t"): content = try word("true", .boolean(true))
    case UInt8(ascii: "f"): content = try word("false", .boolean(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    default: content = .number(try number())
    }
    return JSONValue(content: content, offset: start)
  }

  private mutating func members(_ depth: Int) throws(Fault) -> [JSONValue.Member] {
    index += 1
    var members: [JSONValue.Member] = []
    skipSpaces()
    if take("}") { return members }
    while true {
      skipSpaces()
      let start = index
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
        throw fault("a name in quotes is expected here")
      }
      let name = try string()
      skipSpaces()
      guard take(":") else { throw fault("':' is expected here") }
      members.append(.init(name: name, value: try value(depth: depth + 1), offset: start))
      skipSpaces()
      if take("}") { return members }
      guard take(",") else { throw fault("',' or '}' is expected here") }
    }
  }

  private mutating func elements(_ depth: Int) throws(Fault) -> [JSONValue] {
    index += 1
    var elements: [JSONValue] = []
    skipSpaces()
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpaces()
      if take("]") { return elements }
      guard take(",") else { throw fault("',' or ']' is expected here") }
    }
  }

  private mutating func string() throws(Fault) -> String {
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(&text)
      case ..<0x20:
        throw fault("a control character inside a text")
      default:
        text.append(byte)
        index += 1
      }
    }
    throw fault("the text ends inside quotes")
  }

  private mutating func escape(_ text: inout [UInt8]) throws(Fault) {
    let start = index
    index += 1
    guard index < bytes.count else { throw fault("the text ends inside quotes") }
    let letter = bytes[index]
    index += 1
    if let plain = JSONReader.escapes[letter] { return text.append(plain) }
    guard letter == UInt8(ascii: "u") else { throw fault("an escape JSON does not know", start) }
    var scalar = try hexadecimal(start)
    if (0xD800..<0xDC00).contains(scalar) {
      guard take("\\"), take("u") else { throw fault("half of a character", start) }
      let low = try hexadecimal(start)
      guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a character", start) }
      scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let character = Unicode.Scalar(scalar), scalar != 0 else {
      throw fault(scalar == 0 ? "a NUL inside a text" : "half of a character", start)
    }
    text.append(contentsOf: String(character).utf8)
  }

  private static let escapes: [UInt8: UInt8] = [
    0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
    0x74: 0x09,
  ]

  private mutating func hexadecimal(_ start: Int) throws(Fault) -> UInt32 {
    guard index + 4 <= bytes.count else { throw fault("the text ends inside quotes") }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("four hexadecimal digits are expected after \\u", start)
      }
      value = value << 4 | UInt32(digit)
    }
    index += 4
    return value
  }

  private mutating func number() throws(Fault) -> String {
    let start = index
    _ = take("-")
    let whole = digits()
    guard whole > 0 else { throw fault("a value is expected here", start) }
    if whole > 1, bytes[index - whole] == 0x30 {
      throw fault("a number may not begin with zero", start)
    }
    if take("."), digits() == 0 { throw fault("digits are expected after the point") }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard digits() > 0 else { throw fault("digits are expected in the exponent") }
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func word(
    _ word: StaticString, _ content: JSONValue.Content
  ) throws(Fault) -> JSONValue.Content {
    let end = index + word.utf8CodeUnitCount
    let isThere = word.withUTF8Buffer { text in
      end <= bytes.count && bytes[index..<end].elementsEqual(text)
    }
    guard isThere else { throw fault("a value is expected here") }
    index = end
    return content
  }

  private mutating func skipSpaces() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private func fault(_ reason: String, _ offset: Int? = nil) -> Fault {
    Fault(offset: offset ?? index, reason: reason)
  }
}
