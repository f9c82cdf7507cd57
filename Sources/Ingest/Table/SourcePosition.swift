/// A place in a text, as editors count: lines from 1, columns from 1 in Unicode scalars. In a sheet
/// it is the number of the row and of the column.
struct SourcePosition: Equatable {
  var line: Int
  var column: Int
  var isOfSheet = false

  /// The place as a spreadsheet names it, `C17`, where it is one of a sheet.
  var reference: String? {
    isOfSheet ? CellReference(row: line, column: column).description : nil
  }
}

extension RowBatch {
  /// Where an offset inside a row stands in the file. Worked out only when something is wrong
  /// there: the row is read again from its start.
  func position(of offset: Int32, in row: Row) -> SourcePosition {
    if !places.isEmpty { return place(of: offset, in: row) }
    return textPosition(of: offset, in: row)
  }

  /// The place of the cell an offset belongs to, as its reader gave it.
  private func place(of offset: Int32, in row: Row) -> SourcePosition {
    let indices = Int(row.firstCell)..<Int(row.firstCell + row.cellCount)
    guard let index = indices.last(where: { cells[$0].origin <= offset }), index < places.count
    else { return SourcePosition(line: row.line, column: 1) }
    return places[index]
  }

  private func textPosition(of offset: Int32, in row: Row) -> SourcePosition {
    var position = SourcePosition(line: row.line, column: 1)
    var index = Int(row.start)
    let end = min(Int(offset), Int(row.end))
    while index < end {
      let byte = bytes[index]
      let isReturn = byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      if byte == 0x0A || isReturn {
        position.line += 1
        position.column = 1
      } else if byte & 0xC0 != 0x80, byte != 0x0D {
        position.column += 1
      }
      index += 1
    }
    return position
  }

  /// The line of text an offset of a row stands in.
  func line(around offset: Int32, in row: Row) -> Range<Int> {
    let isEnd = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
    let place = min(max(Int(offset), Int(row.start)), Int(row.end))
    let start = bytes[Int(row.start)..<place].lastIndex(where: isEnd).map { $0 + 1 }
    let end = bytes[place..<Int(row.end)].firstIndex(where: isEnd)
    return (start ?? Int(row.start))..<(end ?? Int(row.end))
  }
}
