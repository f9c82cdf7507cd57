internal import Events

/// Somewhere rows come from, some at a time: a delimited text, a workbook, a statistics file, lines
/// of JSON, or what an adapter made of one of them.
protocol RowReader: AnyObject {
  /// The rows last read; valid until the next call of `next`.
  var batch: RowBatch { get }
  /// Reads the next rows into `batch`, at most `count` of them and at most what makes one block of
  /// the log; answers whether there were any, those included that are left out of the batch's rows
  /// because the tool withdraws them. Blank rows are no rows.
  func next(atMost count: Int?) throws -> Bool
  /// Set once a row was too large to hold: there is no telling where the next one begins.
  var gaveUp: Bool { get }
  /// What stands between the cells of a row in `batch.bytes`, and in the file of rejected rows.
  var delimiter: Delimiter { get }
  /// What the bytes were taken for, where the input is text.
  var encoding: EncodingChoice? { get }
  /// The kind of file, where it is no delimited text, as a report names it: `xlsx, sheet 'Ark1'`.
  var form: String? { get }
  /// What its parts are called.
  var wording: InputWording { get }
  /// Whether its cells are members of objects in the file, under the names the header has.
  var hasMembers: Bool { get }
  /// The names of the other sheets, for whoever named the wrong one; `nil` where there are none.
  var otherSheets: String? { get }
  /// How rows that are turned down are written.
  var rejectsForm: RejectsForm { get }
  /// What there is to tell beside the rows themselves, since the last time it was asked for.
  func takeNotes() -> ReaderNotes
}

extension RowReader {
  var gaveUp: Bool { false }
  var form: String? { nil }
  var hasMembers: Bool { false }
  var otherSheets: String? { nil }
  var rejectsForm: RejectsForm { .table }
  func takeNotes() -> ReaderNotes { ReaderNotes() }
  func next() throws -> Bool { try next(atMost: nil) }

  /// As `next`, but goes on where all of the rows were left out.
  func nextRecords(atMost count: Int) throws -> Bool {
    while try next(atMost: count) { if !batch.rows.isEmpty { return true } }
    return false
  }
}

/// How the file of rejected rows is made.
enum RejectsForm: Sendable, Equatable {
  /// A header and the rows, with two more columns; in UTF-8 with a mark where the input is no text.
  case table
  /// Lines of JSON, with two more members.
  case lines
}

/// What a reader has to tell beside its rows.
struct ReaderNotes {
  var warnings: [Diagnostic] = []
  /// Warnings of the file as a whole, which stand before what concerns its rows.
  var ofFile: [Diagnostic] = []
  /// People who were there and are not the institution's; counted, not recorded.
  var externalGuests = 0
  /// Rows that are no records by the binding's own rules, for example previews; by reason.
  var excluded: [String: Int] = [:]
  /// What to do about a reason, where that should not be so.
  var hints: [String: String] = [:]
}
