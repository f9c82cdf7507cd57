/// Which unit lies within which: a department's people are its faculty's people too.
public struct UnitTree: Sendable, Equatable {
  private let parents: [String: String]

  /// - Parameter parents: the unit above each unit that has one.
  public init(parents: [String: String] = [:]) { self.parents = parents }

  /// The unit itself and all units above it, from the bottom up.
  func lineage(of unit: String) -> [String] {
    var lineage = [unit]
    // A definition has no cycles, but a database that was edited might.
    while let parent = parents[lineage[lineage.count - 1]], !lineage.contains(parent) {
      lineage.append(parent)
    }
    return lineage
  }
}
