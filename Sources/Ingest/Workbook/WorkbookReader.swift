/// Reads the rows of one sheet of an Excel workbook (.xlsx), as they unpack.
///
/// A cell is what a person sees: days and times in ISO 8601, numbers as one would type them, the
/// result of a formula. The first row that holds anything is the header; rows are as wide as it is,
/// for a sheet does not store what is empty at their ends.
final class WorkbookReader: RowReader {
  let batch = RowBatch()
  let delimiter: Delimiter
  let form: String?
  let encoding: EncodingChoice? = nil
  private(set) var gaveUp = false
  private let file: String
  private let limits: WorkbookLimits
  private let archive: ZipArchive
  private let index: WorkbookIndex
  private let sheet: WorkbookIndex.Sheet
  private let parser: SheetParser
  private var width = 0
  private var isInHeader = false
  private var hasRows = false
  private var atEnd = false
  /// The last row that was asked for as a header.
  private var header = 0
  private var hasToldMerged = false
  /// What went wrong after rows that are still to be used.
  private var failure: InputError?

  /// Opens a sheet by its name or by its number from 1; without either, the first that is shown.
  init(
    _ bytes: SeekableFile, sheet wanted: String? = nil, delimiter: Delimiter = .semicolon,
    limits: WorkbookLimits = WorkbookLimits()
  ) throws(InputError) {
    self.delimiter = delimiter
    self.limits = limits
    file = bytes.name
    archive = try ZipArchive(bytes, limits: limits)
    index = try WorkbookIndex(archive)
    let chosen = try index.sheet(wanted, file: file)
    sheet = chosen
    let shown = index.sheets.filter { !$0.isHidden || $0 == chosen }.count
    form = "xlsx, sheet '\(chosen.name)'" + (shown > 1 ? " of \(shown)" : "")
    var book = SheetParser.Book()
    book.dates.dates = index.from1904 ? .from1904 : .from1900
    if let path = index.stylesPath, let part = try archive.part(path, atMost: limits.indexBytes) {
      book.styles = try CellStyles(part, file: file)
    }
    if let path = index.textsPath, let part = try archive.part(path, atMost: limits.partBytes) {
      book.texts = try SharedTexts(part, file: file, limits: limits)
    }
    guard let part = try archive.part(chosen.path, atMost: limits.partBytes) else {
      throw .damaged(file, "the sheet '\(chosen.name)' is missing")
    }
    parser = try SheetParser(part, file: file, book: book, limits: limits.table)
  }

  func next(atMost count: Int?) throws -> Bool {
    batch.clear()
    if let failure { throw failure }
    // A header may stand below narrower rows; what is asked for row by row is about the header.
    isInHeader = count != nil
    let wanted = min(count ?? limits.table.rows, limits.table.rows)
    do throws(InputError) {
      while !atEnd, !gaveUp, batch.rows.count < wanted, hasRoom {
        atEnd = try !parser.next()
        if !atEnd, !parser.row.isBlank { write(parser.row) }
      }
    } catch {
      guard !batch.rows.isEmpty else { throw error }
      failure = error
    }
    hasRows = hasRows || !batch.rows.isEmpty
    guard hasRows else { throw emptySheet() }
    return !batch.rows.isEmpty
  }

  private var hasRoom: Bool {
    batch.bytes.count < limits.table.batchBytes && batch.cells.count < limits.batchCells
  }

  private func write(_ row: SheetRow) {
    let open = batch.beginRow(line: row.number)
    let first = batch.cells.count
    var cells = row.cells[...]
    let last = cells.last?.column ?? 0
    for column in stride(from: 1, through: max(width, last), by: 1) {
      let place = SourcePosition(line: row.number, column: column, isOfSheet: true)
      if let cell = cells.first, cell.column == column {
        batch.appendCell(row.bytes[cell.text], at: place, in: open, delimiter)
        batch.cells[batch.cells.count - 1].isDate = cell.isDate
        cells = cells.dropFirst()
      } else {
        batch.appendCell([], at: place, in: open, delimiter)
      }
    }
    if width == 0 || isInHeader {
      width = max(width, last)
      header = row.number
    }
    guard let fault = row.fault else { return batch.endRow(open) }
    gaveUp = fault.kind == .rowTooLarge
    let column = row.cells.indices.contains(fault.cell) ? row.cells[fault.cell].column - 1 : 0
    let offset =
      batch.cells.count > first ? batch.cells[first + column].origin : Int32(batch.bytes.count)
    batch.endRow(open, fault: RowFault(kind: fault.kind, offset: offset, detail: fault.detail))
  }

  var otherSheets: String? { index.names(beside: sheet) }

  /// Which cells are merged is known at the end of the sheet.
  func takeNotes() -> ReaderNotes {
    guard atEnd, !hasToldMerged else { return ReaderNotes() }
    hasToldMerged = true
    let warning = MergedCells.warning(parser.merged, file: file, below: header, width: width)
    return ReaderNotes(ofFile: warning.map { [$0] } ?? [])
  }

  private func emptySheet() -> InputError {
    InputError(
      .emptyFile, file: file, message: "sheet '\(sheet.name)' of '\(file)' holds nothing",
      hint: index.sheets.count > 1
        ? "its sheets are \(index.names); choose one with --sheet" : IngestCode.noRows.hint)
  }
}
