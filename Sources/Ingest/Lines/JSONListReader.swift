internal import Events

/// The elements of a list of JSON, `[{…}, {…}]`, one at a time, as if each had a line of its own:
/// what programs write that were not asked for lines. However long the list, one element is held.
///
/// It looks only for where elements end; what is wrong inside one is for its reader to say.
final class JSONListReader: LineSource {
  private enum State { case before, inside, after }

  private let supply: any ByteSupply
  private let file: String
  /// The most bytes an element may have.
  private let limit: Int
  private var state = State.before
  private var buffer: [UInt8] = []
  private var cursor = 0
  /// Where the byte at `cursor` stands in the file.
  private var place = SourcePosition(line: 1, column: 1)

  /// - Parameter supply: a text whose first letter is `[`.
  init(_ supply: any ByteSupply, file: String, limit: Int = 1 << 20) {
    self.supply = supply
    self.file = file
    self.limit = limit
  }

  /// - Throws: `InputError` where the list is cut off, or goes on after its end.
  func next() throws -> LineReader.Line? {
    if state == .before {
      guard try skipSpaces() else { return nil }
      go(to: cursor + 1)
      state = .inside
      if try skipSpaces(), buffer[cursor] == UInt8(ascii: "]") {
        go(to: cursor + 1)
        state = .after
      }
    }
    guard state == .inside else {
      guard try skipSpaces() else { return nil }
      throw failure("something follows the end of the list")
    }
    guard try skipSpaces() else { throw cutOff() }
    let start = place
    var (text, isTooLong) = try element()
    let end = buffer[cursor]
    go(to: cursor + 1)
    if end == UInt8(ascii: "]") { state = .after }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    return LineReader.Line(
      bytes: text, number: start.line, column: start.column, isTooLong: isTooLong)
  }

  /// Reads up to the comma or bracket behind an element, where the cursor stays. Of an element that is
  /// too long only the beginning is kept.
  private func element() throws -> (text: [UInt8], isTooLong: Bool) {
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    var kept: [UInt8]?
    var index = cursor
    while true {
      if index == buffer.count {
        if index - cursor > limit {
          kept = kept ?? Array(buffer[cursor...].prefix(256))
          go(to: index)
        }
        let ahead = index - cursor
        guard try fill() else { throw cutOff() }
        index = cursor + ahead
      }
      let byte = buffer[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isEscaped = byte == UInt8(ascii: "\\")
        isQuoted = byte != UInt8(ascii: "\"")
      } else {
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ",") where depth <= 0, UInt8(ascii: "]") where depth <= 0:
          defer { go(to: index) }
          if let kept { return (kept, true) }
          let text = buffer[cursor..<index]
          return text.count > limit ? (Array(text.prefix(256)), true) : (Array(text), false)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
      index += 1
    }
  }

  /// Goes to the next byte that is no space; `false` at the end of the file.
  private func skipSpaces() throws -> Bool {
    while true {
      if let index = buffer[cursor...].firstIndex(where: { $0 > 0x20 }) {
        go(to: index)
        return true
      }
      go(to: buffer.count)
      guard try fill() else { return false }
    }
  }

  private func go(to index: Int) {
    place.advance(over: buffer[cursor..<index])
    cursor = index
  }

  private func fill() throws -> Bool {
    buffer.removeSubrange(..<cursor)
    cursor = 0
    return try supply.append(to: &buffer)
  }

  private func cutOff() -> InputError {
    go(to: buffer.count)
    return failure("the list has no end: the last ']' is missing")
  }

  private func failure(_ reason: String) -> InputError {
    InputError([
      Diagnostic(
        .notJSON, file: file, line: place.line, column: place.column,
        message: "this is not readable as JSON: \(reason)")
    ])
  }
}
