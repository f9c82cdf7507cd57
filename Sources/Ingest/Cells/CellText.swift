internal import Glibc

/// The text of one cell without the spaces around it, valid while its batch is.
struct CellText {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ untrimmed: UnsafeBufferPointer<UInt8>) {
    if let first = untrimmed.first, let last = untrimmed.last, CellText.solid.contains(first),
      CellText.solid.contains(last)
    {
      bytes = untrimmed
      return
    }
    var start = 0
    var end = untrimmed.count
    while start < end, let width = CellText.space(untrimmed, at: start, before: end) {
      start += width
    }
    while end > start, let width = CellText.space(untrimmed, endingAt: end, after: start) {
      end -= width
    }
    bytes = UnsafeBufferPointer(rebasing: untrimmed[start..<end])
  }

  static var empty: CellText { CellText(UnsafeBufferPointer(start: nil, count: 0)) }

  var isEmpty: Bool { bytes.isEmpty }

  /// Bytes that are neither a space nor part of one.
  private static let solid: ClosedRange<UInt8> = 0x21...0x7F

  /// Whether it is exactly that text.
  func isExactly(_ text: [UInt8]) -> Bool {
    text.count == bytes.count
      && text.withUnsafeBufferPointer { text in
        guard let ours = bytes.baseAddress, let theirs = text.baseAddress else { return true }
        return memcmp(ours, theirs, text.count) == 0
      }
  }

  /// The text; letters built from a base and a combining mark come composed.
  var string: String {
    for byte in bytes where byte >= 0x80 {
      return Composition.composed(String(decoding: bytes, as: UTF8.self))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  var isASCIIDigits: Bool {
    !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Width of the space that begins at `index`: ASCII space, tab, line end, U+00A0, U+202F.
  private static func space(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, before end: Int
  ) -> Int? {
    switch bytes[index] {
    case 0x20, 0x09, 0x0A, 0x0D: return 1
    case 0xC2 where index + 1 < end && bytes[index + 1] == 0xA0: return 2
    case 0xE2 where index + 2 < end && bytes[index + 1] == 0x80 && bytes[index + 2] == 0xAF:
      return 3
    default: return nil
    }
  }

  private static func space(
    _ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int, after start: Int
  ) -> Int? {
    for width in 1...3 where end - width >= start {
      if space(bytes, at: end - width, before: end) == width { return width }
    }
    return nil
  }

  /// The bytes without any space inside, for numbers written in groups of three.
  func withoutSpaces() -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let width = CellText.space(bytes, at: index, before: bytes.count) {
        index += width
      } else {
        kept.append(bytes[index])
        index += 1
      }
    }
    return kept
  }
}

/// What came of reading a cell as some kind of value.
enum Reading<Value> {
  case empty
  case value(Value)
  /// What is wrong with it, and a hint better than the code's own.
  case wrong(IngestCode, hint: String?)
}
