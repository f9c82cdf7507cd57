import Testing

@testable import Statistics

@Suite struct CronbachAlphaTests {
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `alpha is one minus item variances by the variance of the sum`(seed: UInt64) throws {
    var samples = RatingSamples(seed: seed)
    let items = samples.scale(items: 2 + Int(seed) % 7, people: 40)
    let alpha = CronbachAlpha(items: items)
    let rows = items[0].indices.compactMap { person -> [Double]? in
      let row = items.compactMap { $0[person] }
      return row.count == items.count ? row : nil
    }
    let k = Double(items.count)
    let own = try items.indices.reduce(0.0) { sum, item in
      sum + (try #require(variance(rows.map { $0[item] })))
    }
    let total = try #require(variance(rows.map { $0.reduce(0, +) }))
    #expect(agree(alpha.alpha, k / (k - 1) * (1 - own / total)), "seed \(seed)")
    #expect(alpha.n == rows.count && alpha.incomplete == items[0].count - rows.count)
    #expect(
      agree(
        alpha.standardErrorOfSum,
        (total * (1 - (try #require(alpha.alpha)))).squareRoot()), "seed \(seed)")
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `reversing all items, shuffling people and changing the unit leave alpha`(
    seed: UInt64
  ) throws {
    var samples = RatingSamples(seed: seed)
    let items = samples.scale(items: 5, people: 60)
    let alpha = CronbachAlpha(items: items)
    let turned = CronbachAlpha(items: items.map { $0.map { $0.map { 8 - $0 } } })
    let scaled = CronbachAlpha(items: items.map { $0.map { $0.map { $0 * 1000 + 5 } } })
    let shuffled = CronbachAlpha(items: samples.shuffled(items))
    for other in [turned, scaled, shuffled] {
      #expect(agree(alpha.alpha, other.alpha), "seed \(seed)")
      #expect(agree(alpha.standardized, other.standardized), "seed \(seed)")
      #expect(agree(alpha.lower, other.lower) && agree(alpha.upper, other.upper), "seed \(seed)")
      for (first, second) in zip(alpha.itemRestCorrelations, other.itemRestCorrelations) {
        #expect(agree(first, second), "seed \(seed)")
      }
      for (first, second) in zip(alpha.alphaIfDeleted, other.alphaIfDeleted) {
        #expect(agree(first, second), "seed \(seed)")
      }
    }
    #expect(
      agree(scaled.standardErrorOfSum, (try #require(alpha.standardErrorOfSum)) * 1000),
      "seed \(seed)")
  }

  @Test func `alpha if an item is deleted is the alpha of the others`() {
    var samples = RatingSamples(seed: 4)
    let items = samples.scale(items: 4, people: 50, missing: 0)
    let alpha = CronbachAlpha(items: items)
    for item in items.indices {
      var others = items
      others.remove(at: item)
      #expect(agree(alpha.alphaIfDeleted[item], CronbachAlpha(items: others).alpha))
    }
  }

  @Test(arguments: [0.8, 0.95, 0.999])
  func `limits hold alpha and close in on it with more people`(confidence: Double) throws {
    var samples = RatingSamples(seed: 9)
    var widths: [Double] = []
    for people in [20, 200, 2000] {
      let items = samples.scale(items: 4, people: people, missing: 0)
      let alpha = CronbachAlpha(items: items, confidence: confidence)
      let (lower, upper) = (try #require(alpha.lower), try #require(alpha.upper))
      let value = try #require(alpha.alpha)
      #expect(lower < value && value < upper && upper <= 1)
      widths.append(upper - lower)
    }
    #expect(widths == widths.sorted(by: >))
  }

  @Test func `an item that nobody reversed is noticed, not turned`() {
    var samples = RatingSamples(seed: 2)
    var items = samples.scale(items: 4, people: 120, missing: 0)
    let alpha = CronbachAlpha(items: items)
    items[1] = items[1].map { $0.map { 8 - $0 } }
    let trap = CronbachAlpha(items: items)
    #expect((trap.itemRestCorrelations[1] ?? 0) < 0)
    #expect((trap.alpha ?? 1) < (alpha.alpha ?? 0))
    #expect(trap.record.caveats == ["check_reversal"] && alpha.record.caveats == [])
  }

  @Test func `what has no alpha says why`() {
    func status(_ items: [[Double?]]) -> Status { CronbachAlpha(items: items).status }
    #expect(status([]) == .tooFewItems && status([[1, 2, 3]]) == .tooFewItems)
    #expect(status([[], []]) == .noData && status([[nil, 1], [2, nil]]) == .noData)
    #expect(status([[1, nil], [2, 3]]) == .insufficientN)
    #expect(status([[0.1, 0.1, 0.1], [0.3, 0.3, 0.3]]) == .noDenominator)
    #expect(status([[1, 2, 3.3], [-1, -2, -3.3]]) == .noDenominator)
    #expect(status([[1, 2, .nan], [1, 2, 3]]) == .invalidCodes)
    #expect(status([[1, 2, .infinity], [1, 2, 3]]) == .invalidCodes)
    let undefined = CronbachAlpha(items: [[5, 5, 5], [1, 2, 4]])
    #expect(undefined.alpha == 0 && undefined.standardized == nil)
    #expect(undefined.itemRestCorrelations == [nil, nil])
    #expect(undefined.alphaIfDeleted == [nil, nil])
  }

  @Test func `items that say the same have an alpha of one`() {
    let answers: [Double?] = [0.1, 0.7, 0.2, 0.9, 0.4]
    let alpha = CronbachAlpha(items: [answers, answers, answers])
    #expect(agree(alpha.alpha, 1) && agree(alpha.lower, 1) && agree(alpha.upper, 1))
    #expect(
      agree(alpha.standardErrorOfSum, 0, tolerance: 1e-7) && agree(alpha.itemRestCorrelations[0], 1)
    )
  }

  @Test func `a million people do not overflow`() {
    let answers = (0..<1_000_000).map { Double?(Double($0 % 7) * 1e140) }
    let others = (0..<1_000_000).map { Double?(Double($0 % 5) * 1e140) }
    let alpha = CronbachAlpha(items: [answers, others])
    #expect(alpha.status == .ok && alpha.alpha?.isFinite == true)
    #expect(alpha.lower?.isFinite == true && alpha.standardErrorOfSum?.isFinite == true)
  }
}
