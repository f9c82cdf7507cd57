internal import EventLog
internal import Events

/// The people of a meeting as rows of attendance: the lines of the report with five more cells in
/// front, which are status, minutes, whether a guest, and the id and the address to match by.
struct MeetingAttendance {
  private static let added = 5

  private let report: MeetingReport
  private let session: Register.SessionEntry
  private let binding: MeetingBinding
  private let register: Register
  private let matcher: PersonMatcher
  private let disclosure: Disclosure
  private let sessions: SessionDirectory
  /// Why the reports may not show everybody, where something speaks for it.
  private let lack: String?

  /// - Parameters:
  ///   - report: all reports of the meeting as one.
  ///   - lack: why they may not show everybody.
  init(
    _ report: MeetingReport, lacking lack: String?, _ session: Register.SessionEntry,
    _ binding: MeetingBinding, _ setting: BindingSetting
  ) {
    self.report = report
    self.lack = lack
    self.session = session
    self.binding = binding
    register = setting.register
    matcher = setting.matcher
    disclosure = setting.disclosure
    sessions = setting.sessions
  }

  /// What there is to record and to tell.
  struct Rows {
    let batch = RowBatch()
    var notes = ReaderNotes()
    /// The row each attendee of the report became part of.
    var ofAttendees: [Int: Int] = [:]
  }

  /// Everybody who took part, and, if the binding says so, the members who did not.
  mutating func rows() throws -> Rows {
    var rows = Rows()
    rows.batch.bytes = report.batch.bytes
    rows.batch.aside = report.batch.aside
    rows.notes.excluded = report.excluded
    let found = try MeetingPeople(report.people, group: session.group, matcher, register)
    let length = length(found.people)
    for person in found.people {
      if person.isExternal {
        rows.notes.externalGuests += 1
      } else {
        for number in person.attendees { rows.ofAttendees[number] = rows.batch.rows.count }
        append(person, length, to: &rows)
      }
    }
    if binding.isComplete { try complete(found, &rows) }
    return rows
  }

  /// Seconds the session took: as recorded, or from the first join to the last leave, or as the
  /// report says, or as long as the one who stayed longest.
  private func length(_ people: [MeetingPeople.Person]) -> Int? {
    if let minutes = session.minutes { return minutes * 60 }
    let spans = people.flatMap(\.stays).compactMap(\.span)
    let again = people.flatMap(\.stays).map(\.again).max() ?? 0
    return MeetingTime.covered(spans).map { $0.length + again } ?? report.length
      ?? people.compactMap(\.seconds).max()
  }

  private func append(_ person: MeetingPeople.Person, _ length: Int?, to rows: inout Rows) {
    let cells = Array(report.batch.cells(of: person.row))
    let first = Int(person.row.firstCell)
    let place = report.columns.duration.flatMap { $0 < cells.count ? first + $0 : nil }
    let seconds = person.seconds.map { min($0, report.length ?? $0) }
    let target = rows.batch
    let row = begin(person.row, in: target)
    add(binding.presence.status(seconds: seconds, of: length), from: place, row, target)
    add(seconds.map { String($0 / 60) } ?? "", from: place, row, target)
    add(isGuest(person) ? "yes" : "", from: nil, row, target)
    add("", from: nil, row, target)
    add(person.email?.text ?? "", from: person.email.map { first + $0.cell }, row, target)
    target.cells += cells
    if !report.batch.places.isEmpty {
      target.places += report.batch.places[first..<first + cells.count]
    }
    target.rows.append(row)
    let isSound = row.fault == nil && cells.count == report.columns.width
    if seconds == nil, isSound { rows.notes.warnings.append(unknown(row, place, target)) }
  }

  /// Whether somebody known came who is no member, and the binding counts them as guests.
  private func isGuest(_ person: MeetingPeople.Person) -> Bool {
    guard binding.takesVisitors, let subject = person.subject,
      let day = session.heldOn ?? session.plannedOn
    else { return false }
    return !register.enrolments(of: subject).contains {
      $0.group == session.group && $0.covers(day)
    }
  }

