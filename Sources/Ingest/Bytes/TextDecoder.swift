internal import Events

/// Turns the bytes of an input into UTF-8.
///
/// A byte-order mark decides; then the user's word; then NUL bytes that sit where UTF-16 puts them.
/// A file that is ASCII so far stays undecided until its first other byte, for ASCII reads the
/// same either way: then the next 64 KiB decide between UTF-8 and Windows-1252. What is no
/// character in the chosen encoding is passed on as bytes that are no UTF-8 either, so that the
/// reader can reject the one row that holds them. U+FFFD is never written.
final class TextDecoder: ByteSupply {
  private enum Mode {
    case unopened, undecided, utf8
    /// `isTold`: the user has said so, and any byte is a character.
    case windows1252(isTold: Bool)
    case utf16(bigEndian: Bool)
  }

  private let supply: any ByteSupply
  private let file: String
  private let wanted: TextEncoding?
  private var mode = Mode.unopened
  private var raw: [UInt8] = []
  private var pending: [UInt8] = []
  private var halfUnit: UInt8?
  private var highSurrogate: UInt16?
  /// Where the first of the pending bytes stands, while all before them were ASCII.
  private var place = SourcePosition(line: 1, column: 1)
  /// Whether the text names the reasons a file of rejected rows has; `nil` while nobody has asked.
  private var hasReasons: Bool?
  private static let window = 65_536

  /// What the input is taken for, and why.
  private(set) var choice = EncodingChoice(
    encoding: .utf8, hasMark: false, reason: "only ASCII characters")

  init(_ supply: any ByteSupply, file: String, encoding: TextEncoding? = nil) {
    self.supply = supply
    self.file = file
    wanted = encoding
  }

  func append(to buffer: inout [UInt8]) throws -> Bool {
    if case .unopened = mode { try open() }
    if pending.isEmpty {
      guard try supply.append(to: &pending) else {
        return finish(&buffer)
      }
    }
    if case .undecided = mode { try decide() }
    raw.removeAll(keepingCapacity: true)
    swap(&raw, &pending)
    convert(to: &buffer)
    return true
  }

  /// Reads the first bytes, enough for a mark.
  private func open() throws {
    while pending.count < 4, try supply.append(to: &pending) {}
    guard !pending.isEmpty else {
      throw InputError(.emptyFile, file: file, message: "'\(file)' is empty")
    }
    for (mark, encoding) in TextDecoder.marks where pending.starts(with: mark) {
      pending.removeFirst(mark.count)
      settle(encoding, mark: true, "byte-order mark")
      return
    }
    if let wanted {
      settle(wanted, "as told by --encoding")
    } else if let bigEndian = TextDecoder.utf16Pattern(pending) {
      settle(
        bigEndian ? .utf16BigEndian : .utf16LittleEndian, "every second byte is zero")
    } else {
      mode = .undecided
    }
  }

