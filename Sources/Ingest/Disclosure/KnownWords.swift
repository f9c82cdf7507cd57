/// Words that stand in files whoever wrote them: values the kinds' columns take, their names, yes and
/// no, and what tools write where there is nothing.
enum KnownWords {
  static let ofKinds: Set<String> = {
    var words = Set(choices.flatMap(\.spellings))
    for kind in RecordKinds.all {
      for column in kind.columns { words.formUnion([column.name] + column.aliases) }
    }
    words.formUnion([
      "yes", "no", "ja", "nei", "true", "false", "sann", "usann", "y", "n", "x", "j",
      "null", "na", "n/a", "-", "--",
    ])
    return Set(words.map(folded))
  }()

  private static let choices: [Choices] = [
    SessionKind.statuses, SessionKind.modes, SessionKind.cancelReasons, SessionKind.principle,
    SupportActKind.kinds, SupportActKind.levels, ConsentKind.purposes, ConsentKind.methods,
    AttendanceKind.statuses, AttendanceKind.reasons, EnrolmentKind.roles,
    EnrolmentKind.leaveReasons, EnrolmentKind.recruitment, ObservationKind.steps,
    ObservationKind.forms,
  ]

  static func folded(_ text: String) -> String { ColumnName.folded(text) }
}

extension Choices {
  /// Every word that is understood.
  fileprivate var spellings: [String] { words.map { String(decoding: $0.bytes, as: UTF8.self) } }
}