  /// That nobody can tell how long somebody was there.
  private func unknown(_ row: RowBatch.Row, _ place: Int?, _ target: RowBatch) -> Diagnostic {
    let origin = place.map { report.batch.cells[$0].origin } ?? row.start
    let position = target.position(of: origin, in: row)
    let text = place.map { CellTrim.trimmed(report.batch.text(report.batch.cells[$0])) }
    let hint =
      switch text {
      case nil: "the report does not say when they left: download it after the meeting"
      case .some(let text) where text.isEmpty || text == "-":
        "tools hide the times of people who opted out"
      default: IngestCode.durationUnknown.hint
      }
    let excerpt = target.excerpt(around: origin, row, layout, disclosure)
    return Diagnostic(
      .durationUnknown, file: target.file(of: row) ?? report.file, line: position.line,
      column: position.column,
      message: "how long this person was there is not known; the status is 'unknown'", hint: hint,
      excerpt: excerpt.text, caret: excerpt.caret)
  }

  /// Members who are not in the report were absent, unless it may not show everybody, or one of them
  /// may be somebody in it whom nobody recognised. What a person has recorded of them, for example that
  /// they were excused, stays.
  private func complete(_ found: MeetingPeople, _ rows: inout Rows) throws {
    guard let day = session.heldOn ?? session.plannedOn, session.status != "cancelled" else {
      return
    }
    if let lack {
      return warn(
        lack,
        "download the report again and send all of it; if it is whole, send who was absent as"
          + " rows of attendance", &rows)
    }
    guard let seen = found.subjects else {
      return warn("somebody in the report was not recognised", nil, &rows)
    }
    let there = Set(seen.map(register.merges.current))
    let missing = register.members(of: session.group, on: day)
      .filter { !there.contains(register.merges.current($0)) }
    let recorded = try sessions.attendanceRecorded(
      at: session.code, of: missing.flatMap(register.merges.all))
    for member in missing {
      guard recorded.isDisjoint(with: register.merges.all(of: member)) else {
        rows.notes.excluded["members not in the report whose attendance is recorded", default: 0] +=
          1
        continue
      }
      if let purpose = register.programmes[session.programme]?.consent["attendance"],
        !register.hasConsented(member, to: purpose, in: session.programme, on: day)
      {
        rows.notes.excluded["absent members without consent", default: 0] += 1
        continue
      }
      let row = begin(report.header, in: rows.batch)
      add("absent", from: nil, row, rows.batch)
      for _ in 0..<2 { add("", from: nil, row, rows.batch) }
      add(matcher.id(ofMember: member), from: nil, row, rows.batch)
      for _ in 0...report.columns.width { add("", from: nil, row, rows.batch) }
      rows.batch.rows.append(row)
    }
  }

  private func warn(_ reason: String, _ hint: String?, _ rows: inout Rows) {
    rows.notes.warnings.append(
      Diagnostic(
        .membersUnsettled, file: report.file,
        message: "nothing is said of members of '\(session.group)' who are not in the report:"
          + " \(reason)", hint: hint))
  }

  /// A row that has its place in the report and cells of its own.
  private func begin(_ row: RowBatch.Row, in target: RowBatch) -> RowBatch.Row {
    var own = row
    own.firstCell = Int32(target.cells.count)
    own.cellCount =
      Int32(MeetingAttendance.added)
      + (row.start == report.header.start ? Int32(report.columns.width) : row.cellCount)
    if let file = report.batch.file(of: row) { target.files.append(file) }
    return own
  }

  /// Adds a cell that was worked out from the one at `place`, or from the line as a whole.
  private func add(
    _ text: String, from place: Int?, _ row: RowBatch.Row, _ target: RowBatch
  ) {
    target.appendAside(text, origin: place.map { report.batch.cells[$0].origin } ?? row.start)
    guard !report.batch.places.isEmpty else { return }
    target.places.append(
      place.map { report.batch.places[$0] } ?? SourcePosition(line: row.line, column: 1))
  }

  /// Where attendance finds its columns in these rows.
  var layout: Layout {
    let added = MeetingAttendance.added
    var layout = Layout(
      columns: AttendanceKind().columns.count, width: report.columns.width + added)
    layout.added = added
    layout.isMade = true
    layout.fix(AttendanceKind.At.session, to: session.code)
    layout.sources[AttendanceKind.At.status] = 0
    layout.sources[AttendanceKind.At.minutes] = 1
    layout.sources[AttendanceKind.At.guest] = 2
    layout.sources[AttendanceKind.At.personID] = 3
    layout.sources[AttendanceKind.At.email] = 4
    layout.sources[AttendanceKind.At.name] = report.columns.name + added
    layout.identifying = Set((report.columns.emails + [report.columns.name]).map { $0 + added })
    if !report.columns.reasons.isEmpty {
      // The cells put in front do not stand in the file.
      layout.reasons = Set(report.columns.reasons.map { $0 + added }).union(0..<added)
    }
    return layout
  }
}
