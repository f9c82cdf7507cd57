/// The rows of a survey's file that are responses: previews, unfinished ones and rows of other
/// forms are left out and counted.
final class SurveyRows: RowReader {
  /// Why a row is left out, `nil` where it is not; `text` gives the text of a cell by its index.
  typealias Rule = (_ text: (Int) -> String) -> LeftOutRow?

  private let base: any RowReader
  private let rule: Rule?
  private let width: Int
  private var subject: RecordSubject?
  private var notes = ReaderNotes()
  /// Whether the reader holds rows already that nobody has taken.
  private var isAhead: Bool

  /// - Parameter subject: fills in who a row is about, where other rows say so.
  init(
    _ base: any RowReader, width: Int, isAhead: Bool = false, rule: Rule? = nil,
    subject: RecordSubject? = nil
  ) {
    self.subject = subject
    self.base = base
    self.width = width
    self.isAhead = isAhead
    self.rule = rule
  }

  var batch: RowBatch { base.batch }
  var gaveUp: Bool { base.gaveUp }
  var delimiter: Delimiter { base.delimiter }
  var encoding: EncodingChoice? { base.encoding }
  var form: String? { base.form }
  var rejectsForm: RejectsForm { base.rejectsForm }

  func next(atMost count: Int?) throws -> Bool {
    while true {
      batch.filled.removeAll()
      if isAhead {
        isAhead = false
      } else if try !base.next(atMost: count) {
        return false
      }
      // Rows that are left out say it, too.
      subject?.fill(batch, width: width)
      leaveOut()
      if !batch.rows.isEmpty || !batch.withdrawn.isEmpty { return true }
    }
  }

  private func leaveOut() {
    batch.withdrawn.removeAll(keepingCapacity: true)
    guard let rule else { return }
    var kept: [Int] = []
    for (index, row) in batch.rows.enumerated() {
      // What the reader has against a row is told, whatever the row says of itself; and so is a row
      // that falls short: there is no telling which cells it lacks.
      if row.fault == nil, Int(row.cellCount) >= width, batch.objections[index] == nil,
        let left = rule({ CellTrim.trimmed(batch.text(batch.cells[Int(row.firstCell) + $0])) })
      {
        notes.excluded[left.reason, default: 0] += 1
        if let hint = left.hint { notes.hints[left.reason] = hint }
        batch.withdrawn.append(row)
      } else {
        kept.append(index)
      }
    }
    batch.keep(kept)
  }

  func takeNotes() -> ReaderNotes {
    var notes = base.takeNotes()
    notes.excluded.merge(self.notes.excluded) { $0 + $1 }
    notes.hints.merge(self.notes.hints) { $1 }
    self.notes = ReaderNotes()
    return notes
  }
}

/// Why a row of a survey's file is no response.
struct LeftOutRow: ExpressibleByStringLiteral {
  var reason: String
  /// What to do about it, where it should have been one.
  var hint: String?

  init(_ reason: String, hint: String? = nil) {
    self.reason = reason
    self.hint = hint
  }

  init(stringLiteral reason: String) { self.init(reason) }

  init(_ reason: ToolReason) { self.init(reason.rawValue) }
}
