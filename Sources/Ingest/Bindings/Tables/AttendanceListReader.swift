/// The marks of a list, one row each: the line they stand in, with the session and the mark as two
/// more cells in front.
final class AttendanceListReader: RowReader {
  /// How many cells are put in front: session and mark.
  static let added = 2
  private static let most = 5_000

  let batch = RowBatch()
  private let list: any RowReader
  private let marks: [(cell: Int, session: String)]
  private let isComplete: Bool
  private let reasons: Set<Int>
  private let width: Int
  /// The layout of the lines themselves.
  private let own: Layout
  private var blanks = 0

  /// - Parameters:
  ///   - marks: which cell of a line is about which session.
  ///   - layout: of the rows made here.
  init(
    _ list: any RowReader, _ marks: [(cell: Int, session: String)], isComplete: Bool,
    _ layout: Layout
  ) {
    width = layout.width - AttendanceListReader.added
    self.list = list
    self.marks = marks
    self.isComplete = isComplete
    // A mended line may keep its reasons; they and the cells in front are not given back.
    reasons = Set(layout.reasons.map { $0 - AttendanceListReader.added })
    var own = Layout(columns: 0, width: width)
    own.reasons = reasons
    self.own = own
  }

  var gaveUp: Bool { list.gaveUp }
  var delimiter: Delimiter { list.delimiter }
  var encoding: EncodingChoice? { list.encoding }
  var form: String? { list.form }
  var rejectsForm: RejectsForm { list.rejectsForm }

  func takeNotes() -> ReaderNotes {
    var notes = list.takeNotes()
    if blanks > 0 { notes.excluded["blank cells", default: 0] += blanks }
    blanks = 0
    return notes
  }

  func next(atMost count: Int?) throws -> Bool {
    let most = max(1, min(count ?? .max, AttendanceListReader.most) / max(1, marks.count))
    while try list.next(atMost: most) {
      batch.clear()
      batch.bytes = list.batch.bytes
      batch.aside = list.batch.aside
      for row in list.batch.rows { unfold(row) }
      if !batch.rows.isEmpty { return true }
    }
    return false
  }

  private func unfold(_ row: RowBatch.Row) {
    let cells = Array(list.batch.cells(of: row))
    guard row.fault == nil, cells.count == width, list.batch.unmendedCount(of: row, own) == nil
    else {
      // Turned down once, as it is.
      return add(row, cells, session: "", mark: nil)
    }
    let isBlank = { (index: Int) in CellTrim.trimmed(self.list.batch.text(cells[index])).isEmpty }
    if cells.indices.allSatisfy(isBlank) { return }
    for mark in marks {
      if isBlank(mark.cell), !isComplete {
        blanks += 1
      } else {
        add(row, cells, session: mark.session, mark: mark.cell)
      }
    }
  }

  private func add(
    _ row: RowBatch.Row, _ cells: [RowBatch.Cell], session: String, mark: Int?
  ) {
    var own = row
    own.firstCell = Int32(batch.cells.count)
    own.cellCount += Int32(AttendanceListReader.added)
    let origin = mark.map { cells[$0].origin } ?? row.start
    batch.appendAside(session, origin: origin)
    batch.appendAside(mark.map { list.batch.text(cells[$0]) } ?? "", origin: origin)
    batch.cells += cells
    let first = Int(row.firstCell)
    if !list.batch.places.isEmpty {
      let place = mark.map { list.batch.places[first + $0] }
      let own = place ?? SourcePosition(line: row.line, column: 1)
      batch.places += [own, own] + list.batch.places[first..<first + cells.count]
    }
    batch.rows.append(own)
    batch.originals.append(original(row, cells, mark))
  }

  /// The line to be mended, with no other mark in it than the one that was turned down; where blank
  /// cells mean "absent" they cannot be blanked.
  private func original(
    _ row: RowBatch.Row, _ cells: [RowBatch.Cell], _ mark: Int?
  ) -> [UInt8] {
    let text = list.batch
    guard let mark, !isComplete else { return text.filledUp(row, own, delimiter) }
    let others = Set(marks.map(\.cell)).subtracting([mark])
    var kept: [[UInt8]] = []
    for (index, cell) in cells.enumerated() where !reasons.contains(index) {
      let end = index + 1 < cells.count ? Int(cells[index + 1].origin) - 1 : Int(row.end)
      kept.append(others.contains(index) ? [] : Array(text.bytes[Int(cell.origin)..<end]))
    }
    return Array(kept.joined(separator: [delimiter.byte]))
  }
}
