internal import Events

/// Looks for rows of REDCap that lean on a row which does not stand above them: in a file that was
/// sorted by event or by date, they would be recorded without the person whom their record names.
///
/// Nothing is held of a record but that it has said whom it is about, or that one of its rows lacked
/// it.
struct ScatteredRecords {
  private let places: RecordSubject
  private let header: SurveyHeader
  private let rule: SurveyRows.Rule?
  private let width: Int
  private let named: LargeIDSet
  private let wanting: LargeIDSet

  /// - Parameters:
  ///   - rule: tells which rows are no responses; they may name somebody all the same.
  ///   - width: how many cells a row has that can be read.
  init(_ places: RecordSubject, _ header: SurveyHeader, _ rule: SurveyRows.Rule?, width: Int) {
    self.places = places
    self.header = header
    self.rule = rule
    self.width = width
    named = LargeIDSet(for: header.file)
    wanting = LargeIDSet(for: header.file)
  }

  /// Throws at the first row that shows it.
  ///
  /// - Parameter input: the file, of which nothing has been read.
  func check(_ input: OpenedInput) throws {
    _ = try input.header()
    var last = ""
    var isTold = false
    while try input.reader.next() {
      let batch = input.reader.batch
      for row in batch.rows where row.fault == nil && Int(row.cellCount) >= width {
        func text(_ cell: Int) -> String {
          CellTrim.trimmed(batch.text(batch.cells[Int(row.firstCell) + cell]))
        }
        let name = text(places.record)
        if name != last { (last, isTold) = (name, false) }
        guard !name.isEmpty else { continue }
        if !text(places.subject).isEmpty {
          isTold = true
          _ = try named.insert(name)
          if try wanting.contains(name) { throw found(batch, row) }
        } else if !isTold, rule?(text) == nil {
          _ = try wanting.insert(name)
          if try named.contains(name) { throw found(batch, row) }
        }
      }
    }
  }

  private func found(_ batch: RowBatch, _ row: RowBatch.Row) -> InputError {
    let (record, subject) = (header.names[places.record], header.names[places.subject])
    let place = batch.position(
      of: batch.cells[Int(row.firstCell) + places.subject].origin, in: row)
    return InputError([
      Diagnostic(
        .recordScattered, file: header.file, line: place.line, column: place.column,
        reference: place.reference,
        message: "the rows of a record do not follow the one that says in '\(subject)' whom it is"
          + " about, as if the file had been sorted",
        hint: "export the file anew and send it as it is; or sort it by '\(record)' and then by"
          + " '\(subject)', so that rows without it come last")
    ])
  }
}
