/// A row an adapter has made of what was no table, cell by cell.
struct MadeRow {
  /// A text and where in the file it comes from.
  struct Cell {
    var text: String
    var place: SourcePosition
  }

  /// In the order of the layout.
  var cells: [Cell]
  /// Where in the file the row begins.
  var line: Int
  /// What the row is in the file.
  var original: [UInt8]
  /// What there is against it.
  var objections: [RowObjection] = []
  /// Whether the tool says that it is no record any more: it is read for what it may have been.
  var isWithdrawn = false
}

/// Somewhere such rows are made, one at a time.
protocol RowMaker: AnyObject {
  func next() throws -> MadeRow?
  func takeNotes() -> ReaderNotes
}

/// Reads the rows an adapter makes.
final class MadeRowReader: RowReader {
  let batch = RowBatch()
  let delimiter: Delimiter
  let rejectsForm: RejectsForm
  let form: String?
  private let maker: any RowMaker
  private let decoder: TextDecoder
  private static let most = 5_000
  private static let bytes = 4 << 20

  /// - Parameter delimiter: of the file, where it is a table, for what is given back of it.
  init(
    _ maker: any RowMaker, _ decoder: TextDecoder, form: String?, delimiter: Delimiter? = nil
  ) {
    self.delimiter = delimiter ?? .semicolon
    rejectsForm = delimiter == nil ? .lines : .table
    self.maker = maker
    self.decoder = decoder
    self.form = form
  }

  var encoding: EncodingChoice? { decoder.choice }

  func takeNotes() -> ReaderNotes { maker.takeNotes() }

  func next(atMost count: Int?) throws -> Bool {
    batch.clear()
    let most = min(count ?? MadeRowReader.most, MadeRowReader.most)
    while batch.rows.count + batch.withdrawn.count < most,
      batch.bytes.count + batch.originalBytes < MadeRowReader.bytes,
      let made = try maker.next()
    {
      if !made.isWithdrawn { for objection in made.objections { batch.object(objection) } }
      let row = batch.beginRow(line: made.line)
      for cell in made.cells {
        batch.appendCell(cell.text.utf8, at: cell.place, in: row, delimiter)
      }
      if made.isWithdrawn {
        batch.endWithdrawn(row)
      } else {
        batch.endRow(row, original: made.original)
      }
    }
    return !batch.rows.isEmpty || !batch.withdrawn.isEmpty
  }
}

extension Layout {
  /// The layout of rows that are made with these columns of a kind, in this order.
  init(made names: [String], _ kind: any CheckedKind) {
    self.init(columns: kind.columns.count, width: names.count)
    isMade = true
    for (cell, name) in names.enumerated() {
      guard let index = ColumnTargets.index(of: name, in: kind) else { continue }
      sources[index] = cell
      if kind.columns[index].isIdentifying { identifying.insert(cell) }
    }
  }
}
