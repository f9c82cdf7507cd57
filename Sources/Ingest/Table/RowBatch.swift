/// Some rows of a table with the text they came from: the one shape every reader fills and every
/// kind of record reads from.
///
/// Cells are ranges of one buffer that is used again for the next rows, so reading allocates
/// nothing per row.
final class RowBatch {
  /// The text of one cell: a range of `bytes`, or of `aside` where it had to be rewritten.
  struct Cell {
    var start: Int32
    var end: Int32
    /// Where the cell begins in `bytes`, its opening quote included.
    var origin: Int32
    var isAside: Bool
    /// Whether a spreadsheet has a date there, and not the text of one.
    var isDate = false
  }

  /// One row: its cells and the range of `bytes` they came from, without the line end.
  struct Row {
    var firstCell: Int32
    var cellCount: Int32
    var start: Int32
    var end: Int32
    /// Line of the row's first character, counted from 1.
    var line: Int
    var fault: RowFault?
  }

  var bytes: [UInt8] = []
  var aside: [UInt8] = []
  var cells: [Cell] = []
  var rows: [Row] = []
  /// Where each cell stands in the file, for readers whose text is not the file's; empty for the
  /// others. See `RowBatch+Grid`.
  var places: [SourcePosition] = []
  /// What each row is in the file, where that is not the row's text; empty elsewhere.
  var originals: [[UInt8]] = []
  /// Bytes of those.
  var originalBytes = 0
  /// What there is against rows, by their index.
  var objections: [Int: [RowObjection]] = [:]
  /// The file each row is from, for readers of several; empty for the others.
  var files: [String] = []
  /// A cell of a row that is empty in the file and was filled in from another row, by the row's first
  /// cell; it is given back filled in, for the other row is not given back beside it.
  var filled: [Int32: (cell: Int, text: String)] = [:]

  /// Rows the tool says are no records, or are none any more: left out of `rows`, in the same buffers.
  var withdrawn: [Row] = []

  /// The rows as they are now; the reader goes on with this one.
  func copy() -> RowBatch {
    let copy = RowBatch()
    copy.bytes = bytes
    copy.aside = aside
    copy.cells = cells
    copy.rows = rows
    copy.places = places
    copy.originals = originals
    copy.objections = objections
    copy.files = files
    copy.filled = filled
    return copy
  }

  func text(_ cell: Cell) -> String {
    String(decoding: span(cell), as: UTF8.self)
  }

  func span(_ cell: Cell) -> ArraySlice<UInt8> {
    (cell.isAside ? aside : bytes)[Int(cell.start)..<Int(cell.end)]
  }

  func cells(of row: Row) -> ArraySlice<Cell> {
    cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)]
  }

  func raw(_ row: Row) -> ArraySlice<UInt8> { bytes[Int(row.start)..<Int(row.end)] }

  /// The row as it stands in the file, without some of its cells.
  func raw(_ row: Row, without left: Set<Int>, delimiter: Delimiter) -> [UInt8] {
    let filled = filled[row.firstCell]
    guard !left.isEmpty || filled != nil, row.fault == nil else { return Array(raw(row)) }
    let cells = Array(cells(of: row))
    var kept: [[UInt8]] = []
    for (index, cell) in cells.enumerated() where !left.contains(index) {
      if let filled, filled.cell == index {
        kept.append(Array(CSVWriter.cell(filled.text, delimiter: delimiter).utf8))
        continue
      }
      let end = index + 1 < cells.count ? Int(cells[index + 1].origin) - 1 : Int(row.end)
      kept.append(Array(bytes[Int(cell.origin)..<end]))
    }
    return Array(kept.joined(separator: [delimiter.byte]))
  }

  /// Adds a cell whose text is worked out rather than read; `origin` is what it was made from.
  func appendAside(_ text: String, origin: Int32) {
    let start = Int32(aside.count)
    aside.append(contentsOf: text.utf8)
    cells.append(Cell(start: start, end: Int32(aside.count), origin: origin, isAside: true))
  }
}

/// Why a row is no row, and where in the batch's bytes that shows.
struct RowFault: Equatable {
  enum Kind: UInt8 {
    case badBytes, lostLetters, controlByte, quoteOpen, strayQuote, cellTooLarge, rowTooLarge
    case tooManyColumns
    case errorCell, formulaUnsaved, digitsLost
    case lineTooLong, badJSON, nestedMember, newMember
    case notAnswer, answersApart, unknownElement, answerDamaged, answerAlone
  }

  var kind: Kind
  var offset: Int32
  /// What is wrong, where more can be said than the code's summary.
  var detail: String?

  /// Whether the row's cells are what they seem, though one of them cannot be used.
  var leavesCells: Bool { [.errorCell, .formulaUnsaved, .digitsLost].contains(kind) }

  var message: String { detail ?? code.summary }

  var code: IngestCode {
    switch kind {
    case .badBytes: .badBytes
    case .lostLetters: .lostLetters
    case .controlByte: .controlByte
    case .quoteOpen: .quoteOpen
    case .strayQuote: .strayQuote
    case .cellTooLarge: .cellTooLarge
    case .rowTooLarge: .rowTooLarge
    case .tooManyColumns: .tooManyColumns
    case .errorCell: .errorCell
    case .formulaUnsaved: .formulaUnsaved
    case .digitsLost: .digitsLost
    case .lineTooLong: .lineTooLong
    case .badJSON: .badJSON
    case .nestedMember: .nestedMember
    case .newMember: .newMember
    case .notAnswer: .notAnswer
    case .answersApart: .answersApart
    case .unknownElement: .unknownElement
    case .answerDamaged: .answerDamaged
    case .answerAlone: .answerAlone
    }
  }
}

extension RowFault {
  /// What is wrong with the text of a row as text, `nil` where nothing is; the row begins at `start`.
  init?(in text: UnsafeBufferPointer<UInt8>, from start: Int) {
    switch UTF8Check.check(text) {
    case .valid: return nil
    case .cut(let at), .invalid(let at):
      self.init(kind: .badBytes, offset: Int32(start + at))
    case .replaced(let at):
      self.init(kind: .lostLetters, offset: Int32(start + at))
    }
  }
}
