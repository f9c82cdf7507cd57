/// Two raters' categories, unit by unit, with how often each used each. The square table of
/// pairs is never made: everything follows from the units and the two margins.
struct RaterTable {
  let units: [(first: Int, second: Int)]
  let agreed: Int
  private let firstCounts: [Int]
  private let secondCounts: [Int]

  init(_ first: [Int?], _ second: [Int?], categories: Int) {
    let range = 0..<categories
    units = zip(first, second).compactMap { pair in
      for place in [pair.0, pair.1] {
        precondition(place.map(range.contains) ?? true, "a place among the categories")
      }
      guard let first = pair.0, let second = pair.1 else { return nil }
      return (first, second)
    }
    var counts = (first: Array(repeating: 0, count: categories), second: [Int]())
    counts.second = counts.first
    for unit in units {
      counts.first[unit.first] += 1
      counts.second[unit.second] += 1
    }
    firstCounts = counts.first
    secondCounts = counts.second
    agreed = units.count { $0.first == $0.second }
  }

  /// n² times the agreement expected by chance.
  private var chance: Int {
    zip(firstCounts, secondCounts).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// `nil` when chance agrees always.
  var kappa: Double? {
    let n = units.count
    return n * n == chance ? nil : Double(n * agreed - chance) / Double(n * n - chance)
  }

  func standardError(kappa: Double, agreement: Double) -> Double {
    let n = Double(units.count)
    let expected = Double(chance) / (n * n)
    let terms = units.lazy.map { unit in
      let (row, column) = (unit.first, unit.second)
      if row == column {
        let margins = Double(firstCounts[row] + secondCounts[row]) / n
        return (1 - margins * (1 - kappa)) * (1 - margins * (1 - kappa))
      }
      let margins = Double(secondCounts[row] + firstCounts[column]) / n
      return (1 - kappa) * (1 - kappa) * margins * margins
    }
    let center = kappa - expected * (1 - kappa)
    // Full agreement leaves 0, which rounding may put below it.
    let variance = max(0, exactSum(terms) / n - center * center)
    return (variance / n).squareRoot() / (1 - expected)
  }

  var linear: Double? {
    let observed = exactSum(units.lazy.map { Double(abs($0.first - $0.second)) })
    // |i − j| counts the steps between two categories, so each step counts the pairs across it.
    let n = units.count
    var (below, belowSecond, expected) = (0, 0, ExactSum())
    for (first, second) in zip(firstCounts, secondCounts) {
      below += first
      belowSecond += second
      expected.add(Double(below * (n - belowSecond) + (n - below) * belowSecond))
    }
    return quotient(observed * Double(n), expected.value).map { 1 - $0 }
  }

  var quadratic: Double? {
    let n = Double(units.count)
    let observed = exactSum(
      units.lazy.map { Double($0.first - $0.second) * Double($0.first - $0.second) })
    func moments(_ counts: [Int]) -> (mean: Double, squares: Double) {
      let mean = exactSum(counts.indices.lazy.map { Double($0) * Double(counts[$0]) }) / n
      let squares = exactSum(
        counts.indices.lazy.map { place in
          Double(counts[place]) * (Double(place) - mean) * (Double(place) - mean)
        })
      return (mean, squares)
    }
    let (first, second) = (moments(firstCounts), moments(secondCounts))
    let gap = first.mean - second.mean
    // Two independent raters differ by what each varies and by what their means differ.
    let expected = first.squares + second.squares + n * gap * gap
    return quotient(observed, expected).map { 1 - $0 }
  }
}
