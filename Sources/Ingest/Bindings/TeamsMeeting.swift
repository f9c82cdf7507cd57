internal import Events

/// A meeting in Teams that was a session: its attendance report becomes attendance.
struct TeamsMeeting: ToolBinding {
  static let tool = "teams"
  let kind = "attendance"

  /// How long one must have been there to have been present.
  struct Presence: Sendable, Equatable {
    var minutes = 10
  }

  var session: BoundText
  var presence = Presence()

  init(_ reader: inout BindingReader) throws {
    _ = reader.text("kind", oneOf: ["attendance"])
    let session = reader.bound("session")
    for entry in reader.pairs("presence", required: false) {
      if entry.key.text == "minutes", let minutes = Int(entry.value.text), minutes >= 0 {
        presence.minutes = minutes
      } else {
        reader.report(
          .bindingKey, entry.key, "'presence' takes 'minutes', a whole number")
      }
    }
    try reader.close()
    guard let session else { throw InputError(reader.found) }
    self.session = session
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    _ = try session(in: sessions, file: file)
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    let session = try session(in: setting.sessions, file: setting.binding)
    var told = setting.options
    told.delimiter = told.delimiter ?? .tab
    let input = try OpenedInput(file, told)
    let report = try TeamsReport(input)
    let meeting = try report.attendance(
      presence: presence, group: session.group, matcher: setting.matcher)
    return BoundInput(
      source: input.source, reader: MeetingReader(meeting, of: input.reader),
      layout: report.layout(session: session.code), kind: AttendanceKind(), header: report.header)
  }

  static func draft(for sample: FileSample) -> String? { nil }

  /// The session the report is about.
  func session(in sessions: SessionDirectory, file: String) throws -> Register.SessionEntry {
    if let entry = try sessions.entry(named: session.text) { return entry }
    throw InputError([
      Diagnostic(
        .bindingReference, file: file, line: session.line, column: session.column,
        message: "session '\(session.text)' is not known",
        hint: nearest(to: session.text, among: try sessions.codes()).map { "did you mean '\($0)'?" }
          ?? IngestCode.unknownSession.hint)
    ])
  }
}
