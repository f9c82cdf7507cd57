internal import Events

/// The participants of a Zoom meeting: one line a person (`Total Duration`), or one line each time
/// somebody joined. A block about the meeting may stand above, or its columns before the person's.
enum ZoomReport {
  private static let most = 5_000

  /// Reads a report; throws when it has no people.
  static func read(_ input: OpenedInput) throws -> MeetingReport {
    let file = input.source.name
    let batch = input.reader.batch
    guard try input.reader.next(), batch.rows.count < most else {
      throw InputError(
        .noParticipants, file: file,
        message: batch.rows.isEmpty
          ? "'\(file)' has no rows"
          : "'\(file)' has \(most) lines or more; no meeting of a group is that large")
    }
    guard let table = participants(in: batch) else {
      throw InputError(
        .noParticipants, file: file,
        message: "'\(file)' has no table of participants with name and duration",
        hint: "download the participants of one meeting, not the list of meetings")
    }
    var report = MeetingReport(
      file: file, batch: batch, delimiter: input.reader.delimiter, header: table.rows.header,
      columns: table.columns, people: [], length: length(above: table.rows.header, in: batch))
    report.unread = table.unread
    for row in table.rows.rows {
      if table.isYes(row, table.waiting) {
        report.excluded[ToolReason.waitingRoom.rawValue, default: 0] += 1
      } else {
        report.people.append(table.attendee(row))
      }
    }
    report.completeness = MeetingCompleteness(
      batch, header: table.rows.header, tables: [table.rows], reasons: table.columns.reasons)
    report.completeness.shown = report.people.count
    return report
  }

  /// The first row that names a person and, after it, a duration.
  static func participants(in batch: RowBatch) -> ZoomTable? {
    for (index, row) in batch.rows.enumerated() {
      var table = MeetingTable(batch: batch, header: row)
      guard let columns = ZoomTable.columns(table.names) else { continue }
      table.rows = batch.rows[(index + 1)...].filter { $0.fault != nil || !table.isBlank($0) }
      return ZoomTable(rows: table, columns: columns)
    }
    return nil
  }

  /// Seconds of the meeting by the block above the people: a header with a duration, and one line.
  private static func length(above header: RowBatch.Row, in batch: RowBatch) -> Int? {
    let above = batch.rows.prefix { $0.line < header.line }
    guard above.count >= 2, let values = above.dropFirst().first, let names = above.first else {
      return nil
    }
    let block = MeetingTable(batch: batch, header: names)
    return block.names.firstIndex { $0.hasPrefix("duration") || $0.hasPrefix("varighet") }
      .flatMap { ZoomTable.minutes(block.text(values, $0)) }
  }
}

/// The table of people of a Zoom meeting.
struct ZoomTable {
  let rows: MeetingTable
  let columns: MeetingReport.Columns
  private let join: Int?
  private let leave: Int?
  private let guest: Int?
  /// Whether the line is about the waiting room.
  let waiting: Int?

  init(rows: MeetingTable, columns: MeetingReport.Columns) {
    self.rows = rows
    self.columns = columns
    let names = rows.names
    func find(_ starts: [String]) -> Int? {
      names.indices.first { index in
        index > columns.name && starts.contains { names[index].hasPrefix($0) }
      }
    }
    join = find(["join"])
    leave = find(["leave"])
    guest = find(["guest", "gjest"])
    waiting = find(["in_waiting_room", "i_venterom"])
  }

  /// Columns after the name that are none of these, nor what people answered about a recording.
  var unread: [Int] {
    let read = [join, leave, guest, waiting, columns.duration].compactMap(\.self) + columns.emails
    return rows.names.indices.filter { index in
      index > columns.name && !read.contains(index) && !columns.reasons.contains(index)
        && !rows.names[index].hasPrefix("recording_") && !rows.names[index].isEmpty
    }
  }

  /// Which column is what, or `nil` where this is no header of people.
  static func columns(_ names: [String]) -> MeetingReport.Columns? {
    let whole = ["name", "navn", "namn", "participant", "deltaker"]
    guard
      let name = names.firstIndex(where: {
        $0.hasPrefix("name_(") || $0.hasPrefix("navn_(") || whole.contains($0)
      }),
      let duration = names.indices.first(where: {
        $0 > name && (names[$0].contains("duration") || names[$0].contains("varighet"))
      })
    else { return nil }
    var columns = MeetingReport.Columns(width: names.count, name: name, duration: duration)
    columns.emails = names.indices.filter { index in
      index > name && ["mail", "e_post", "epost"].contains { names[index].contains($0) }
    }
    columns.reasons = Set(names.indices.filter { Layout.rejectColumns.contains(names[$0]) })
    return columns
  }

  func attendee(_ row: RowBatch.Row) -> MeetingReport.Attendee {
    let emails = columns.emails.filter { !rows.text(row, $0).isEmpty }.map {
      (text: rows.text(row, $0).lowercased(), cell: $0)
    }
    return MeetingReport.Attendee(
      row: row, name: ZoomTable.original(rows.text(row, columns.name)), emails: emails,
      stays: [stay(row)],
      isGuest: emails.isEmpty && isYes(row, guest))
  }

  /// `Display name (Original Name)`: the name of the account, where somebody goes by another.
  private static func original(_ name: String) -> String {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "(") else { return name }
    let inner = CellTrim.trimmed(String(name[name.index(after: open)...].dropLast()))
    // Remarks of the tool, not names: `(Host)`, `(Guest)`.
    return inner.contains(" ") && !inner.contains(",") ? inner : name
  }

  /// By the clock where it was told, for durations are rounded up to minutes; in the night on which
  /// clocks were set back, with the hour they do not tell.
  private func stay(_ row: RowBatch.Row) -> MeetingReport.Stay {
    let minutes = columns.duration.flatMap { ZoomTable.minutes(rows.text(row, $0)) }
    if minutes != nil, let join, let leave, let from = MeetingTime.moment(rows.text(row, join)),
      let to = MeetingTime.moment(rows.text(row, leave))
    {
      let span = MeetingTime.Span(join: from, leave: to)
      if let covered = MeetingTime.covered([span]) {
        var stay = MeetingReport.Stay(toldBy: minutes, span: span)
        stay.seconds = covered.seconds + stay.again
        return stay
      }
    }
    return MeetingReport.Stay(seconds: minutes)
  }

  func isYes(_ row: RowBatch.Row, _ column: Int?) -> Bool {
    guard let column else { return false }
    return ["yes", "ja", "true"].contains(rows.text(row, column).lowercased())
  }

  /// Seconds of `62` (minutes), or of a duration with its units.
  static func minutes(_ text: String) -> Int? {
    guard let minutes = Int(text) else { return MeetingTime.seconds(text) }
    return (0...1440).contains(minutes) ? minutes * 60 : nil
  }
}
