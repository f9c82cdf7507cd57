/// What the mixed models need of one person: the straight line through their measurements and
/// what is left beside it. Everything else about the person says nothing about the parameters.
struct PersonLine: Sendable, Equatable {
  let person: Int
  let count: Double
  let meanTime: Double
  let meanValue: Double
  /// Σ(t − t̄)², exactly 0 if all were taken at one time.
  let timeSquares: Double
  /// Of the person's own line; 0 if `timeSquares` is.
  let slope: Double
  /// Sum of squares around the person's own line.
  let residualSquares: Double

  /// Where the person's own line is at time 0.
  var level: Double { meanValue - slope * meanTime }

  /// Z′Z with Z = (1, t).
  var design: Symmetric2 {
    Symmetric2(
      first: count, cross: count * meanTime, second: timeSquares + count * meanTime * meanTime)
  }

  var designDeterminant: Double { count * timeSquares }

  /// `waves` of one person, standardised, in a fixed order, and not none.
  init(_ person: Int, _ waves: ArraySlice<GrowthObservation>) {
    self.person = person
    count = Double(waves.count)
    let first = waves[waves.startIndex]
    let isOneTime = waves.allSatisfy { $0.time == first.time }
    let isOneValue = waves.allSatisfy { $0.value == first.value }
    // The mean of equal numbers can be off by a rounding, which must not look like spread.
    let meanTime = isOneTime ? first.time : exactSum(waves.lazy.map(\.time)) / count
    let meanValue = isOneValue ? first.value : exactSum(waves.lazy.map(\.value)) / count
    var (timeSquares, products) = (0.0, 0.0)
    for wave in waves {
      let time = wave.time - meanTime
      timeSquares += time * time
      products += time * (wave.value - meanValue)
    }
    let slope = timeSquares > 0 ? products / timeSquares : 0
    residualSquares = waves.reduce(0) { sum, wave in
      let residual = wave.value - meanValue - slope * (wave.time - meanTime)
      return sum + residual * residual
    }
    (self.meanTime, self.meanValue) = (meanTime, meanValue)
    (self.timeSquares, self.slope) = (timeSquares, slope)
  }

  /// The lines of all persons, in the order of their numbers.
  static func all(_ waves: [GrowthObservation]) -> [PersonLine] {
    // Also by time and value: the order in which rows arrive must not move a last digit.
    let sorted = waves.sorted {
      ($0.person, $0.time, $0.value) < ($1.person, $1.time, $1.value)
    }
    var lines: [PersonLine] = []
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].person == sorted[start].person { end += 1 }
      lines.append(PersonLine(sorted[start].person, sorted[start..<end]))
      start = end
    }
    return lines
  }

  /// One slope for all persons, each at their own level, and what it leaves.
  static func commonSlope(
    _ lines: [PersonLine]
  ) -> (slope: Double, timeSquares: Double, residualSquares: Double) {
    let timeSquares = lines.reduce(0) { $0 + $1.timeSquares }
    let products = lines.reduce(0) { $0 + $1.timeSquares * $1.slope }
    let slope = timeSquares > 0 ? products / timeSquares : 0
    let residualSquares = lines.reduce(0) { sum, line in
      let turn = line.slope - slope
      return sum + line.residualSquares + turn * turn * line.timeSquares
    }
    return (slope, timeSquares, residualSquares)
  }
}
