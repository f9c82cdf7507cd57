/// What is known of one member's attendance of one group's held sessions on the days of
/// some periods. Expected are the sessions held on days of membership.
public struct AttendanceTally: Sendable, Equatable {
  /// Rank of the person's id, see `Membership.person`.
  public var person: Int
  public var group: String
  public var unit: String
  /// Indexes of the calendar's periods it counts for.
  public var periods: [Int]
  public var expected: Int
  /// Of the expected ones, those with a known status; `unknown` is not one.
  public var recorded: Int
  /// Of the recorded ones.
  public var excused: Int
  /// Of the recorded ones: present, late or partial.
  public var present: Int

  public init(
    person: Int, group: String, unit: String, periods: [Int], expected: Int, recorded: Int,
    excused: Int, present: Int
  ) {
    self.person = person
    self.group = group
    self.unit = unit
    self.periods = periods
    self.expected = expected
    self.recorded = recorded
    self.excused = excused
    self.present = present
  }
}
