/// The apostrophe before what a spreadsheet would run as a formula: `'=SUM(A1)` in a file is the text
/// `=SUM(A1)`.
///
/// Excel runs whatever begins with `=`, `+`, `-` or `@` in a CSV file it opens, so files that are
/// given back for mending have the mark, and it is taken off when such a file is read.
enum FormulaMark {
  private static let mark = UInt8(ascii: "'")
  private static let triggers = Set("=+-@\t\r".utf8)

  /// A row as it may be given to a spreadsheet; a row that needs no mark comes back as it is.
  ///
  /// - Parameter hasMarks: whether the row comes from a file that was given back, so that marks are
  ///   marks already; elsewhere an apostrophe is part of the value and must still be one when the row
  ///   is read.
  static func marked(_ row: [UInt8], _ delimiter: Delimiter, hasMarks: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(row.count + 8)
    var quoted = false
    var isStart = true
    var index = 0
    while index < row.count {
      let byte = row[index]
      if isStart {
        isStart = false
        if byte == 0x22 {
          quoted = true
          result.append(byte)
          index += 1
        }
        if needsMark(row[index...], delimiter, quoted: quoted, hasMarks: hasMarks) {
          result.append(mark)
        }
        continue
      }
      if byte == 0x22, quoted { quoted = index + 1 < row.count && row[index + 1] == 0x22 }
      result.append(byte)
      index += 1
      if byte == 0x22, quoted {
        // The second of a pair.
        result.append(0x22)
        index += 1
      }
      isStart = !quoted && (byte == delimiter.byte || byte == 0x0A)
    }
    return result
  }

  private static func needsMark(
    _ rest: ArraySlice<UInt8>, _ delimiter: Delimiter, quoted: Bool, hasMarks: Bool
  ) -> Bool {
    let end =
      rest.firstIndex { $0 == 0x22 || (!quoted && ($0 == delimiter.byte || $0 == 0x0A)) }
      ?? rest.endIndex
    let cell = rest[..<end]
    let text = cell.drop { $0 == mark }
    guard let first = text.first, triggers.contains(first) else { return false }
    // A line end of Windows is no cell.
    if first == 0x0D, !quoted { return false }
    guard text.startIndex == cell.startIndex else { return !hasMarks }
    let isSign = first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
    return !(isSign && text.dropFirst().allSatisfy(isOfNumber))
  }

  /// Digits and what stands between them: a number runs nothing, and neither does a sign alone.
  private static func isOfNumber(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == 0x2C || byte == 0x2E || byte == 0x20 || byte == 0x0D
  }

  /// Whether the text of a cell begins with a mark, which is no part of it.
  static func isMarked(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count > 1, text[0] == mark else { return false }
    return text.first { $0 != mark }.map(triggers.contains) ?? false
  }

  /// Takes the marks off cells that were read, from one on.
  static func drop(
    from cells: inout [RowBatch.Cell], after first: Int, _ bytes: UnsafeBufferPointer<UInt8>,
    _ aside: [UInt8]
  ) {
    aside.withUnsafeBufferPointer { aside in
      for index in first..<cells.count {
        let cell = cells[index]
        let range = Int(cell.start)..<Int(cell.end)
        guard range.count > 1 else { continue }
        let text = UnsafeBufferPointer(rebasing: (cell.isAside ? aside : bytes)[range])
        if isMarked(text) { cells[index].start += 1 }
      }
    }
  }
}
