/// One table of a file that has several, with titles and blank lines between them.
struct MeetingTable {
  let batch: RowBatch
  var header: RowBatch.Row
  var rows: [RowBatch.Row] = []

  /// The header's texts, folded.
  var names: [String] { batch.cells(of: header).map { ColumnName.folded(batch.text($0)) } }
  var width: Int { Int(header.cellCount) }

  func text(_ row: RowBatch.Row, _ index: Int) -> String {
    guard index < Int(row.cellCount) else { return "" }
    return CellTrim.trimmed(batch.text(batch.cells[Int(row.firstCell) + index]))
  }

  /// What stands below a column, as far as it is filled in.
  func texts(below index: Int) -> [String] {
    rows.filter { $0.cellCount == header.cellCount }.map { text($0, index) }.filter { !$0.isEmpty }
  }

  /// Whether a row holds nothing but delimiters.
  func isBlank(_ row: RowBatch.Row) -> Bool { batch.filled(row) == 0 }

  /// The tables of a file, each with at least `least` columns. A title, or a line that is blank or
  /// holds nothing but delimiters, ends a table.
  static func all(in batch: RowBatch, least: Int) -> [MeetingTable] {
    var tables: [MeetingTable] = []
    var previous: RowBatch.Row?
    for row in batch.rows {
      let filled = batch.filled(row)
      let follows =
        (filled > 1 || row.fault != nil) && previous.map { row.line == $0.line + 1 } == true
      if follows, let table = tables.last, batch.filled(table.header) >= least {
        tables[tables.count - 1].rows.append(row)
      } else {
        tables.append(MeetingTable(batch: batch, header: row))
      }
      previous = filled == 0 && row.fault == nil ? nil : row
    }
    return tables.filter { batch.filled($0.header) >= least }
  }
}

extension RowBatch {
  /// How many cells a row has up to the last one with anything in it: spreadsheets fill up short
  /// rows with empty ones.
  fileprivate func filled(_ row: Row) -> Int {
    let last = cells(of: row).lastIndex { !CellTrim.trimmed(text($0)).isEmpty }
    return last.map { $0 - Int(row.firstCell) + 1 } ?? 0
  }

  /// The rows of a sample, to be looked at like those of a file.
  convenience init(sample: FileSample) {
    self.init()
    for (index, cells) in sample.rows.enumerated() {
      let row = beginRow(line: index + 1)
      for (place, cell) in cells.enumerated() {
        appendCell(
          cell.utf8, at: SourcePosition(line: index + 1, column: place + 1), in: row, .tab)
      }
      endRow(row)
    }
  }
}
