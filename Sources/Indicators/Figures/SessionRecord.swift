public import Events

/// One dated meeting of a group, as planned and as it came to be.
public struct SessionRecord: Sendable, Equatable {
  /// What became of the plan.
  public enum Status: String, Sendable {
    case planned, held, cancelled
  }

  public var group: String
  public var status: Status
  /// `nil`: an extra session nobody had planned.
  public var plannedOn: CivilDate?
  /// Known for held sessions.
  public var heldOn: CivilDate?

  public init(group: String, status: Status, plannedOn: CivilDate?, heldOn: CivilDate?) {
    self.group = group
    self.status = status
    self.plannedOn = plannedOn
    self.heldOn = heldOn
  }

  /// The day the session was held, if it was.
  var day: CivilDate? { status == .held ? heldOn : nil }
}
