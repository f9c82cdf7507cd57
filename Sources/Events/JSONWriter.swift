/// Writes one JSON object as bytes, members in the order they are given.
///
/// Event bodies are hashed and compared byte for byte, so the writer is deterministic and skips
/// members that are empty. It is also the hot path of every import, hence no `Codable`.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8]
  private var needsComma = false

  public init(reservingCapacity capacity: Int = 192) {
    bytes = []
    bytes.reserveCapacity(capacity)
    bytes.append(UInt8(ascii: "{"))
  }

  /// Closes the object and returns its bytes.
  public mutating func finish() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  public mutating func string(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    quote(value)
  }

  public mutating func integer(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    key(name)
    guard (0...9_999).contains(value) else { return bytes.append(contentsOf: String(value).utf8) }
    if value >= 1_000 { digit(value / 1_000) }
    if value >= 100 { digit(value / 100 % 10) }
    if value >= 10 { digit(value / 10 % 10) }
    digit(value % 10)
  }

  public mutating func boolean(_ name: StaticString, _ value: Bool?) {
    guard let value else { return }
    key(name)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  public mutating func date(_ name: StaticString, _ value: CivilDate?) {
    guard let value else { return }
    key(name)
    bytes.append(UInt8(ascii: "\""))
    digit(value.year / 1_000 % 10)
    digit(value.year / 100 % 10)
    digit(value.year / 10 % 10)
    digit(value.year % 10)
    bytes.append(UInt8(ascii: "-"))
    digit(value.month / 10)
    digit(value.month % 10)
    bytes.append(UInt8(ascii: "-"))
    digit(value.day / 10)
    digit(value.day % 10)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func digit(_ value: Int) {
    bytes.append(0x30 | UInt8(truncatingIfNeeded: value))
  }

  /// A number already in JSON's decimal notation, for example `37.5`.
  public mutating func decimal(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    bytes.append(contentsOf: value.utf8)
  }

  public mutating func strings(_ name: StaticString, _ values: [String]?) {
    guard let values else { return }
    key(name)
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      quote(value)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// A member whose value is JSON already (a nested object or array).
  public mutating func raw(_ name: StaticString, _ json: [UInt8]?) {
    guard let json else { return }
    key(name)
    bytes.append(contentsOf: json)
  }

  /// A member of a nested object whose name is data (an item code).
  public mutating func raw(dynamic name: String, _ json: [UInt8]) {
    comma()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: json)
  }

  /// A text in a nested object whose name is data.
  public mutating func string(dynamic name: String, _ value: String) {
    comma()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    quote(value)
  }

  private mutating func comma() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func key(_ name: StaticString) {
    comma()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func quote(_ text: String) {
    var text = text
    text.withUTF8 { quote($0) }
  }

  private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    // Hardly a text needs more than to be copied.
    guard text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else {
      bytes.append(contentsOf: text)
      bytes.append(UInt8(ascii: "\""))
      return
    }
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: [0x5C, 0x22])
      case UInt8(ascii: "\\"): bytes.append(contentsOf: [0x5C, 0x5C])
      case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
      case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
      case 0..<0x20: bytes.append(contentsOf: JSONWriter.escape(byte))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
