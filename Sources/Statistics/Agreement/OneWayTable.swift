/// Sums of squares of a one-way analysis of variance, in one pass per step over the ratings.
struct OneWayTable {
  /// Whether every rating is a usable number; nothing else is computed otherwise.
  let isUsable: Bool
  /// Ratings per group.
  let sizes: [Int]
  let squaresBetween: Double
  let squaresWithin: Double

  var total: Int { sizes.reduce(0, +) }

  /// (N − Σnᵢ²/N) / (k − 1); `nil` below two groups.
  var effectiveSize: Double? {
    guard sizes.count > 1 else { return nil }
    let n = Double(total)
    let squares = exactSum(sizes.lazy.map { Double($0) * Double($0) })
    return (n - squares / n) / Double(sizes.count - 1)
  }

  init<Group: Hashable>(values: [Double?], groups: [Group?]) {
    var places: [Group: Int] = [:]
    var rows: [(place: Int, value: Double)] = []
    var counts: [Int] = []
    var isUsable = true
    for (value, group) in zip(values, groups) {
      guard let value, let group else { continue }
      isUsable = isUsable && value.isUsable
      let place = places[group] ?? counts.count
      if place == counts.count {
        places[group] = place
        counts.append(0)
      }
      counts[place] += 1
      rows.append((place, value))
    }
    self.isUsable = isUsable
    sizes = counts
    guard isUsable, !rows.isEmpty else {
      (squaresBetween, squaresWithin) = (0, 0)
      return
    }
    // Twice, so that a group of equal ratings has exactly that rating as its mean (`center`).
    var means = Array(repeating: 0.0, count: counts.count)
    for _ in 0..<2 {
      var sums = CompensatedSums(count: counts.count)
      for row in rows { sums.add(row.value - means[row.place], at: row.place) }
      for place in means.indices { means[place] += sums[place] / Double(counts[place]) }
    }
    squaresWithin = exactSum(
      rows.lazy.map { row in
        (row.value - means[row.place]) * (row.value - means[row.place])
      })
    let first = exactSum(rows.lazy.map(\.value)) / Double(rows.count)
    let grand = first + exactSum(rows.lazy.map { $0.value - first }) / Double(rows.count)
    squaresBetween = exactSum(
      means.indices.lazy.map { place in
        Double(counts[place]) * (means[place] - grand) * (means[place] - grand)
      })
  }
}

/// Many running sums at once, each with a correction for what rounding lost (Neumaier 1974).
struct CompensatedSums {
  private var sums: [Double]
  private var lost: [Double]

  init(count: Int) {
    sums = Array(repeating: 0, count: count)
    lost = sums
  }

  mutating func add(_ term: Double, at place: Int) {
    let before = sums[place]
    let sum = before + term
    lost[place] +=
      before.magnitude >= term.magnitude ? (before - sum) + term : (term - sum) + before
    sums[place] = sum
  }

  subscript(place: Int) -> Double { sums[place] + lost[place] }
}
