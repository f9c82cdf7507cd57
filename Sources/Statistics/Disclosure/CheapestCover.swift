/// The cheapest elements to take until they are enough, when it is only known what is missing
/// from those that are not: least cost, then fewest elements, then the earliest ones.
///
/// Every set that is not enough teaches a set of elements of which at least one is needed. The
/// cheapest set that has one of each lesson either is enough, and then nothing cheaper is, or
/// teaches another lesson. Needs that more elements never make it worse.
///
/// Source: Moreno-Centeno & Karp (2013), The implicit hitting set approach to solve combinatorial
/// optimization problems, Operations Research 61, 453–468. doi:10.1287/opre.1120.1139
public enum CheapestCover {
  enum Outcome: Equatable {
    case found([Int])
    /// Not even all elements together are enough.
    case impossible
    /// The search was cut off.
    case exhausted
  }

  /// - Parameter costs: of the elements, at most `HittingSet.capacity`, all more than 0.
  /// - Parameter lessons: for a choice of elements, sets of which each has an element that is
  ///   needed besides; none when the choice is enough, an empty one when nothing helps.
  /// - Parameter limit: how many branches to look at in all; a lesson counts as five hundred.
  static func find(
    costs: [Int], limit: Int, lessons: ([Int]) -> [[Int]]
  ) -> Outcome {
    precondition(costs.count <= HittingSet.capacity, "one bit per element")
    var limit = limit
    var learnt: [HittingSet.Mask] = []
    while true {
      let (mask, isExhausted) = HittingSet.cheapest(hitting: learnt, costs: costs, limit: &limit)
      if isExhausted { return .exhausted }
      guard let mask else { return .impossible }
      let choice = HittingSet.elements(mask)
      let missing = lessons(choice)
      if missing.isEmpty { return .found(choice) }
      limit -= 500 * missing.count
      for lesson in missing {
        learnt.append(lesson.reduce(0) { $0 | HittingSet.bit($1) })
      }
    }
  }
}

extension CheapestCover {
  /// The cheapest elements that are enough together: least cost, then fewest elements, then the
  /// earliest ones; `nil` if not even all are.
  ///
  /// With more than 128 elements, or where the search takes too long, the cheapest are taken one
  /// by one and the superfluous ones put back: enough, but perhaps not the cheapest.
  ///
  /// - Parameter costs: of the elements, all more than 0.
  /// - Parameter isEnough: is given elements by their places, ascending. What is enough must stay
  ///   so with more elements.
  public static func find(
    costs: [Int], isEnough: ([Int]) -> Bool
  ) -> (elements: [Int], isCheapest: Bool)? {
    guard isEnough(Array(costs.indices)) else { return nil }
    let dearest = costs.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
    if costs.count <= HittingSet.capacity {
      let outcome = find(costs: costs, limit: patience) { choice in
        if isEnough(choice) { return [] }
        var useless = Set(choice)
        for element in dearest where !useless.contains(element) {
          useless.insert(element)
          if isEnough(useless.sorted()) { useless.remove(element) }
        }
        return [costs.indices.filter { !useless.contains($0) }]
      }
      if case .found(let choice) = outcome { return (choice, true) }
    }
    var kept = Set<Int>()
    for element in dearest.reversed() where !isEnough(kept.sorted()) { kept.insert(element) }
    for element in dearest where kept.contains(element) {
      kept.remove(element)
      if !isEnough(kept.sorted()) { kept.insert(element) }
    }
    return (kept.sorted(), false)
  }

  /// Branches to look at before settling for a good choice.
  static let patience = 1_000_000
}
