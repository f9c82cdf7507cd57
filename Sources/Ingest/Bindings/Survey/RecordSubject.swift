/// Who a record of REDCap is about, where only one of its rows says so: the id stands in one form, or
/// in the row of the record itself, and the rows of other events and repetitions leave it empty.
///
/// The rows of a record follow each other; those above count. A record that says two is left as it is.
struct RecordSubject {
  /// The column that names the record, and the one that says who it is about.
  let record: Int
  let subject: Int
  private var name = ""
  private var known: Set<String> = []

  init(record: Int, subject: Int) {
    self.record = record
    self.subject = subject
  }

  /// Fills in the empty cells of rows whose record has said above whom it is about.
  ///
  /// - Parameter width: how many cells a row has that can be read.
  mutating func fill(_ batch: RowBatch, width: Int) {
    for row in batch.rows where row.fault == nil && Int(row.cellCount) >= width {
      func text(_ cell: Int) -> String {
        CellTrim.trimmed(batch.text(batch.cells[Int(row.firstCell) + cell]))
      }
      let name = text(record)
      if name != self.name {
        self.name = name
        known = []
      }
      let own = text(subject)
      guard own.isEmpty else {
        known.insert(own)
        continue
      }
      guard !name.isEmpty, known.count == 1, let found = known.first else { continue }
      let start = Int32(batch.aside.count)
      batch.aside.append(contentsOf: found.utf8)
      let place = Int(row.firstCell) + subject
      batch.cells[place] = RowBatch.Cell(
        start: start, end: Int32(batch.aside.count), origin: batch.cells[place].origin,
        isAside: true)
      batch.filled[row.firstCell] = (subject, found)
    }
  }
}
