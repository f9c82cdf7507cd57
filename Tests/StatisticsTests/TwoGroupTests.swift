import Testing

@testable import Statistics

@Suite struct TwoGroupTests {
  @Test(arguments: seeds)
  func `delta, its variance and U count every pair`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let kind = samples.kind()
    for (n1, n2) in [(2, 2), (3, 17), (40, 25)] {
      let (x, y) = (samples.values(n1, kind), samples.values(n2, kind))
      let signs = x.map { a in y.map { b in a > b ? 1.0 : a < b ? -1 : 0 } }
      let all = Double(n1 * n2)
      let delta = signs.joined().reduce(0, +) / all
      let rows = signs.map { $0.reduce(0, +) / Double(n2) }
      let columns = y.indices.map { j in signs.reduce(0) { $0 + $1[j] } / Double(n1) }
      func squares(_ values: [Double]) -> Double {
        values.reduce(0) { $0 + ($1 - delta) * ($1 - delta) }
      }
      let raw =
        (Double(n2 * n2) * squares(rows) + Double(n1 * n1) * squares(columns)
          - squares(Array(signs.joined()))) / (all * Double((n1 - 1) * (n2 - 1)))
      let cliff = CliffDelta(x, y)
      #expect(agree(cliff.delta, delta), "seed \(seed)")
      #expect(agree(cliff.rawVariance, raw), "seed \(seed)")
      #expect(isInside(cliff.delta, cliff.lower, cliff.upper), "seed \(seed)")
      #expect((cliff.lower ?? -2) >= -1 && (cliff.upper ?? 2) <= 1, "seed \(seed)")
      #expect(agree(MannWhitney(x, y).u, all * (delta + 1) / 2), "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `swapping groups mirrors, shuffling and rising transforms keep order`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let (x, y) = (samples.values(30, .scores), samples.values(22, .scores))
    let here = TwoGroupComparison(x, y)
    let there = TwoGroupComparison(y, x)
    #expect(here.cliff.delta == there.cliff.delta.map { 0 - $0 }, "seed \(seed)")
    #expect(agree(here.cliff.lower, there.cliff.upper.map(-)), "seed \(seed)")
    #expect(agree(here.welch.lower, there.welch.upper.map(-)), "seed \(seed)")
    #expect(agree(here.welch.hedgesG, there.welch.hedgesG.map(-)), "seed \(seed)")
    #expect(agree(here.mannWhitney.pValue, there.mannWhitney.pValue), "seed \(seed)")
    #expect(here == TwoGroupComparison(samples.shuffled(x), samples.shuffled(y)), "seed \(seed)")
    let cubed = CliffDelta(x.map { $0 * $0 * $0 }, y.map { $0 * $0 * $0 })
    #expect(cubed == here.cliff, "seed \(seed)")
    let moved = WelchTest(x.map { 4 * $0 + 1 }, y.map { 4 * $0 + 1 })
    #expect(agree(moved.t, here.welch.t), "seed \(seed)")
    #expect(agree(moved.hedgesG, here.welch.hedgesG), "seed \(seed)")
    #expect(agree(moved.upper, here.welch.upper.map { 4 * $0 }), "seed \(seed)")
  }

  @Test func `more people, narrower intervals`() throws {
    var samples = RandomSamples(seed: 3)
    let (x, y) = (samples.values(15, .scores), samples.values(12, .scores))
    let few = TwoGroupComparison(x, y)
    let many = TwoGroupComparison(x + x + x, y + y + y)
    func width(_ record: ResultRecord) throws -> Double {
      try #require(record.upper) - (try #require(record.lower))
    }
    #expect(try width(many.cliff.record) < width(few.cliff.record))
    #expect(try width(many.welch.record) < width(few.welch.record))
  }

  @Test func `complete separation keeps one open end`() {
    let apart = CliffDelta([5, 6, 7, 8], [1, 2, 3])
    #expect(apart.delta == 1 && apart.upper == 1 && apart.variance == 0)
    #expect((apart.lower ?? 1) < 1 && CliffDelta([1, 2], [3, 4]).lower == -1)
    #expect(apart.superiority == 1)
  }

  @Test func `too few, all the same, or no numbers`() {
    #expect(TwoGroupComparison([1], [2, 3]).status == .insufficientN)
    #expect(TwoGroupComparison([nil, 1], [2, 3]).record.missing.skipped == 1)
    #expect(TwoGroupComparison([], []).cliff.delta == nil)
    let same = TwoGroupComparison([4, 4, 4], [4, 4])
    #expect(same.status == .ok && same.cliff.delta == 0)
    #expect(same.mannWhitney.pValue == nil && same.mannWhitney.status == .noVarianceEstimate)
    #expect(same.welch.status == .noVarianceEstimate && same.welch.difference == 0)
    #expect(same.welch.t == nil && same.welch.hedgesG == nil)
    for wrong in [Double.nan, .infinity, -1e160] {
      let comparison = TwoGroupComparison([1, 2, wrong], [1, 3])
      #expect(comparison.status == .invalidCodes && comparison.welch.status == .invalidCodes)
      #expect(comparison.mannWhitney.u == nil && comparison.record.value == nil)
      #expect(CliffDelta([1, 2], [wrong, 2]).status == .invalidCodes)
    }
  }
}
