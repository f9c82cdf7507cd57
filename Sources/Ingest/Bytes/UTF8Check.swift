/// Well-formedness of UTF-8, found by hand because the reader needs the place of the first fault
/// and never wants a replacement character.
enum UTF8Check {
  enum Finding: Equatable {
    case valid
    /// Valid so far; the last character is cut off at this offset.
    case cut(at: Int)
    case invalid(at: Int)
    /// Valid, and U+FFFD is in it: some program before has put it where it could not read a letter.
    case replaced(at: Int)
  }

  static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
    var index = 0
    var replaced: Int?
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      switch length(bytes, at: index) {
      case .some(0): return .cut(at: index)
      case .some(let length):
        if length == 3, bytes[index] == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] == 0xBD {
          replaced = replaced ?? index
        }
        index += length
      case nil: return .invalid(at: index)
      }
    }
    return replaced.map { .replaced(at: $0) } ?? .valid
  }

  /// Length of the character at `index`; 0 when it is cut off by the end, `nil` when it is none.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let first = bytes[index]
    let length: Int
    // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    for place in 1..<length {
      guard index + place < bytes.count else { return 0 }
      let byte = bytes[index + place]
      guard (place == 1 ? second : 0x80...0xBF).contains(byte) else { return nil }
    }
    return length
  }
}
