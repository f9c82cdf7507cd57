internal import Events
internal import FoundationEssentials

extension RowCheck {
  /// Turns the row down where its programme records that kind of thing only with the person's
  /// consent, and there is none in force on the day. Rows about nobody need none.
  ///
  /// What is in the log already stays when a consent is withdrawn later: a withdrawal holds from its
  /// day on, and taking back what was recorded is a request of its own.
  mutating func expectConsent(
    of subject: UUID?, to kind: String, in programme: String?, on day: CivilDate?, at column: Int
  ) {
    guard let subject, let programme,
      let purpose = context.register.programmes[programme]?.consent[kind],
      !context.register.hasConsented(subject, to: purpose, in: programme, on: day)
    else { return }
    let when = day.map { " on \($0)" } ?? ""
    report(
      .consentMissing, column,
      "there is no consent of the person to '\(purpose)' in programme '\(programme)'\(when)")
  }
}
