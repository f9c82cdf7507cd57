/// How long one person was followed, and how that ended.
public struct FollowUp: Sendable, Equatable {
  /// From entry, in any unit; 0 for who leaves on the day of entry and so still counts as at
  /// risk then.
  public let time: Double
  /// Whether what is waited for happened at `time`. If not, the person was last seen then.
  public let isEvent: Bool

  public init(time: Double, isEvent: Bool) {
    self.time = time
    self.isEvent = isEvent
  }
}
