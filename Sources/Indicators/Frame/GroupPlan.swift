public import Events

/// A group's life and what it planned to do in a month.
public struct GroupPlan: Sendable, Equatable {
  public let code: String
  public let formedOn: CivilDate
  /// The first day the group no longer exists.
  public let dissolvedOn: CivilDate?
  /// Sessions a month that keep the plan, both ends included; `nil` for a group that has no such
  /// plan (a pair that observes each other) and cannot keep or break it.
  public let sessionsAMonth: ClosedRange<Int>?

  public init(
    code: String, formedOn: CivilDate, dissolvedOn: CivilDate?,
    sessionsAMonth: ClosedRange<Int>? = 1...2
  ) {
    self.code = code
    self.formedOn = formedOn
    self.dissolvedOn = dissolvedOn
    self.sessionsAMonth = sessionsAMonth
  }

  func exists(in period: Period) -> Bool { period.overlaps(from: formedOn, until: dissolvedOn) }
}
