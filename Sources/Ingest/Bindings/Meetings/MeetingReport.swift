/// A meeting as its tool reports it: who was there, and when.
struct MeetingReport {
  /// Which cells of a line about somebody say what.
  struct Columns: Equatable {
    /// How many there are.
    var width: Int
    var name: Int
    var emails: [Int] = []
    var duration: Int?
    /// Columns a file of rejected rows has added.
    var reasons: Set<Int> = []
  }

  /// One line about somebody, and all the times they were there.
  struct Attendee {
    var row: RowBatch.Row
    var name: String
    var emails: [(text: String, cell: Int)]
    var stays: [Stay]
    /// Whether another table of the report tells these.
    var hasOtherStays = false
    /// Whether the tool says that they are not the institution's.
    var isGuest: Bool
    /// Further lines they were put together from.
    var further: [RowBatch.Row] = []

    var lines: [RowBatch.Row] { [row] + further }
  }

  /// One time of being there; what cannot be read is `nil`.
  struct Stay {
    var seconds: Int?
    var span: MeetingTime.Span?
    /// Seconds the clocks showed twice during it.
    var again = 0
  }

  /// How long stays were together: overlapping ones count once. `nil` where any of it is unknown.
  static func seconds(of stays: [Stay]) -> Int? {
    let parts = stays.compactMap(\.seconds)
    guard !parts.isEmpty, parts.count == stays.count else { return nil }
    let sum = parts.reduce(0, +)
    let spans = stays.compactMap(\.span)
    guard spans.count == stays.count, let covered = MeetingTime.covered(spans) else { return sum }
    // A span from the first to the last moment may have gaps the tool has left out of the seconds.
    return min(sum, covered.seconds + (stays.map(\.again).max() ?? 0))
  }

  let file: String
  /// Columns of the people's table of which nothing is made.
  var unread: [Int] = []
  var batch: RowBatch
  var delimiter: Delimiter
  /// The line above the people.
  var header: RowBatch.Row
  var columns: Columns
  var people: [Attendee]
  /// How long the meeting was, where the report itself says so.
  var length: Int?
  /// Lines that are nobody's attendance; by reason.
  var excluded: [String: Int] = [:]
  var sha256: String?
  /// What tells whether it shows everybody.
  var completeness = MeetingCompleteness()

  /// The texts of the header, folded, to compare reports by.
  private var names: [String] {
    batch.cells(of: header).map { ColumnName.folded(batch.text($0)) }
  }

  /// Whether this was given back: it has the lines of all reports of the meeting.
  var isGivenBack: Bool {
    let name = file.split(separator: "/").last ?? ""
    return !columns.reasons.isEmpty || [".rejected", ".mended"].contains { name.contains($0) }
  }

  /// Several reports of one meeting as one; people stand in it as often as they stand in them.
  static func merged(_ reports: [MeetingReport]) throws -> MeetingReport {
    guard reports.count > 1 else { return reports[0] }
    var whole = reports[0]
    let batch = RowBatch()
    whole.batch = batch
    whole.people = []
    whole.excluded = [:]
    for report in reports {
      guard report.names == reports[0].names, report.columns == reports[0].columns else {
        throw InputError(
          .partsDiffer, file: report.file,
          message: "the columns of '\(report.file)' are not those of '\(reports[0].file)'")
      }
      let moved = batch.append(report.batch, from: report.file)
      whole.people += report.people.map { person in
        var person = person
        moved(&person.row)
        return person
      }
      whole.excluded.merge(report.excluded) { $0 + $1 }
    }
    let lengths = reports.compactMap(\.length)
    whole.length = lengths.count == reports.count ? lengths.reduce(0, +) : nil
    return whole
  }
}

extension RowBatch {
  /// Adds the rows of another batch; answers how a row of that one becomes one of this.
  fileprivate func append(_ other: RowBatch, from file: String) -> (inout Row) -> Void {
    let base = (bytes: Int32(bytes.count), aside: Int32(aside.count), cells: Int32(cells.count))
    bytes += other.bytes
    aside += other.aside
    places += other.places
    cells += other.cells.map { cell in
      var cell = cell
      cell.start += cell.isAside ? base.aside : base.bytes
      cell.end += cell.isAside ? base.aside : base.bytes
      cell.origin += base.bytes
      return cell
    }
    let move = { (row: inout Row) in
      row.firstCell += base.cells
      row.start += base.bytes
      row.end += base.bytes
      row.fault?.offset += base.bytes
    }
    for row in other.rows {
      var row = row
      move(&row)
      rows.append(row)
      files.append(file)
    }
    return move
  }
}

extension MeetingReport.Stay {
  /// A stay with the duration the tool gives it. Of a night on which clocks were set back the times
  /// tell an hour less than the duration: that hour was there twice.
  init(toldBy seconds: Int?, span: MeetingTime.Span?) {
    self.init(seconds: seconds, span: span)
    guard let seconds, let span, span.join.day == span.leave.day,
      span.join.second < 3 * 3_600, span.leave.second >= 3_600
    else { return }
    let surplus = seconds - (span.leave.second - span.join.second)
    if (3_540...3_660).contains(surplus) { again = 3_600 }
  }
}
