internal import Events

/// How long somebody has to have been in a meeting to have been present: either is enough.
///
/// The minutes themselves are recorded beside the status, so another rule can be tried later.
struct PresenceRule: Sendable, Equatable {
  /// Minutes from which on one was present.
  var minutes: Int? = 10
  /// Per cent of the session's length from which on one was present.
  var share: Int? = 25

  /// Reads `presence:`; a rule that is not named beside the other does not hold.
  init(_ reader: inout BindingReader) {
    let entries = reader.pairs("presence", required: false)
    guard !entries.isEmpty else { return }
    minutes = nil
    share = nil
    for entry in entries {
      let value = Int(entry.value.text)
      switch (entry.key.text, value) {
      case ("minutes", .some(0...1440)): minutes = value
      case ("share", .some(0...100)): share = value
      default:
        reader.report(
          .bindingKey, entry.key,
          "'presence' takes 'minutes' and 'share', whole numbers of minutes and per cent")
      }
    }
  }

  /// The status after so many seconds of a session of that length, where either is known.
  func status(seconds: Int?, of length: Int?) -> String {
    guard let seconds else { return "unknown" }
    if let minutes, seconds >= minutes * 60 { return "present" }
    if let share, let length, seconds > 0, seconds * 100 >= share * length { return "present" }
    return "absent"
  }
}
