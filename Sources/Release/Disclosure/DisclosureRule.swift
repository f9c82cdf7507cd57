/// When a figure, or what can be derived from published ones, may be known outside.
enum DisclosureRule: Equatable {
  /// A count of people: a true zero, or at least the count threshold.
  case count
  /// A figure about persons: enough people behind it.
  case value
  /// A share of persons: also neither "nearly nobody" nor "nearly everybody".
  case shareOfPeople
  /// A survey figure: also no answer class that holds everybody, or all but one.
  case answers
  /// The same for a share of persons from a survey.
  case shareOfAnswers
  /// A figure about sessions or plans: at least two groups, so that it is nobody's mark.
  case process
  /// A distribution: every class empty or large enough, and none that holds nearly everybody.
  case distribution

  func allows(_ mass: Mass, _ options: ReleaseOptions) -> Bool {
    let few = 1..<options.countThreshold
    let enough = mass.people >= options.valueThreshold
    switch self {
    case .count:
      return !few.contains(mass.people)
    case .value:
      return enough
    case .shareOfPeople:
      return enough && !few.contains(mass.inClass) && !few.contains(mass.ofPeople - mass.inClass)
    case .answers:
      return enough && !Self.isNearlyUnanimous(mass.classes)
    case .shareOfAnswers:
      return enough && !few.contains(mass.inClass) && !few.contains(mass.ofPeople - mass.inClass)
        && !Self.isNearlyUnanimous([mass.inClass, mass.ofPeople - mass.inClass])
    case .process:
      return mass.groups >= 2 && (mass.people == 0 || enough)
    case .distribution:
      return enough && !mass.classes.contains(where: few.contains)
        && !Self.isNearlyUnanimous(mass.classes)
    }
  }

  /// The group-attribute rule: one class holds everybody, or all but fewer than two. Then each of
  /// them is known, however many they are.
  static func isNearlyUnanimous(_ classes: [Int]) -> Bool {
    let total = classes.reduce(0, +)
    guard total > 0, let largest = classes.max() else { return false }
    return total - largest < 2
  }
}
