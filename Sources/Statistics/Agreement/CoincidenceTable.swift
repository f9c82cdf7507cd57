/// Codes by unit, and how often each value occurs among those that can be paired.
///
/// The square table of coincidences is never made. For a difference that is a squared distance
/// of scores (interval; ordinal, whose score is the mid-rank) sums of scores and of their squares
/// are enough; for a nominal one, counts are.
struct CoincidenceTable {
  /// Units with two codes or more.
  private(set) var units = 0
  /// Codes in those units.
  private(set) var codes = 0
  /// Whether there is no code at all, paired or not.
  private(set) var isEmpty = true
  /// The distinct values in order, with how often each is paired.
  private var values: [Double] = []
  private var counts: [Int] = []
  /// Where each unit's codes begin in `places`; one entry more than there are units.
  private var starts: [Int] = [0]
  /// For each paired code the place of its value.
  private var places: [Int32] = []

  /// No codes.
  init() {}

  init(_ coders: [[Double?]], unitCount: Int) {
    var unit: [Double] = []
    var place: [Double: Int32] = [:]
    for index in 0..<unitCount {
      unit.removeAll(keepingCapacity: true)
      for row in coders { if let code = row[index] { unit.append(code) } }
      isEmpty = isEmpty && unit.isEmpty
      guard unit.count > 1 else { continue }
      for code in unit {
        let known = place[code] ?? Int32(values.count)
        if known == values.count {
          place[code] = known
          values.append(code)
          counts.append(0)
        }
        counts[Int(known)] += 1
        places.append(known)
      }
      starts.append(places.count)
    }
    units = starts.count - 1
    codes = places.count
  }

  /// 1 − (n − 1) · observed / expected; `nil` when no disagreement is expected.
  func alpha(_ level: KrippendorffAlpha.Level) -> Double? {
    guard values.count > 1 else { return nil }
    let (observed, expected) =
      switch level {
      case .nominal: nominal()
      case .interval: squaredDistances(values)
      case .ordinal: squaredDistances(midRanks())
      case .ratio: ratio()
      }
    guard expected > 0 else { return nil }
    return quotient(Double(codes - 1) * observed, expected).map { 1 - $0 }
  }

  /// The codes of each unit, as places of values.
  private func forEachUnit(_ body: (ArraySlice<Int32>) -> Void) {
    for (start, end) in zip(starts, starts.dropFirst()) { body(places[start..<end]) }
  }

  private typealias Disagreement = (observed: Double, expected: Double)

  private func nominal() -> Disagreement {
    var observed = ExactSum()
    forEachUnit { unit in
      let sorted = unit.sorted()
      // Ordered pairs that differ: all but those within a run of one value.
      var (same, run) = (0, 0)
      for (index, place) in sorted.enumerated() {
        run = index > 0 && sorted[index - 1] == place ? run + 1 : 0
        same += 2 * run
      }
      let size = unit.count
      observed.add(Double(size * (size - 1) - same) / Double(size - 1))
    }
    let squares = counts.reduce(0) { $0 + $1 * $1 }
    return (observed.value, Double(codes * codes - squares))
  }

  /// Σ(sᵢ − sⱼ)² over ordered pairs is 2mΣ(s − s̄)², in each unit and over all codes.
  private func squaredDistances(_ scores: [Double]) -> Disagreement {
    var observed = ExactSum()
    forEachUnit { unit in
      let size = Double(unit.count)
      var sum = 0.0
      for place in unit { sum += scores[Int(place)] - scores[Int(unit[unit.startIndex])] }
      let center = scores[Int(unit[unit.startIndex])] + sum / size
      var squares = 0.0
      for place in unit {
        let distance = scores[Int(place)] - center
        squares += distance * distance
      }
      observed.add(2 * size * squares / (size - 1))
    }
    let total = Double(codes)
    let center = exactSum(counts.indices.lazy.map { scores[$0] * Double(counts[$0]) }) / total
    let squares = exactSum(
      counts.indices.lazy.map { place in
        Double(counts[place]) * (scores[place] - center) * (scores[place] - center)
      })
    return (observed.value, 2 * total * squares)
  }

  /// For each value how many codes lie below it, its own counted half: the ordinal difference
  /// of two values is the distance of these.
  private func midRanks() -> [Double] {
    var ranks = Array(repeating: 0.0, count: values.count)
    var below = 0
    for place in values.indices.sorted(by: { values[$0] < values[$1] }) {
      ranks[place] = Double(below) + Double(counts[place]) / 2
      below += counts[place]
    }
    return ranks
  }

  private func ratio() -> Disagreement {
    func difference(_ first: Int, _ second: Int) -> Double {
      let sum = values[first] + values[second]
      let share = sum == 0 ? 0 : (values[first] - values[second]) / sum
      return share * share
    }
    func pairs(_ tally: [(place: Int, count: Int)]) -> Double {
      var sum = 0.0
      for (index, first) in tally.enumerated() {
        for second in tally[..<index] {
          sum += Double(first.count * second.count) * difference(first.place, second.place)
        }
      }
      return 2 * sum
    }
    var observed = ExactSum()
    forEachUnit { unit in
      var tally: [(place: Int, count: Int)] = []
      for place in unit.sorted() {
        if let last = tally.last, last.place == place {
          tally[tally.count - 1].count += 1
        } else {
          tally.append((Int(place), 1))
        }
      }
      observed.add(pairs(tally) / Double(unit.count - 1))
    }
    return (observed.value, pairs(counts.indices.map { ($0, counts[$0]) }))
  }
}
