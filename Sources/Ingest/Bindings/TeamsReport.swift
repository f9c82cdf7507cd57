internal import Events

/// An attendance report of a Teams meeting: a file of several tables with titles between them, in
/// the language of whoever downloaded it.
///
/// Titles and most column names are therefore no help. A table is a run of lines without a blank
/// one; which column is what is seen from what stands in it.
struct TeamsReport {
  /// One table: its header and the rows below.
  private struct Table {
    var header: RowBatch.Row
    var rows: [RowBatch.Row] = []
    var name = 0
    var duration: Int?
    var times: [Int] = []
    var emails: [Int] = []
  }

  let batch: RowBatch
  let file: String
  private let delimiter: Delimiter
  private let participants: Table
  private let activities: Table?
  private static let most = 5_000

  /// Finds the tables; throws when there is none of participants.
  init(_ input: OpenedInput) throws {
    file = input.source.name
    delimiter = input.reader.delimiter
    batch = input.reader.batch
    guard try input.reader.next() else {
      throw InputError(.noParticipants, file: file, message: "'\(file)' has no rows")
    }
    let tables = TeamsReport.tables(batch)
    guard let first = tables.first, batch.rows.count < TeamsReport.most else {
      throw InputError(
        .noParticipants, file: file,
        message: tables.isEmpty
          ? "'\(file)' has no table of participants with their durations"
          : "'\(file)' has \(TeamsReport.most) lines or more; no meeting of a group is that large")
    }
    participants = first
    activities = tables.dropFirst().first { $0.times.count >= 2 }
  }

  /// The header of the participants, as a file of rejected rows repeats it.
  var header: [UInt8] {
    batch.raw(participants.header, without: reasons, delimiter: delimiter)
  }

  /// Columns an earlier file of rejected rows added.
  private var reasons: Set<Int> {
    let names = batch.cells(of: participants.header).map { ColumnName.folded(batch.text($0)) }
    return Set(names.indices.filter { Layout.rejectColumns.contains(names[$0]) })
  }

  private static func tables(_ batch: RowBatch) -> [Table] {
    var tables: [Table] = []
    var previous: RowBatch.Row?
    for row in batch.rows {
      // A blank line or a title ends a table.
      let follows = row.cellCount > 1 && previous.map { row.line == $0.line + 1 } == true
      if follows, let table = tables.last, table.header.cellCount >= 4 {
        tables[tables.count - 1].rows.append(row)
      } else {
        tables.append(Table(header: row))
      }
      previous = row
    }
    return tables.filter { $0.header.cellCount >= 4 }.map { classify($0, batch) }
      .filter { $0.duration != nil }
  }

  /// Sees which column is what.
  private static func classify(_ table: Table, _ batch: RowBatch) -> Table {
    var table = table
    let names = batch.cells(of: table.header).map { ColumnName.folded(batch.text($0)) }
    for (index, name) in names.enumerated() {
      let texts = table.rows.filter { $0.cellCount == table.header.cellCount }.map {
        batch.text(batch.cells[Int($0.firstCell) + index])
      }.filter { !$0.isEmpty }
      let all = { (test: (String) -> Bool) in !texts.isEmpty && texts.allSatisfy(test) }
      if ["duration", "varighet", "varaktighet"].contains(where: name.contains)
        || all({ TeamsTime.seconds($0) != nil })
      {
        if table.duration == nil { table.duration = index }
      } else if all({ TeamsTime.moment($0) != nil }) {
        table.times.append(index)
      } else if name.contains("mail") || name.contains("epost") || name.contains("e_post")
        || name.contains("upn") || all({ $0.contains("@") })
      {
        table.emails.append(index)
      } else if ["name", "navn", "namn", "full_name", "fullt_navn"].contains(name) {
        table.name = index
      }
    }
    return table
  }

  /// One person of the meeting.
  private struct Participant {
    var row: RowBatch.Row
    var name: String
    var emails: [(text: String, cell: RowBatch.Cell)]
    var seconds: Int?

    var isExternal: Bool {
      let name = name.lowercased()
      if emails.isEmpty, ["guest", "gjest", "gäst"].contains(name) { return true }
      guard name.hasSuffix(")"), let open = name.lastIndex(of: "(") else { return false }
      let mark = name[name.index(after: open)...].dropLast()
      return ["ekstern", "external", "extern", "guest", "gjest", "unverified", "ikke bekreftet"]
        .contains(String(mark))
    }
  }

  /// Everybody who took part, as attendance with three more cells in front: status, minutes and
  /// the address to match by.
  func attendance(
    presence: TeamsMeeting.Presence, group: String, matcher: PersonMatcher
  ) throws -> MeetingAttendance {
    let people = folded()
    for person in people {
      for email in person.emails { matcher.want(id: nil, email: email.text) }
    }
    try matcher.lookUp()
    var meeting = MeetingAttendance()
    meeting.batch.bytes = batch.bytes
    meeting.batch.aside = batch.aside
    for person in people {
      let email = person.emails.first { matcher.knows(email: $0.text) } ?? person.emails.first
      if person.isExternal,
        try matcher.match(id: nil, email: email?.text, name: person.name, group: group)
          == .unknown
      {
        meeting.externalGuests += 1
        continue
      }
      append(person, email, presence, to: &meeting)
    }
    return meeting
  }

