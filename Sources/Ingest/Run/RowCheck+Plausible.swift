internal import Events

/// Values that can be true, and more often are slips.
extension RowCheck {
  /// From so many minutes beyond the session's length on somebody's time there is doubtful: people come
  /// early and stay on.
  private static let beyond = 60

  /// Warns of minutes that do not go with the session's length, or with having been away. What a
  /// tool's binding makes of somebody's minutes is its rule, however many they are.
  mutating func expectPlausible(
    _ minutes: Int, _ status: String?, _ session: Register.SessionEntry, at column: Int
  ) {
    if let length = session.minutes, minutes > length + RowCheck.beyond {
      report(
        .implausible, column,
        "'\(columns[column].name)' is \(minutes), and session '\(session.code)' took \(length)")
    }
    guard minutes > 0, !layout.isMade, status == "absent" || status == "excused" else { return }
    report(
      .implausible, column,
      "'\(columns[column].name)' is \(minutes) for somebody who was not there")
  }

  /// Warns of a day on which something took place and that has not come yet. A day ahead it may be
  /// already, elsewhere.
  mutating func expectPast(_ day: CivilDate?, _ column: Int) {
    guard let day, let today = context.today, day > today.adding(days: 1) else { return }
    report(
      .implausible, column, "'\(columns[column].name)' is \(day), and today is \(today)")
  }
}
