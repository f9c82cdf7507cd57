public import Events

/// A person's fixed place in a group: participant, facilitator, mentor or mentee. Guests,
/// observers and leaders have none.
public struct Membership: Sendable, Hashable {
  /// Rank of the person's id among all ids in UTF-8 byte order; stands for the person in all
  /// computing, so that the order of resampling never depends on the order of loading.
  public let person: Int
  public let group: String
  public let unit: String
  public let joinedOn: CivilDate
  /// The first day no longer a member.
  public let leftOn: CivilDate?

  public init(
    person: Int, group: String, unit: String, joinedOn: CivilDate, leftOn: CivilDate?
  ) {
    self.person = person
    self.group = group
    self.unit = unit
    self.joinedOn = joinedOn
    self.leftOn = leftOn
  }

  func isActive(in period: Period) -> Bool { period.overlaps(from: joinedOn, until: leftOn) }

  func isActive(on day: CivilDate) -> Bool {
    guard joinedOn <= day else { return false }
    guard let leftOn else { return true }
    return day < leftOn
  }
}
