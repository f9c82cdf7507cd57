/// The cells of one row of a sheet that hold anything, from left to right.
struct SheetRow {
  struct Cell {
    /// Counted from 1.
    var column: Int
    var text: Range<Int>
    /// Whether the sheet has a date there, and not the text of one.
    var isDate: Bool
  }

  /// Counted from 1, as the sheet shows it.
  var number = 0
  private(set) var bytes: [UInt8] = []
  private(set) var cells: [Cell] = []
  /// Why the row is no row, and the number of the cell that shows it.
  private(set) var fault: (kind: RowFault.Kind, detail: String?, cell: Int)?

  mutating func begin(_ number: Int) {
    self.number = number
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    fault = nil
  }

  /// Adds a cell to the right of the others. One that is empty is not there, and what the limits
  /// do not allow is a fault of the row.
  mutating func append(
    _ text: some Collection<UInt8>, column: Int, within limits: CSVReader.Limits,
    isDate: Bool = false
  ) {
    guard !text.isEmpty else { return }
    guard column <= limits.cells else { return note(.tooManyColumns, nil) }
    guard bytes.count + text.count <= limits.rowBytes else { return note(.rowTooLarge, nil) }
    let start = bytes.count
    bytes.append(contentsOf: text)
    cells.append(Cell(column: column, text: start..<bytes.count, isDate: isDate))
    if text.contains(0) { note(.controlByte, nil) }
  }

  /// Notes what is wrong with the cell added last; the first fault of a row is the one that is told.
  mutating func note(_ kind: RowFault.Kind, _ detail: String?) {
    if fault == nil { fault = (kind, detail, max(0, cells.count - 1)) }
  }

  var isBlank: Bool {
    fault == nil && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }
}
