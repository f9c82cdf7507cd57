/// What stands behind a figure, as far as disclosure control has to know it.
///
/// The mass of several cells taken together is the mass of what an attacker gets by subtracting
/// published cells from a total; so one rule serves both for a cell and for what can be derived.
struct Mass: Equatable {
  var people = 0
  var groups = 0
  /// People in the class a share counts, and people it is a share of; 0 where it is none.
  var inClass = 0
  var ofPeople = 0
  /// People per answer class of an item, lowest answer first; empty where there is none.
  var classes: [Int] = []

  /// Disjoint parts: everything adds up.
  static func + (left: Mass, right: Mass) -> Mass {
    Mass(
      people: left.people + right.people, groups: left.groups + right.groups,
      inClass: left.inClass + right.inClass, ofPeople: left.ofPeople + right.ofPeople,
      classes: zipped(left.classes, right.classes, +))
  }

  /// Parts that may be the same people again (months of a term, items of a scale): no more people
  /// than the largest part has.
  func overlapping(_ other: Mass) -> Mass {
    Mass(
      people: max(people, other.people), groups: max(groups, other.groups),
      inClass: max(inClass, other.inClass), ofPeople: max(ofPeople, other.ofPeople))
  }

  /// What is left of a total; parts that overlap never leave less than nothing.
  static func - (left: Mass, right: Mass) -> Mass {
    Mass(
      people: max(0, left.people - right.people), groups: max(0, left.groups - right.groups),
      inClass: max(0, left.inClass - right.inClass),
      ofPeople: max(0, left.ofPeople - right.ofPeople),
      classes: zipped(left.classes, right.classes) { max(0, $0 - $1) })
  }

  private static func zipped(_ left: [Int], _ right: [Int], _ combine: (Int, Int) -> Int) -> [Int] {
    if left.isEmpty && right.isEmpty { return [] }
    return (0..<max(left.count, right.count)).map {
      combine($0 < left.count ? left[$0] : 0, $0 < right.count ? right[$0] : 0)
    }
  }
}
