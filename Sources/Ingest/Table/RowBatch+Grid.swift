/// Filling a batch with cells that were no delimited text: the rows are written as such a text, so
/// that everything else finds them the way it finds a CSV file's.
extension RowBatch {
  /// Where a row that is being written begins.
  struct OpenRow {
    fileprivate let firstCell: Int
    fileprivate let start: Int
    fileprivate let line: Int
  }

  /// Forgets the rows and keeps the room they took.
  func clear() {
    bytes.removeAll(keepingCapacity: true)
    aside.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    withdrawn.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    originals.removeAll(keepingCapacity: true)
    originalBytes = 0
    objections.removeAll(keepingCapacity: true)
    files.removeAll(keepingCapacity: true)
  }

  /// Begins a row; `line` is its number in the file, counted from 1.
  func beginRow(line: Int) -> OpenRow {
    OpenRow(firstCell: cells.count, start: bytes.count, line: line)
  }

  /// Adds a cell to the row that was begun. `place` is where it stands in the file: a line and a
  /// column of text, or a row and a column of a sheet.
  func appendCell(
    _ text: some Collection<UInt8>, at place: SourcePosition, in row: OpenRow,
    _ delimiter: Delimiter
  ) {
    if cells.count > row.firstCell { bytes.append(delimiter.byte) }
    let origin = Int32(bytes.count)
    places.append(place)
    let needsQuotes = text.contains { byte in
      byte == delimiter.byte || byte == 0x22 || byte == 0x0A || byte == 0x0D
    }
    guard needsQuotes else {
      bytes.append(contentsOf: text)
      cells.append(
        Cell(start: origin, end: Int32(bytes.count), origin: origin, isAside: false))
      return
    }
    bytes.append(0x22)
    for byte in text {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
    let start = Int32(aside.count)
    aside.append(contentsOf: text)
    cells.append(Cell(start: start, end: Int32(aside.count), origin: origin, isAside: true))
  }

  /// Adds the text of a row whose cells cannot be told apart.
  func appendWhole(_ text: [UInt8], at place: SourcePosition, in row: OpenRow) {
    places.append(place)
    cells.append(
      Cell(
        start: Int32(row.start), end: Int32(row.start + text.count), origin: Int32(row.start),
        isAside: false))
    bytes.append(contentsOf: text)
  }

  /// Ends the row. `original` is the text to give back when it is rejected, for files whose rows
  /// are not what stands in the batch; either all rows of a batch have one or none has.
  func endRow(_ row: OpenRow, original: [UInt8]? = nil, fault: RowFault? = nil) {
    rows.append(ended(row, fault))
    if let original {
      originals.append(original)
      originalBytes += original.count
    }
    bytes.append(0x0A)
  }

  /// Ends a row that is left out of the batch's own.
  func endWithdrawn(_ row: OpenRow) {
    withdrawn.append(ended(row, nil))
    bytes.append(0x0A)
  }

  private func ended(_ row: OpenRow, _ fault: RowFault?) -> Row {
    let fault =
      fault
      ?? bytes.withUnsafeBufferPointer {
        RowFault(in: UnsafeBufferPointer(rebasing: $0[row.start...]), from: row.start)
      }
    return Row(
      firstCell: Int32(row.firstCell), cellCount: Int32(cells.count - row.firstCell),
      start: Int32(row.start), end: Int32(bytes.count), line: row.line, fault: fault)
  }
}