  private func append(
    _ person: Participant, _ email: (text: String, cell: RowBatch.Cell)?,
    _ presence: TeamsMeeting.Presence, to meeting: inout MeetingAttendance
  ) {
    let cells = Array(batch.cells(of: person.row))
    let place = participants.duration ?? 0
    let duration = place < cells.count ? cells[place].origin : person.row.start
    let target = meeting.batch
    let first = Int32(target.cells.count)
    let status: String
    switch person.seconds {
    case nil: status = "unknown"
    case .some(let seconds): status = seconds >= presence.minutes * 60 ? "present" : "absent"
    }
    target.appendAside(status, origin: duration)
    target.appendAside(person.seconds.map { String($0 / 60) } ?? "", origin: duration)
    target.appendAside(email?.text ?? "", origin: email?.cell.origin ?? person.row.start)
    target.cells.append(contentsOf: cells)
    var row = person.row
    row.firstCell = first
    row.cellCount += 3
    target.rows.append(row)
    guard person.seconds == nil else { return }
    let position = target.position(of: duration, in: row)
    meeting.warnings.append(
      Diagnostic(
        .durationUnknown, file: file, line: position.line, column: position.column,
        message: "the duration cannot be read; the status is 'unknown'",
        excerpt: target.excerpt(around: duration, row, layout(session: ""))))
  }

  /// Where attendance finds its columns in the rows made here.
  func layout(session: String) -> Layout {
    let width = Int(participants.header.cellCount)
    var layout = Layout(columns: AttendanceKind().columns.count, width: width + 3)
    layout.added = 3
    layout.fix(AttendanceKind.At.session, to: session)
    layout.sources[AttendanceKind.At.status] = 0
    layout.sources[AttendanceKind.At.minutes] = 1
    layout.sources[AttendanceKind.At.email] = 2
    layout.sources[AttendanceKind.At.name] = participants.name + 3
    layout.identifying = Set((participants.emails + [participants.name]).map { $0 + 3 })
    // The cells put in front do not stand in the file.
    if !reasons.isEmpty { layout.reasons = Set(reasons.map { $0 + 3 }).union([0, 1, 2]) }
    return layout
  }

  // MARK: Who was there, and how long

  /// One entry a person, however often they joined.
  private func folded() -> [Participant] {
    var people: [Participant] = []
    var places: [String: Int] = [:]
    let intervals = stays()
    for row in participants.rows {
      var person = participant(row, participants)
      let key = TeamsReport.key(person.name, person.emails.first?.text)
      if let stay = intervals[key], let seconds = TeamsTime.union(stay) { person.seconds = seconds }
      if let place = places[key] {
        // Already counted by the stays; without them the parts add up.
        if intervals[key] == nil {
          people[place].seconds = people[place].seconds.flatMap { known in
            person.seconds.map { known + $0 }
          }
        }
      } else {
        places[key] = people.count
        people.append(person)
      }
    }
    return people
  }

  private func participant(_ row: RowBatch.Row, _ table: Table) -> Participant {
    let cells = Array(batch.cells(of: row))
    let text = { (index: Int) in
      index < cells.count ? CellTrim.trimmed(batch.text(cells[index])) : ""
    }
    let emails = table.emails.filter { $0 < cells.count && !text($0).isEmpty }.map {
      (text: text($0).lowercased(), cell: cells[$0])
    }
    return Participant(
      row: row, name: text(table.name), emails: emails,
      seconds: table.duration.flatMap { TeamsTime.seconds(text($0)) })
  }

  /// Every join and leave of the third table; nobody with a time that cannot be read.
  private func stays() -> [String: [(join: TeamsTime.Moment, leave: TeamsTime.Moment)]] {
    guard let activities else { return [:] }
    var stays: [String: [(join: TeamsTime.Moment, leave: TeamsTime.Moment)]] = [:]
    var broken: Set<String> = []
    for row in activities.rows {
      let person = participant(row, activities)
      let key = TeamsReport.key(person.name, person.emails.first?.text)
      let cells = Array(batch.cells(of: row))
      let times = activities.times.prefix(2).filter { $0 < cells.count }
        .compactMap { TeamsTime.moment(batch.text(cells[$0])) }
      if times.count == 2 {
        stays[key, default: []].append((times[0], times[1]))
      } else {
        broken.insert(key)
      }
    }
    for key in broken { stays[key] = nil }
    return stays
  }

  private static func key(_ name: String, _ email: String?) -> String {
    email ?? "name \(name.lowercased())"
  }
}

/// The people of a meeting as rows of attendance.
struct MeetingAttendance {
  let batch = RowBatch()
  var externalGuests = 0
  var warnings: [Diagnostic] = []
}
