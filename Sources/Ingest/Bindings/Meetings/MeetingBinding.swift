internal import Events
internal import Glibc

/// What the bindings of all meeting tools say: which session it was, when somebody was present,
/// whether the rest of the group was absent, and which other reports are about the same meeting.
struct MeetingBinding: Sendable {
  var session: BoundText
  var presence: PresenceRule
  /// Whether members of the group who are not in the report were absent; otherwise nothing is
  /// said of them.
  var isComplete: Bool
  /// Whether known people who are no members of the group are recorded as guests.
  var takesVisitors: Bool
  /// Other reports of the same meeting, as the binding names them.
  var parts: [BoundText]
  /// Columns of the report that are not needed.
  var drop: [BoundText]

  /// Reads the members and closes the reader.
  init(_ reader: inout BindingReader) throws {
    _ = reader.text("kind", oneOf: ["attendance"])
    let session = reader.bound("session")
    presence = PresenceRule(&reader)
    let members = reader.bound("members", required: false)
    if let members, members.text != "complete" {
      reader.report(
        .bindingKey, members, "'members': '\(members.text)' is not known",
        hint: "known is complete; without it nothing is said of members who are not in the report")
    }
    isComplete = members != nil
    let visitors = reader.bound("visitors", required: false)
    if let visitors, visitors.text != "guest" {
      reader.report(
        .bindingKey, visitors, "'visitors': '\(visitors.text)' is not known",
        hint: "known is guest; without it people who are no members are turned down")
    }
    takesVisitors = visitors != nil
    parts = reader.list("parts")
    drop = reader.list("drop")
    try reader.close()
    guard let session else { throw InputError(reader.found) }
    self.session = session
  }

  /// The session the report is about.
  func session(in sessions: SessionDirectory, file: String) throws -> Register.SessionEntry {
    if let entry = try sessions.entry(named: session.text) { return entry }
    throw InputError([try session.unknownSession(in: sessions, file: file)])
  }

  /// Checks that the session is known and that the other reports are there.
  func check(_ sessions: SessionDirectory, binding file: String) throws {
    _ = try session(in: sessions, file: file)
    for part in parts { try part.opened(beside: file) { _ = try ByteSource(path: $0) } }
  }

  /// Reads a report and the other parts of it, each with `read`, as attendance.
  ///
  /// - Parameter delimiters: to be tried in turn until there are people; `nil` is what the first line
  ///   looks like.
  func open(
    _ file: String, _ setting: BindingSetting, _ delimiters: [Delimiter?],
    read: (OpenedInput) throws -> MeetingReport
  ) throws -> BoundInput {
    let session = try session(in: setting.sessions, file: setting.binding)
    let told = setting.options.delimiter.map { [$0] } ?? delimiters
    let (input, report) = try MeetingBinding.open(file, setting.options, told, read)
    var reports = [report]
    // What was given back holds the lines of the parts already.
    let parts = report.isGivenBack ? [] : self.parts(beside: file, binding: setting.binding)
    for part in parts {
      let (other, report) = try part.opened(beside: setting.binding) { path in
        try MeetingBinding.open(path, setting.options, told, read)
      }
      reports.append(report)
      try other.source.drain()
      reports[reports.count - 1].sha256 = other.source.sha256
    }
    let complaints = reports.compactMap { MeetingDay(session)?.complaint(about: $0) }
    if complaints.contains(where: { $0.severity == .error }) { throw InputError(complaints) }
    let whole = try MeetingReport.merged(reports)
    let lack = reports.lazy.compactMap(\.completeness.lack).first
    var attendance = MeetingAttendance(whole, lacking: lack, session, self, setting)
    var rows = try attendance.rows()
    rows.notes.warnings.insert(contentsOf: complaints + unread(in: reports), at: 0)
    let lines = MeetingLines(reports, rows: rows.ofAttendees)
    return BoundInput(
      source: input.source, reader: MeetingReader(rows, of: input.reader, reports),
      layout: attendance.layout, kind: AttendanceKind(), header: lines.header(whole.length),
      whole: lines)
  }

  /// Columns of which nothing is made and that the binding does not drop. They are told by their
  /// place: where cells are shifted, a heading may be anybody's name.
  private func unread(in reports: [MeetingReport]) -> [Diagnostic] {
    var told = Set(drop.map { ColumnName.folded($0.text) })
    return reports.flatMap { report in
      let names = MeetingTable(batch: report.batch, header: report.header).names
      return report.unread.filter { told.insert(names[$0]).inserted }.map { index in
        let cell = report.batch.cells[Int(report.header.firstCell) + index]
        let place = report.batch.position(of: cell.origin, in: report.header)
        return Diagnostic(
          .columnUnread, file: report.file, line: place.line, column: place.column,
          reference: place.reference, message: "nothing is made of column \(index + 1)")
      }
    }
  }

  private static func open(
    _ file: String, _ options: IngestOptions, _ delimiters: [Delimiter?],
    _ read: (OpenedInput) throws -> MeetingReport
  ) throws -> (OpenedInput, MeetingReport) {
    var options = options
    options.delimiter = delimiters.first ?? nil
    let input = try OpenedInput(file, options)
    do {
      return (input, try read(input))
    } catch let error as InputError {
      // A pipe cannot be read again.
      let isEmpty = error.diagnostics.allSatisfy { $0.code == IngestCode.noParticipants.id }
      guard isEmpty, delimiters.count > 1, ByteSource.isRegularFile(file) else { throw error }
      do {
        return try open(file, options, Array(delimiters.dropFirst()), read)
      } catch is InputError {
        throw error
      }
    }
  }

  /// The files of `parts:`, which are named as seen from the binding, without the one being read.
  private func parts(beside file: String, binding: String) -> [BoundText] {
    let own = MeetingBinding.absolute(file)
    return parts.filter {
      MeetingBinding.absolute(Companion.path($0.text, beside: binding)) != own
    }
  }

  private static func absolute(_ path: String) -> String {
    guard let found = realpath(path, nil) else { return path }
    defer { free(found) }
    return String(cString: found)
  }
}

extension BoundText {
  /// That the register has no session of this code.
  func unknownSession(in sessions: SessionDirectory, file: String) throws -> Diagnostic {
    Diagnostic(
      .bindingReference, file: file, line: line, column: column,
      message: "session '\(text)' is not known",
      hint: nearest(to: text, among: try sessions.codes()).map { "did you mean '\($0)'?" }
        ?? IngestCode.unknownSession.hint)
  }
}

extension MeetingBinding {
  /// A binding to be completed by hand.
  static func draft(_ tool: String, _ title: String) -> String {
    """
    # \(title).
    tool: \(tool)
    kind: attendance
    # The code of the session it was, as in your file of sessions.
    session: SESSION
    # From how many minutes on, or from which per cent of the session, one was present.
    presence: {minutes: 10, share: 25}
    # Take the # away if members of the group who are not in the report were absent; otherwise
    # nothing is said of them.
    # members: complete
    # Take the # away if known people who are no members of the group came as its guests.
    # visitors: guest
    # Other reports of the same meeting, for example from before it was started again.
    # parts: [second-report.csv]

    """
  }
}
