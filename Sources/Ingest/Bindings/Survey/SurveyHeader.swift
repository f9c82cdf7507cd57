internal import Events

/// The header rows of a survey's file and what its columns are called.
struct SurveyHeader {
  /// All header rows.
  let batch: RowBatch
  /// The row that names the columns.
  let row: Int
  /// One name a column; a name that comes again is `name (2)`.
  let names: [String]
  let file: String

  /// - Parameter name: what a header cell's text is called in a binding.
  init(_ batch: RowBatch, row: Int = 0, file: String, name: (String) -> String = { $0 }) {
    self.batch = batch
    self.row = row
    self.file = file
    names = SurveyHeader.numbered(
      batch.cells(of: batch.rows[row]).map { cell in
        name(Composition.composed(CellTrim.trimmed(batch.text(cell))))
      })
  }

  /// Names of columns, told apart: one that comes again is `name (2)`.
  static func numbered(_ names: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return names.map { name in
      guard !name.isEmpty else { return "" }
      seen[name, default: 0] += 1
      let count = seen[name] ?? 1
      return count == 1 ? name : "\(name) (\(count))"
    }
  }

  var cells: [RowBatch.Cell] { Array(batch.cells(of: batch.rows[row])) }

  /// The header rows as a file of rejected rows repeats them: the last one without its end, for
  /// the columns that are added to it.
  func rejects(_ layout: Layout, _ delimiter: Delimiter) -> [UInt8] {
    let added = Array("\(delimiter.rawValue)error_code\(delimiter.rawValue)error\r\n".utf8)
    let rows = batch.rows.map { row in
      batch.raw(
        row, without: Int(row.cellCount) == layout.width ? layout.reasons : [],
        delimiter: delimiter)
    }
    return Array(rows.joined(separator: added))
  }
}
