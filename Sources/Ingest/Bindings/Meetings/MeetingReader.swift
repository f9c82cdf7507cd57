/// The people of a meeting, all in one batch: they are few.
final class MeetingReader: RowReader {
  let batch: RowBatch
  let delimiter: Delimiter
  let encoding: EncodingChoice?
  let form: String?
  private var notes: ReaderNotes
  private var isRead = false

  /// What was made of the reports, the first of which `reader` has read.
  init(_ rows: MeetingAttendance.Rows, of reader: some RowReader, _ reports: [MeetingReport]) {
    batch = rows.batch
    delimiter = reader.delimiter
    encoding = reader.encoding
    notes = rows.notes
    let parts = reports.dropFirst().map { "with \($0.file), sha256 \($0.sha256 ?? "")" }
    let told = (reader.form.map { [$0] } ?? []) + parts
    form = told.isEmpty ? nil : told.joined(separator: "; ")
  }

  func next(atMost count: Int?) -> Bool {
    defer { isRead = true }
    return !isRead && !batch.rows.isEmpty
  }

  func takeNotes() -> ReaderNotes {
    defer { notes = ReaderNotes() }
    return notes
  }
}
