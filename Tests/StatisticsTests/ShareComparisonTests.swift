import Testing

@testable import Statistics

@Suite struct ShareComparisonTests {
  /// n over k, exact for what the tests use.
  private func choose(_ n: Int, _ k: Int) -> Int {
    guard k >= 0, k <= n else { return 0 }
    return (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) }
  }

  @Test(arguments: seeds)
  func `Fisher's p adds up all tables that are no likelier`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    for _ in 0..<30 {
      let (n1, n2) = (samples.integer(1...14), samples.integer(1...14))
      let (x1, x2) = (samples.integer(0...n1), samples.integer(0...n2))
      let ways = (0...(x1 + x2)).map { choose(n1, $0) * choose(n2, x1 + x2 - $0) }
      let seen = ways[x1]
      let naive = Double(ways.filter { $0 <= seen }.reduce(0, +)) / Double(ways.reduce(0, +))
      let difference = ProportionDifference(x1, of: n1, minus: x2, of: n2)
      #expect(agree(difference.fisherP, naive), "seed \(seed): \(x1)/\(n1), \(x2)/\(n2)")
      #expect(isInside(difference.difference, difference.lower, difference.upper))
      #expect((difference.lower ?? -2) >= -1 && (difference.upper ?? 2) <= 1, "seed \(seed)")
      let mirror = ProportionDifference(x2, of: n2, minus: x1, of: n1)
      #expect(agree(difference.lower, mirror.upper.map(-)), "seed \(seed)")
      #expect(agree(difference.fisherP, mirror.fisherP), "seed \(seed)")
    }
  }

  @Test func `Fisher's p stands with a million people`() throws {
    // SciPy 1.17.1: fisher_exact([[400000, 600000], [401000, 599000]]).
    let large = ProportionDifference(400_000, of: 1_000_000, minus: 401_000, of: 1_000_000)
    #expect(abs(try #require(large.fisherP) - 0.14939) < 1e-4)
    let certain = ProportionDifference(1_000_000, of: 1_000_000, minus: 0, of: 1_000_000)
    #expect(certain.fisherP == 0 && certain.upper == 1)
  }

  @Test func `more people, a narrower difference`() throws {
    func width(_ times: Int) throws -> Double {
      let share = ProportionDifference(3 * times, of: 8 * times, minus: times, of: 7 * times)
      return try #require(share.upper) - (try #require(share.lower))
    }
    #expect(try width(10) < width(1) && width(1000) < width(10))
  }

  @Test func `an empty group has no share`() {
    let difference = ProportionDifference(0, of: 0, minus: 3, of: 5)
    #expect(difference.status == .noDenominator && difference.fisherP == nil)
    #expect(difference.record.value == nil && difference.record.confidence == nil)
    let paired = PairedProportionChange(both: 0, firstOnly: 0, secondOnly: 0, neither: 0)
    #expect(paired.status == .noDenominator && paired.exactP == nil && paired.phi == nil)
  }

  @Test(arguments: seeds)
  func `McNemar's p is that of a fair coin`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    for _ in 0..<30 {
      let (up, down) = (samples.integer(0...12), samples.integer(0...12))
      let change = PairedProportionChange(
        both: samples.integer(0...9), firstOnly: down, secondOnly: up,
        neither: samples.integer(1...9))
      let all = Double(1 << (up + down))
      let fewer = min(up, down)
      let tail = Double((0...fewer).reduce(0) { $0 + choose(up + down, $1) }) / all
      let own = Double(choose(up + down, fewer)) / all
      #expect(agree(change.exactP, min(1, 2 * tail)), "seed \(seed): \(up), \(down)")
      #expect(
        agree(change.midP, up + down == 0 ? 1 : min(1, 2 * tail - own)), "seed \(seed)")
      #expect(isInside(change.change, change.lower, change.upper), "seed \(seed)")
      #expect(agree(change.change, Double(up - down) / Double(change.n)), "seed \(seed)")
      let back = PairedProportionChange(
        both: change.n - up - down - 1, firstOnly: up, secondOnly: down, neither: 1)
      let forth = PairedProportionChange(
        both: change.n - up - down - 1, firstOnly: down, secondOnly: up, neither: 1)
      #expect(agree(back.lower, forth.upper.map(-)), "seed \(seed)")
    }
  }

  @Test(arguments: [0, 1, 2, 7, 31, 400], [0.8, 0.95, 0.999])
  func `the limits of a rate make the count just rare enough`(
    count: Int, confidence: Double
  ) throws {
    let rate = RateInterval(count, in: 40, per: 100, confidence: confidence)
    let (lower, upper) = (try #require(rate.lower), try #require(rate.upper))
    #expect(isInside(rate.rate, lower, upper) && (lower == 0) == (count == 0))
    /// P(X ≤ k) for a Poisson mean, by its terms.
    func atMost(_ k: Int, _ mean: Double) -> Double {
      var (term, sum) = (1.0, 0.0)
      // Terms relative to the largest possible one, so that e^−mean is never needed alone.
      var terms: [Double] = []
      for index in 0...(k + 40 + 3 * count) {
        if index > 0 { term *= mean / Double(index) }
        terms.append(term)
      }
      sum = terms.reduce(0, +)
      return terms[...max(k, 0)].reduce(0, +) / sum * (k < 0 ? 0 : 1)
    }
    let tail = (1 - confidence) / 2
    #expect(abs(atMost(count, upper * 40 / 100) - tail) < 1e-9)
    if count > 0 { #expect(abs(1 - atMost(count - 1, lower * 40 / 100) - tail) < 1e-9) }
  }

  @Test func `a rate needs exposure, and one that is a number`() {
    #expect(RateInterval(0, in: 0).status == .noDenominator)
    #expect(RateInterval(3, in: 0).rate == nil)
    for exposure: Double in [-1, .nan, .infinity, .leastNonzeroMagnitude] {
      let rate = RateInterval(3, in: exposure)
      #expect(rate.status == .invalidCodes && rate.rate == nil && rate.upper == nil)
    }
    #expect(RateInterval(1_000_000, in: 1).status == .ok)
    #expect(RateInterval(1 << 50, in: 1).status == .notConverged)
    #expect(RateInterval(1 << 50, in: 1).rate != nil)
    let scaled = RateInterval(7, in: 480, per: 100)
    let plain = RateInterval(7, in: 4.8)
    #expect(agree(scaled.upper, plain.upper) && agree(scaled.rate, plain.rate))
  }
}
