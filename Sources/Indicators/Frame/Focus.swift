/// Whose figures have changed, where not everybody's have: what happens in a group counts for the
/// group, for the units of the people concerned, and always for the whole.
public struct Focus: Sendable, Equatable {
  public let groups: Set<String>
  /// With all units above them.
  public let units: Set<String>

  public init(groups: Set<String>, units: Set<String>) {
    self.groups = groups
    self.units = units
  }

  func includes(_ gathering: Gathering) -> Bool {
    switch gathering {
    case .group(let code): groups.contains(code)
    case .unit(let code): units.contains(code)
    case .whole: true
    }
  }
}
