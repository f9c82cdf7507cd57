/// How fine a distribution of answers is shown: as fine as every class of it is safe.
enum Fineness: Int, CaseIterable, Comparable {
  /// Up to the midpoint, above it.
  case two
  /// The two lowest, between, the two highest.
  case three
  /// Answer by answer.
  case single

  static func < (left: Fineness, right: Fineness) -> Bool { left.rawValue < right.rawValue }

  /// First and last answer of each class, counted from the scale's lowest answer; `nil` where
  /// the scale is too short for this fineness.
  func ranges(answers: Int) -> [ClosedRange<Int>]? {
    switch self {
    case .single: (0..<answers).map { $0...$0 }
    case .three: answers < 5 ? nil : [0...1, 2...(answers - 3), (answers - 2)...(answers - 1)]
    case .two:
      answers < 4 ? nil : [0...((answers - 1) / 2), ((answers - 1) / 2 + 1)...(answers - 1)]
    }
  }

  /// People per class, from people per answer.
  func classes(_ answers: [Int]) -> [Int]? {
    ranges(answers: answers.count)?.map { $0.reduce(0) { $0 + answers[$1] } }
  }

  /// The finest table of these answers that may be shown, or the coarsest one there is.
  static func finest(of answers: [Int], options: ReleaseOptions) -> Fineness {
    let people = answers.reduce(0, +)
    let possible = allCases.reversed().filter { $0.classes(answers) != nil }
    return possible.first { level in
      DisclosureRule.distribution.allows(
        Mass(people: people, classes: level.classes(answers) ?? []), options)
    } ?? possible.last ?? .single
  }
}
