/// How contact is spread over units, and how it would be if units did not matter.
struct UnitMix {
  /// A number for each person's unit.
  let unit: [Int]
  /// Pairs of people of different units among all pairs; `nil` for fewer than two people.
  let expected: Double?
  /// Newman weight of the ties across units among that of all; `nil` where nobody met.
  let crossingContactShare: Double?

  init(_ meetings: Meetings) {
    var number: [[UInt8]: Int] = [:]
    let unit = meetings.people.map { person in
      let name = Array(person.unit.utf8)
      let known = number[name, default: number.count]
      number[name] = known
      return known
    }
    self.unit = unit
    expected = Self.crossingPairs(unit).map { crossing in
      Double(crossing) / Double(unit.count * (unit.count - 1) / 2)
    }
    // A session of n people holds contact n/2, as n(n − 1)/2 pairs with 1/(n − 1) each.
    var crossing = ExactSum()
    var people = 0
    for session in meetings.sessions {
      let units = session.present.map { unit[Int($0)] }
      guard let pairs = Self.crossingPairs(units) else { continue }
      crossing.add(Double(pairs) / Double(units.count - 1))
      people += units.count
    }
    crossingContactShare = people == 0 ? nil : crossing.value / (Double(people) / 2)
  }

  /// Pairs of different units; `nil` for fewer than two people.
  private static func crossingPairs(_ units: [Int]) -> Int? {
    guard units.count > 1 else { return nil }
    // Runs of equal units, so that a session costs its size and not the number of units.
    var pairs = units.count * (units.count - 1) / 2
    var run = 0
    var last = -1
    for unit in units.sorted() {
      run = unit == last ? run + 1 : 0
      last = unit
      pairs -= run
    }
    return pairs
  }
}
