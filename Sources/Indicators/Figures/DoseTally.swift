/// Minutes one person received at the sessions of one group in a segment of the calendar.
public struct DoseTally: Sendable, Equatable {
  /// Rank of the person's id, see `Membership.person`.
  public var person: Int
  /// The group whose sessions they were; guests have minutes in a group that is not theirs.
  public var group: String
  /// The person's unit on those days.
  public var unit: String
  /// Index into the calendar's segments.
  public var segment: Int
  /// Own minutes where recorded, else the session's length, else 0.
  public var minutes: Int
  /// Sessions attended for which neither is known, counted as 0 minutes.
  public var unmeasured: Int

  public init(
    person: Int, group: String, unit: String, segment: Int, minutes: Int, unmeasured: Int
  ) {
    self.person = person
    self.group = group
    self.unit = unit
    self.segment = segment
    self.minutes = minutes
    self.unmeasured = unmeasured
  }
}
