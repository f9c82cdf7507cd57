internal import Events

/// A meeting in Teams that was a session: its attendance report becomes attendance.
struct TeamsMeeting: Sendable {
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

  /// The session the report is about.
  func session(in register: Register, file: String) throws -> Register.SessionEntry {
    if let entry = register.sessions[session.text] { return entry }
    let known = register.sessions.count <= 20_000 ? Array(register.sessions.keys) : []
    throw InputError([
      Diagnostic(
        .bindingReference, file: file, line: session.line, column: session.column,
        message: "session '\(session.text)' is not known",
        hint: nearest(to: session.text, among: known).map { "did you mean '\($0)'?" }
          ?? IngestCode.unknownSession.hint)
    ])
  }
}