  private static let marks: [([UInt8], TextEncoding)] = [
    ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian),
    ([0xFE, 0xFF], .utf16BigEndian),
  ]

  /// Whether the first characters look like ASCII in UTF-16, and in which byte order.
  private static func utf16Pattern(_ bytes: [UInt8]) -> Bool? {
    guard bytes.count >= 4 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (1..., 0, 1..., 0): return false
    case (0, 1..., 0, 1...): return true
    default: return nil
    }
  }

  private func settle(_ encoding: TextEncoding, mark: Bool = false, _ reason: String) {
    choice = EncodingChoice(encoding: encoding, hasMark: mark, reason: reason)
    switch encoding {
    case .utf8: mode = .utf8
    case .windows1252: mode = .windows1252(isTold: wanted != nil)
    case .utf16LittleEndian: mode = .utf16(bigEndian: false)
    case .utf16BigEndian: mode = .utf16(bigEndian: true)
    }
  }

  /// Decides at the first byte above ASCII, by a window of fixed size whatever the blocks are.
  private func decide() throws {
    guard let first = pending.firstIndex(where: { $0 >= 0x80 }) else {
      _ = namesReasons()
      return place.advance(over: pending)
    }
    while pending.count - first < TextDecoder.window, try supply.append(to: &pending) {}
    let end = min(pending.count, first + TextDecoder.window)
    let evidence = pending.withUnsafeBufferPointer {
      Evidence(UnsafeBufferPointer(rebasing: $0[first..<end]))
    }
    if evidence.faults == 0 {
      settle(.utf8, "its bytes are valid UTF-8")
    } else if evidence.looksLikeWindows1252 {
      settle(
        .windows1252,
        "byte 0x\(String(pending[first], radix: 16, uppercase: true)) is not UTF-8, and all such"
          + " bytes are Nordic letters or signs of Windows-1252; --encoding decides otherwise")
    } else if evidence.characters > evidence.faults {
      settle(.utf8, "most of its bytes are valid UTF-8")
    } else if namesReasons() {
      // The rows that were rejected may be the doubtful ones of a file whose others left no doubt.
      let encoding = evidence.characters > 0 ? TextEncoding.utf8 : .windows1252
      settle(encoding, "not clear from its bytes, but likely in a file of rejected rows")
    } else {
      let doubtful = first + (evidence.firstFault ?? 0)
      place.advance(over: pending[..<doubtful])
      throw InputError([
        Diagnostic(
          .encodingUnknown, file: file, line: place.line, column: place.column,
          message: "'\(file)' is neither UTF-8 nor clearly Windows-1252: byte"
            + " 0x\(String(pending[doubtful], radix: 16, uppercase: true)) is the first in question"
        )
      ])
    }
  }

  /// Whether the text begins as a file of rejected rows; no header is longer than the window.
  private func namesReasons() -> Bool {
    if let hasReasons { return hasReasons }
    let start = pending.prefix(TextDecoder.window)
    let found = start.firstRange(of: Array("error_code".utf8)) != nil
    hasReasons = found
    return found
  }

  /// Counts that speak for one encoding or the other.
  private struct Evidence {
    var characters = 0
    private(set) var faults = 0
    /// Offset of the first byte that is not UTF-8.
    private(set) var firstFault: Int?
    var looksLikeWindows1252 = true

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      var index = 0
      while index < bytes.count {
        if !Windows1252.expects(bytes[index]) { looksLikeWindows1252 = false }
        switch UTF8Check.length(bytes, at: index) {
        // Cut off by the window or by the end of the file: the row's own check will tell.
        case .some(0):
          if index == 0 { fault(at: index) }
          index += 1
        case .some(let length):
          if length > 1 {
            characters += 1
            for place in index..<index + length where !Windows1252.expects(bytes[place]) {
              looksLikeWindows1252 = false
            }
          }
          index += length
        case nil:
          fault(at: index)
          index += 1
        }
      }
    }

    private mutating func fault(at index: Int) {
      faults += 1
      firstFault = firstFault ?? index
    }
  }

  private func convert(to buffer: inout [UInt8]) {
    switch mode {
    case .unopened, .undecided, .utf8: buffer.append(contentsOf: raw)
    case .windows1252(let isTold):
      // Taken on the looks of its beginning, a file may still hold what speaks against it: such
      // bytes stay as they are, so that their row is rejected and not read as other letters.
      for byte in raw {
        if isTold || Windows1252.expects(byte) {
          Windows1252.append(byte, to: &buffer)
        } else {
          buffer.append(byte)
        }
      }
    case .utf16(let bigEndian): convertUTF16(bigEndian: bigEndian, to: &buffer)
    }
  }

  private func convertUTF16(bigEndian: Bool, to buffer: inout [UInt8]) {
    if let half = halfUnit { raw.insert(half, at: 0) }
    halfUnit = nil
    var index = 0
    while index + 1 < raw.count {
      let unit =
        bigEndian
        ? UInt16(raw[index]) << 8 | UInt16(raw[index + 1])
        : UInt16(raw[index + 1]) << 8 | UInt16(raw[index])
      index += 2
      append(unit: unit, to: &buffer)
    }
    if index < raw.count { halfUnit = raw[index] }
  }

  private func append(unit: UInt16, to buffer: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if (0xDC00...0xDFFF).contains(unit) {
        let code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        return UTF16Bytes.append(code, to: &buffer)
      }
      UTF16Bytes.append(UInt32(high), to: &buffer)
    }
    if (0xD800...0xDBFF).contains(unit) {
      highSurrogate = unit
    } else {
      UTF16Bytes.append(UInt32(unit), to: &buffer)
    }
  }

  /// Passes on what an input that ends in the middle of a character has left.
  private func finish(_ buffer: inout [UInt8]) -> Bool {
    guard highSurrogate != nil || halfUnit != nil else { return false }
    if let high = highSurrogate { UTF16Bytes.append(UInt32(high), to: &buffer) }
    // Half a code unit is no character; 0xFF is none either.
    if halfUnit != nil { buffer.append(0xFF) }
    highSurrogate = nil
    halfUnit = nil
    return true
  }
}
