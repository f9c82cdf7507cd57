/// The members of a flat JSON object with their values as they are written, read without a
/// decoder: event bodies are ours, and there are many of them.
struct JSONMembers {
  private(set) var names: [String] = []
  private(set) var values: [String: ArraySlice<UInt8>] = [:]

  /// Reads one object; stops quietly where the bytes are none.
  init(_ bytes: [UInt8]) {
    var index = JSONMembers.skip(bytes, 0) { $0 != 0x7B } + 1
    while index < bytes.count {
      guard let nameEnd = JSONMembers.valueEnd(bytes, index), nameEnd > index + 2 else { return }
      let name = JSONMembers.unquoted(bytes[index..<nameEnd])
      let start = JSONMembers.skip(bytes, nameEnd) { $0 == 0x3A || $0 <= 0x20 }
      guard let end = JSONMembers.valueEnd(bytes, start) else { return }
      names.append(name)
      values[name] = bytes[start..<end]
      index = JSONMembers.skip(bytes, end) { $0 == 0x2C || $0 <= 0x20 }
      if index < bytes.count, bytes[index] == 0x7D { return }
    }
  }

  /// A string, a number or a truth value as text; nested values as their JSON.
  func text(_ name: String) -> String? {
    guard let value = values[name], value != ArraySlice("null".utf8) else { return nil }
    return value.first == 0x22
      ? JSONMembers.unquoted(value) : String(decoding: value, as: UTF8.self)
  }

  func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

  private static func skip(
    _ bytes: [UInt8], _ from: Int, while condition: (UInt8) -> Bool
  ) -> Int {
    var index = from
    while index < bytes.count, condition(bytes[index]) { index += 1 }
    return index
  }

  /// The offset after the value that begins at `start`.
  private static func valueEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    var depth = 0
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case 0x22:
        index += 1
        while index < bytes.count, bytes[index] != 0x22 {
          index += bytes[index] == 0x5C ? 2 : 1
        }
        index += 1
        if depth == 0 { return index <= bytes.count ? index : nil }
        continue
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D:
        if depth == 0 { return index > start ? index : nil }
        depth -= 1
        if depth == 0 { return index + 1 }
      case 0x2C where depth == 0: return index
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func unquoted(_ value: ArraySlice<UInt8>) -> String {
    let inner = value.dropFirst().dropLast()
    guard inner.contains(0x5C) else { return String(decoding: inner, as: UTF8.self) }
    var text: [UInt8] = []
    var index = inner.startIndex
    while index < inner.endIndex {
      guard inner[index] == 0x5C, index + 1 < inner.endIndex else {
        text.append(inner[index])
        index += 1
        continue
      }
      switch inner[index + 1] {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        let digits = String(decoding: inner[(index + 2)...].prefix(4), as: UTF8.self)
        if let code = UInt32(digits, radix: 16) { UTF16Bytes.append(code, to: &text) }
        index += 4
      case let other: text.append(other)
      }
      index += 2
    }
    return String(decoding: text, as: UTF8.self)
  }
}
