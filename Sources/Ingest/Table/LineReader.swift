/// Lines of a text, one at a time, with their numbers; blank ones are passed over.
final class LineReader {
  struct Line {
    /// The text without its line end; of a line that is too long, its beginning.
    var bytes: [UInt8]
    /// Counted from 1.
    var number: Int
    /// Where it begins in that line, counted from 1.
    var column = 1
    var isTooLong = false
  }

  /// What is kept of a line that is too long, to tell which it was.
  private static let kept = 256

  private let supply: any ByteSupply
  private let limit: Int
  private var buffer: [UInt8] = []
  private var cursor = 0
  private var number = 0
  private var atEnd = false

  init(_ supply: any ByteSupply, limit: Int = 1 << 20) {
    self.supply = supply
    self.limit = limit
  }

  /// The next line that holds anything, `nil` at the end.
  func next() throws -> Line? {
    while let line = try nextLine() {
      if line.isTooLong || !line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return line }
    }
    return nil
  }

  private func nextLine() throws -> Line? {
    if cursor > 1 << 18 || cursor == buffer.count {
      buffer.removeSubrange(..<cursor)
      cursor = 0
    }
    var searched = cursor
    while true {
      if let end = buffer[searched...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }),
        try isWhole(end)
      {
        return take(upTo: end)
      }
      searched = max(cursor, buffer.count - 1)
      if buffer.count - cursor > limit { return try skipRest() }
      guard try fill() else { return takeLast() }
    }
  }

  /// Whether what follows a line end is known: CR and LF are one.
  private func isWhole(_ end: Int) throws -> Bool {
    if buffer[end] == 0x0A || end + 1 < buffer.count { return true }
    return try !fill() || end + 1 < buffer.count
  }

  private func take(upTo end: Int) -> Line {
    number += 1
    let line = Line(bytes: Array(buffer[cursor..<end]), number: number)
    cursor = end + 1
    if buffer[end] == 0x0D, cursor < buffer.count, buffer[cursor] == 0x0A { cursor += 1 }
    guard line.bytes.count > limit else { return line }
    return Line(bytes: Array(line.bytes.prefix(LineReader.kept)), number: number, isTooLong: true)
  }

  private func takeLast() -> Line? {
    guard cursor < buffer.count else { return nil }
    number += 1
    defer { cursor = buffer.count }
    return Line(bytes: Array(buffer[cursor...]), number: number)
  }

  /// Leaves a line that is too long at its end, keeping none of it.
  private func skipRest() throws -> Line {
    number += 1
    let line = Line(
      bytes: Array(buffer[cursor...].prefix(LineReader.kept)), number: number, isTooLong: true)
    while true {
      if let end = buffer[cursor...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }),
        try isWhole(end)
      {
        cursor = end + 1
        if buffer[end] == 0x0D, cursor < buffer.count, buffer[cursor] == 0x0A { cursor += 1 }
        return line
      }
      buffer.removeAll(keepingCapacity: true)
      cursor = 0
      guard try fill() else { return line }
    }
  }

  private func fill() throws -> Bool {
    guard !atEnd else { return false }
    let got = try supply.append(to: &buffer)
    atEnd = !got
    return got
  }
}
