import Statistics
import Testing

@Suite struct BootstrapTests {
  /// A team as the programme sees them: sessions attended of sessions expected.
  private let team: [Cluster] = (1...24).map { (index: Int) -> Cluster in
    let attended = index * 7 % 12
    let expected = 12 + index % 3
    return Cluster(
      key: "person-\(index)", numerator: Double(attended), denominator: Double(expected))
  }

  @Test func `the published stream of xoshiro256** comes out`() {
    // First outputs from state 1, 2, 3, 4, as in rand_xoshiro's test vector.
    var random = Xoshiro256StarStar(state: (1, 2, 3, 4))
    #expect(
      (0..<4).map { _ in random.next() } == [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240])
  }

  @Test(arguments: [1, 2, 7, 1 << 40, UInt64.max] as [UInt64])
  func `bounded numbers stay below their bound`(bound: UInt64) {
    var random = Xoshiro256StarStar(seed: 11)
    #expect((0..<1000).allSatisfy { _ in random.next(below: bound) < bound })
  }

  @Test func `a seed is the digest's first eight bytes, most significant first`() {
    #expect(BootstrapSeed.seed(fromDigest: [1, 0, 0, 0, 0, 0, 0, 2, 99]) == 0x0100_0000_0000_0002)
    let key = BootstrapSeed.key(
      indicator: "attendance_rate", scope: "programme", period: "2025", asOf: "2026-01-31",
      replicates: 2000)
    #expect(key == "attendance_rate|programme|2025|2026-01-31|2000")
  }

  @Test func `shuffling clusters changes nothing, another seed does`() {
    var random = Xoshiro256StarStar(seed: 5)
    let interval = BootstrapInterval.ratio(of: team, seed: 1)
    #expect(interval == BootstrapInterval.ratio(of: team.shuffled(using: &random), seed: 1))
    #expect(interval != BootstrapInterval.ratio(of: team, seed: 2))
  }

  @Test func `keys are ordered by their bytes, not as Swift orders strings`() {
    // U+FF5E sorts before U+10000 in UTF-8; "é" composed and decomposed are two keys.
    #expect(inKeyOrder(["𐀀", "～", "z"], by: \.self) == ["z", "～", "𐀀"])
    let composed = inKeyOrder(["\u{E9}", "e\u{301}"], by: \.self)
    #expect(composed.map { $0.utf8.count } == [3, 2])
  }

  @Test func `the interval holds the estimate and is no narrower at higher confidence`() throws {
    let narrow = BootstrapInterval.ratio(of: team, confidence: 0.8, seed: 3)
    let wide = BootstrapInterval.ratio(of: team, confidence: 0.99, seed: 3)
    let estimate = try #require(narrow.estimate)
    let inner = try #require(narrow.limits)
    let outer = try #require(wide.limits)
    #expect(outer.lower <= inner.lower && inner.lower < estimate)
    #expect(estimate < inner.upper && inner.upper <= outer.upper)
    #expect(narrow.method == "bca")
  }

  @Test func `what everyone shares has an interval of no width`() {
    let same = (1...10).map { Cluster(key: "\($0)", numerator: 3, denominator: 4) }
    let interval = BootstrapInterval.ratio(of: same, seed: 1)
    #expect(interval.estimate == 0.75 && interval.standardError == 0)
    #expect(interval.limits == interval.percentile && interval.limits?.lower == 0.75)
    #expect(interval.bca?.acceleration == 0)
  }

  @Test func `resamples without a denominator are counted and left out`() {
    let rare =
      (1...5).map { Cluster(key: "\($0)", numerator: 0, denominator: 0) }
      + [
        Cluster(key: "6", numerator: 1, denominator: 2),
        Cluster(key: "7", numerator: 2, denominator: 2),
      ]
    let interval = BootstrapInterval.ratio(of: rare, seed: 1)
    // (5/7)^7 of 2000 is 190.
    #expect((140...240).contains(interval.undefinedReplicates))
    #expect(interval.estimate == 0.75 && interval.limits != nil)
  }

  @Test func `a jackknife without a denominator leaves the percentile interval`() {
    let alone =
      (1...3).map { Cluster(key: "\($0)", numerator: 0, denominator: 0) }
      + [Cluster(key: "4", numerator: 1, denominator: 2)]
    let interval = BootstrapInterval.ratio(of: alone, seed: 1)
    #expect(interval.bca == nil && interval.method == "percentile")
  }

  @Test func `what cannot be drawn says why`() {
    #expect(BootstrapInterval.ratio(of: [], seed: 1).status == .noData)
    let empty = [Cluster(key: "a", numerator: 0, denominator: 0)]
    #expect(BootstrapInterval.ratio(of: empty, seed: 1).status == .noDenominator)
    #expect(BootstrapInterval.gini(of: [0, 0], seed: 1).status == .allZero)
    #expect(BootstrapInterval.median(of: [], seed: 1).status == .noData)
    let one = BootstrapInterval.mean(of: [4], seed: 1)
    #expect(one.status == .noVarianceEstimate && one.estimate == 4 && one.limits == nil)
  }

  @Test func `the two ways of summing draw the same means`() {
    // Tenths are not exact in binary, tenths times 1024 / 1024 neither; quarters are.
    let quarters = (0..<40).map { Double($0 * 13 % 29) / 4 }
    let tenths = quarters.map { $0 / 10 }
    let exact = BootstrapInterval.mean(of: quarters, seed: 9)
    let compensated = BootstrapInterval.mean(of: tenths, seed: 9)
    for (first, second) in zip(exact.firstReplicates, compensated.firstReplicates) {
      #expect(abs(first / 10 - second) < 1e-15)
    }
    // Ties with the estimate survive: the same share of replicates lies below it.
    #expect(exact.bca?.z0 == compensated.bca?.z0)
  }

  @Test func `a median is the median of its draws`() throws {
    let values = [5.0, 1, 4, 2, 3]
    let interval = BootstrapInterval.median(of: values, replicates: 50, seed: 4)
    var random = Xoshiro256StarStar(seed: 4)
    let first = (0..<5).map { _ in values[Int(random.next(below: 5))] }
    #expect(interval.firstReplicates.first == SortedSample(first).median)
    #expect(interval.estimate == 3)
  }
}
