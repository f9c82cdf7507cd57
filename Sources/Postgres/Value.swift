public import FoundationEssentials

/// A parameter of a statement, `$1` and so on.
public enum Value: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case text(String)
  case int(Int64)
  case double(Double)
  case bool(Bool)
  case bytes([UInt8])
  case uuid(UUID)
  case textArray([String?])
  case int64Array([Int64])
  case uuidArray([UUID])

  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }

  /// The parameter as it travels: bytes, and whether they are PostgreSQL's binary format. Long
  /// arrays of uuids go in binary, a quarter of the work for both sides.
  var wireFormat: (bytes: [UInt8], isBinary: Bool) {
    guard case .uuidArray(let items) = self else { return (Array(textFormat.utf8) + [0], false) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20 + items.count * 20)
    // One dimension, no NULLs, elements of type uuid (oid 2950), counted from 1.
    let header: [Int32] = items.isEmpty ? [0, 0, 2950] : [1, 0, 2950, Int32(items.count), 1]
    for number in header { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
    for item in items {
      withUnsafeBytes(of: Int32(16).bigEndian) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: item.uuid) { bytes.append(contentsOf: $0) }
    }
    return (bytes, true)
  }

  /// The parameter in PostgreSQL's text format.
  private var textFormat: String {
    switch self {
    case .text(let text): return text
    case .int(let number): return String(number)
    case .double(let number): return String(number)
    case .bool(let flag): return flag ? "t" : "f"
    case .bytes(let bytes): return "\\x" + hexadecimal(bytes)
    case .uuid(let uuid): return uuid.uuidString
    case .textArray(let items): return Value.arrayLiteral(items)
    case .int64Array(let items):
      return "{" + items.map(String.init).joined(separator: ",") + "}"
    case .uuidArray(let items):
      return "{" + items.map(\.uuidString).joined(separator: ",") + "}"
    }
  }

  private static func arrayLiteral(_ items: [String?]) -> String {
    let quoted = items.map { item -> String in
      guard let item else { return "NULL" }
      var escaped = "\""
      for character in item.unicodeScalars {
        if character == "\"" || character == "\\" { escaped.unicodeScalars.append("\\") }
        escaped.unicodeScalars.append(character)
      }
      return escaped + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
  }
}

/// Lower-case hexadecimal digits of some bytes.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
