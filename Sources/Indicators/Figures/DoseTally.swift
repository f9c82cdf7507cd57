/// Minutes one person received at the sessions of one group on the days of some periods.
public struct DoseTally: Sendable, Equatable {
  /// Rank of the person's id, see `Membership.person`.
  public var person: Int
  /// The group whose sessions they were; guests have minutes in a group that is not theirs.
  public var group: String
  /// The person's unit on those days.
  public var unit: String
  /// Indexes of the calendar's periods it counts for.
  public var periods: [Int]
  /// Own minutes where recorded, else the session's length, else 0.
  public var minutes: Int
  /// Sessions attended for which neither is known, counted as 0 minutes.
  public var unmeasured: Int

  public init(
    person: Int, group: String, unit: String, periods: [Int], minutes: Int, unmeasured: Int
  ) {
    self.person = person
    self.group = group
    self.unit = unit
    self.periods = periods
    self.minutes = minutes
    self.unmeasured = unmeasured
  }
}
