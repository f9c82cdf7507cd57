/// The sizes of changes in order, with how many of each size went up and down.
struct SignedRanks {
  /// Changes of one size. Their rank is kept doubled, which makes it whole.
  struct Step {
    var doubledRank: Int
    var up: Int
    var down: Int
  }

  let zeroCount: Int
  /// The sizes above 0, the smallest first.
  let steps: [Step]

  /// Changes must not be NaN.
  init(_ changes: [Double], zeros: WilcoxonSignedRank.Zeros) {
    // The size in the high bits, the sign in the lowest one.
    let keys = changes.map { $0.magnitude.bitPattern << 1 | ($0 < 0 ? 1 : 0) }
    let order = radixSorted(keys, by: \.self)
    let zeroCount = order.prefix { $0 == 0 }.count
    let offset = zeros == .dropped ? zeroCount : 0
    var steps: [Step] = []
    var start = zeroCount
    while start < order.count {
      var step = Step(doubledRank: 0, up: 0, down: 0)
      var end = start
      while end < order.count, order[end] >> 1 == order[start] >> 1 {
        if order[end] & 1 == 0 { step.up += 1 } else { step.down += 1 }
        end += 1
      }
      step.doubledRank = (start - offset + 1) + (end - offset)
      steps.append(step)
      start = end
    }
    self.zeroCount = zeroCount
    self.steps = steps
  }

  /// Twice the sum of the ranks of those who went up, and down.
  var doubledUp: Int { steps.reduce(0) { $0 + $1.doubledRank * $1.up } }
  var doubledDown: Int { steps.reduce(0) { $0 + $1.doubledRank * $1.down } }

  /// Of the sum of the ranks that go up: Σr²/4.
  var variance: Double {
    exactSum(
      steps.lazy.map { step in
        let rank = Double(step.doubledRank)
        return rank * rank * Double(step.up + step.down) / 16
      })
  }

  /// Twice the probability of a rank sum as low as the smaller of the two, at most 1; `nil` when
  /// counting it out takes too long.
  ///
  /// Every rank goes up or down with even chances, so the distribution of the sum is built rank
  /// by rank: half of it stays, half moves up by the rank. It is symmetric, so only sums up to
  /// the one seen are needed.
  var exactTwoSided: Double? {
    // Without a common divisor of all ranks the table is as short as it can be.
    let divisor = steps.reduce(0) { Self.greatestCommonDivisor($0, $1.doubledRank) }
    let people = steps.reduce(0) { $0 + $1.up + $1.down }
    guard divisor > 0 else { return 1 }
    let seen = min(doubledUp, doubledDown) / divisor
    guard Double(people) * Double(seen) <= Self.mostSteps else { return nil }
    var chance = [Double](repeating: 0, count: seen + 1)
    var next = chance
    chance[0] = 1
    var reached = 1
    for step in steps {
      let rank = step.doubledRank / divisor
      for _ in 0..<(step.up + step.down) {
        reached = min(reached + rank, chance.count)
        Self.move(chance[..<reached], by: rank, into: &next)
        swap(&chance, &next)
      }
    }
    return min(1, 2 * exactSum(chance))
  }

  /// Half a second of work.
  private static let mostSteps = 5e8

  private static func move(_ from: ArraySlice<Double>, by rank: Int, into to: inout [Double]) {
    from.withUnsafeBufferPointer { from in
      to.withUnsafeMutableBufferPointer { to in
        let unreached = min(rank, from.count)
        for sum in 0..<unreached { to[sum] = from[sum] / 2 }
        for sum in unreached..<from.count { to[sum] = (from[sum] + from[sum - rank]) / 2 }
      }
    }
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
