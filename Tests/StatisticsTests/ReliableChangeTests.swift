import Testing

@testable import Statistics

@Suite struct ReliableChangeTests {
  private func waves(_ seed: UInt64) -> [[Double?]] {
    var samples = RatingSamples(seed: seed)
    return samples.scale(items: 2, people: 80, steps: 20, missing: 0.1)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `swapping the waves, or what is better, swaps better and worse`(seed: UInt64) {
    let scores = waves(seed)
    let change = ReliableChange(
      earlier: scores[0], later: scores[1], reliability: 0.7, standardDeviation: 3)
    let swapped = ReliableChange(
      earlier: scores[1], later: scores[0], reliability: 0.7, standardDeviation: 3)
    let turned = ReliableChange(
      earlier: scores[0], later: scores[1], reliability: 0.7, standardDeviation: 3,
      higherIsBetter: false)
    #expect(swapped.indices == change.indices.map { -$0 }, "seed \(seed)")
    for other in [swapped, turned] {
      #expect(other.improved == change.deteriorated, "seed \(seed)")
      #expect(other.deteriorated == change.improved && other.unchanged == change.unchanged)
    }
    #expect(turned.indices == change.indices && swapped.earlierOnly == change.laterOnly)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `every pair is in one class, and the smallest reliable change divides them`(
    seed: UInt64
  ) throws {
    let scores = waves(seed)
    let change = ReliableChange(earlier: scores[0], later: scores[1], reliability: 0.8)
    let least = try #require(change.smallestReliableChange)
    let changes = zip(scores[0], scores[1]).compactMap { before, after -> Double? in
      guard let before, let after else { return nil }
      return after - before
    }
    #expect(change.pairs == changes.count && change.indices.count == changes.count)
    #expect(change.improved?.count == changes.count { $0 > least }, "seed \(seed)")
    #expect(change.deteriorated?.count == changes.count { $0 < -least }, "seed \(seed)")
    let classes = [change.improved, change.unchanged, change.deteriorated]
    #expect(classes.reduce(0) { $0 + ($1?.count ?? 0) } == changes.count)
    // All earlier scores make the standard deviation, also of people who left.
    let earlier = scores[0].compactMap(\.self)
    #expect(agree(change.standardDeviation, variance(earlier)?.squareRoot()))
    #expect(earlier.count == changes.count + change.earlierOnly)
    let better = ReliableChange(earlier: scores[0], later: scores[1], reliability: 0.95)
    #expect((better.unchanged?.count ?? 0) <= (change.unchanged?.count ?? 0), "seed \(seed)")
  }

  @Test func `what is no reliable change says why`() {
    func change(_ earlier: [Double?], _ later: [Double?], _ reliability: Double = 0.8) -> Status {
      let change = ReliableChange(earlier: earlier, later: later, reliability: reliability)
      #expect(change.status == .ok || (change.improved == nil && change.indices == []))
      return change.status
    }
    #expect(change([], []) == .noData && change([nil], [nil]) == .noData)
    #expect(change([1, 2], [nil, nil]) == .insufficientPairs)
    #expect(change([nil, 2, 3], [1, nil, nil]) == .insufficientPairs)
    #expect(change([1, nil], [2, 3]) == .noVarianceEstimate)
    #expect(change([0.1, 0.1, 0.1], [1, 2, 3]) == .noDenominator)
    #expect(change([1, 2, 3], [1, 2, 5], 1) == .noDenominator)
    #expect(change([1, 2, .nan], [1, 2, 5]) == .invalidCodes)
    #expect(change([1, 2, 3], [1, 2, -.infinity]) == .invalidCodes)
    #expect(change([1, 2, 3], [1, 2, 5]) == .ok)
    let given = ReliableChange(earlier: [4], later: [9], reliability: 0.5, standardDeviation: 1)
    #expect(given.improved?.estimate == 1 && agree(given.indices[0], 5))
  }

  @Test func `a million people do not overflow`() {
    let earlier = (0..<1_000_000).map { Double?(Double($0 % 13) * 1e140) }
    let later = (0..<1_000_000).map { Double?(Double($0 % 11) * 1e140) }
    let change = ReliableChange(earlier: earlier, later: later, reliability: 0.9)
    #expect(change.status == .ok && change.standardDeviation?.isFinite == true)
    #expect((change.improved?.count ?? 0) > 0)
  }
}
