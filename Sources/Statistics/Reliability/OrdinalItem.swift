/// An item as steps of a ladder: what was answered is cut from a normal variable behind it.
struct OrdinalItem: Sendable {
  /// For each person the step, 0 for the lowest answer that occurs.
  let steps: [Int]
  let stepCount: Int
  /// Where the normal variable is cut: the normal quantile of the share at or below each step
  /// but the last.
  let thresholds: [Double]

  /// Every distinct value is a step. Values must be finite.
  init(_ values: [Double]) {
    let ladder = SortedSample(Array(Set(values))).values
    let place = Dictionary(
      uniqueKeysWithValues: ladder.enumerated().map { ($0.element, $0.offset) })
    steps = values.map { place[$0] ?? 0 }
    stepCount = ladder.count
    var counts = Array(repeating: 0, count: ladder.count)
    for step in steps { counts[step] += 1 }
    var below = 0
    thresholds = counts.dropLast().map { count in
      below += count
      return Distribution.normalQuantile(Double(below) / Double(values.count))
    }
  }

  /// The cut below a step, −∞ below the first and +∞ above the last.
  func threshold(below step: Int) -> Double {
    if step == 0 { return -.infinity }
    return step == stepCount ? .infinity : thresholds[step - 1]
  }
}
