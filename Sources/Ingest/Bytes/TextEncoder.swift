/// Writes UTF-8 back in the encoding an input had, for the file of rejected rows.
struct TextEncoder {
  let encoding: TextEncoding

  /// The mark the file begins with, where the input began with one.
  static func mark(_ choice: EncodingChoice) -> [UInt8] {
    choice.encoding == .utf8 && !choice.hasMark ? [] : mark(of: choice.encoding)
  }

  static func mark(of encoding: TextEncoding) -> [UInt8] {
    switch encoding {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .windows1252: []
    }
  }

  /// Bytes that were no character in the input come back as they were.
  func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    guard encoding != .utf8 else { return Array(bytes) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 2)
    let input = Array(bytes)
    input.withUnsafeBufferPointer { input in
      var index = 0
      while index < input.count {
        let length = UTF8Check.length(input, at: index) ?? 0
        guard length > 0 else {
          index += surrogate(input, at: index, to: &result)
          continue
        }
        append(TextEncoder.scalar(input, at: index, length: length), to: &result)
        index += length
      }
    }
    return result
  }

  private func append(_ code: UInt32, to result: inout [UInt8]) {
    if encoding == .windows1252 {
      // A message of ours may hold a sign the input's encoding lacks.
      let byte = Unicode.Scalar(code).flatMap(Windows1252.byte(of:))
      result.append(byte ?? UInt8(ascii: "?"))
    } else if code >= 0x10000 {
      append(unit: UInt16(0xD800 + (code - 0x10000) >> 10), to: &result)
      append(unit: UInt16(0xDC00 + (code - 0x10000) & 0x3FF), to: &result)
    } else {
      append(unit: UInt16(code), to: &result)
    }
  }

  private func append(unit: UInt16, to result: inout [UInt8]) {
    let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
    result.append(contentsOf: encoding == .utf16BigEndian ? bytes.reversed() : bytes)
  }

  private func surrogate(
    _ input: UnsafeBufferPointer<UInt8>, at index: Int, to result: inout [UInt8]
  ) -> Int {
    guard encoding != .windows1252, index + 2 < input.count, input[index] == 0xED else {
      result.append(input[index])
      return 1
    }
    append(unit: UInt16(TextEncoder.scalar(input, at: index, length: 3)), to: &result)
    return 3
  }

  private static func scalar(
    _ input: UnsafeBufferPointer<UInt8>, at index: Int, length: Int
  ) -> UInt32 {
    let first = UInt32(input[index])
    guard length > 1 else { return first }
    return (1..<length).reduce(first & (0xFF >> UInt32(length + 1))) { code, place in
      code << 6 | UInt32(input[index + place] & 0x3F)
    }
  }
}
