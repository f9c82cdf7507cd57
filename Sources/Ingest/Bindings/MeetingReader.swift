/// The people of a meeting, all in one batch: they are few.
final class MeetingReader: RowReader {
  let batch: RowBatch
  let delimiter: Delimiter
  let encoding: EncodingChoice?
  private var notes: ReaderNotes
  private var isRead = false

  /// What an adapter made of the report that `reader` has read.
  init(_ meeting: MeetingAttendance, of reader: some RowReader) {
    batch = meeting.batch
    delimiter = reader.delimiter
    encoding = reader.encoding
    notes = ReaderNotes(warnings: meeting.warnings, externalGuests: meeting.externalGuests)
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
