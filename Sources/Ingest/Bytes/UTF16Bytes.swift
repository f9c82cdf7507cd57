/// Between UTF-16 code units and bytes of UTF-8.
enum UTF16Bytes {
  /// Appends the UTF-8 of a code point. Half a surrogate pair is written the same way, which is
  /// no valid UTF-8: its row will be rejected.
  static func append(_ code: UInt32, to buffer: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: code >> shift & 0x3F) }
    switch code {
    case ..<0x80: buffer.append(UInt8(code))
    case ..<0x800:
      buffer.append(0xC0 | UInt8(code >> 6))
      buffer.append(tail(0))
    case ..<0x10000:
      buffer.append(0xE0 | UInt8(code >> 12))
      buffer.append(tail(6))
      buffer.append(tail(0))
    default:
      buffer.append(0xF0 | UInt8(truncatingIfNeeded: code >> 18))
      buffer.append(tail(12))
      buffer.append(tail(6))
      buffer.append(tail(0))
    }
  }
}
