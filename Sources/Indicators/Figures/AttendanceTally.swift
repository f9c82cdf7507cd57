/// What is known of one member's attendance of one group's held sessions in a segment of the
/// calendar. Expected are the sessions held on days of membership.
public struct AttendanceTally: Sendable, Equatable {
  /// Rank of the person's id, see `Membership.person`.
  public var person: Int
  public var group: String
  public var unit: String
  /// Index into the calendar's segments.
  public var segment: Int
  public var expected: Int
  /// Of the expected ones, those with a known status; `unknown` is not one.
  public var recorded: Int
  /// Of the recorded ones.
  public var excused: Int
  /// Of the recorded ones: present, late or partial.
  public var present: Int

  public init(
    person: Int, group: String, unit: String, segment: Int, expected: Int, recorded: Int,
    excused: Int, present: Int
  ) {
    self.person = person
    self.group = group
    self.unit = unit
    self.segment = segment
    self.expected = expected
    self.recorded = recorded
    self.excused = excused
    self.present = present
  }
}
