import Testing

@testable import Statistics

@Suite struct OrdinalAlphaTests {
  @Test(arguments: [-0.999, -0.9, -0.5, 0, 0.3, 0.8, 0.95, 0.9999])
  func `the probability is the integral of a normal over conditional ones`(correlation: Double) {
    let rest = (1 - correlation * correlation).squareRoot()
    for x in [-2.5, -0.7, 0, 0.01, 1.3] {
      for y in [-1.9, -0.01, 0, 0.6, 2.2] {
        // Simpson's rule from −9 to x.
        let steps = 20_000
        let width = (x + 9) / Double(steps)
        var sum = 0.0
        for step in 0...steps {
          let at = -9 + Double(step) * width
          let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
          let conditional = Distribution.normalProbability((y - correlation * at) / rest)
          sum += weight * BivariateNormal(correlation: 0).density(at, 0) * conditional
        }
        // The density at (at, 0) uncorrelated is φ(at)φ(0).
        let reference = sum * width / 3 * (2 * Double.pi).squareRoot()
        let found = BivariateNormal(correlation: correlation).probability(x, y)
        #expect(abs(found - reference) < 1e-10, "\(x), \(y)")
      }
    }
  }

  @Test func `the bivariate normal knows its ends and symmetries`() {
    let both = BivariateNormal(correlation: 0.5).probability(0, 0)
    #expect(agree(both, 1 / 3.0, tolerance: 1e-14))
    #expect(BivariateNormal(correlation: 0.3).probability(.infinity, 0) == 0.5)
    #expect(BivariateNormal(correlation: 0.3).probability(-.infinity, 0) == 0)
    #expect(BivariateNormal(correlation: -1).probability(1, -1) == 0)
    let near = BivariateNormal(correlation: 1 - 1e-12).probability(0.4, 0.9)
    #expect(agree(near, BivariateNormal(correlation: 1).probability(0.4, 0.9), tolerance: 1e-6))
    for correlation in [-0.97, -0.2, 0.6] {
      let value = BivariateNormal(correlation: correlation).probability(0.7, -0.3)
      let swapped = BivariateNormal(correlation: correlation).probability(-0.3, 0.7)
      let mirrored = BivariateNormal(correlation: -correlation).probability(0.7, 0.3)
      #expect(agree(value, swapped, tolerance: 1e-14))
      #expect(agree(value + mirrored, Distribution.normalProbability(0.7), tolerance: 1e-14))
      let step = 1e-5
      let slope =
        (BivariateNormal(correlation: correlation + step).probability(0.7, -0.3)
          - BivariateNormal(correlation: correlation - step).probability(0.7, -0.3)) / (2 * step)
      #expect(
        agree(slope, BivariateNormal(correlation: correlation).density(0.7, -0.3), tolerance: 1e-8))
    }
  }

  /// A table of counts as the answers of two items.
  private func items(_ table: [[Int]]) -> [[Double?]] {
    var (rows, columns) = ([Double?](), [Double?]())
    for (row, counts) in table.enumerated() {
      for (column, count) in counts.enumerated() {
        rows += Array(repeating: Double(row), count: count)
        columns += Array(repeating: Double(column), count: count)
      }
    }
    return [rows, columns]
  }

  private func correlation(_ table: [[Int]]) -> Double? {
    OrdinalAlpha(items: items(table)).meanCorrelation
  }

  @Test func `halves and quarters have the correlation of a cosine`() {
    // Medians cut both: ρ = −cos(2π · share in one corner).
    #expect(agree(correlation([[30, 10], [10, 30]]), 0.7071067811865476, tolerance: 1e-9))
    #expect(agree(correlation([[20, 20], [20, 20]]), 0, tolerance: 1e-12))
    #expect(correlation([[25, 0], [0, 25]]) == 1)
    #expect(correlation([[0, 25], [25, 0]]) == -1)
    #expect(correlation([[9, 0, 0], [0, 8, 0], [0, 0, 7]]) == 1)
  }

  @Test func `one empty cell of four is filled by half a person`() {
    let filled = correlation([[20, 6], [0, 14]])
    let doubled = correlation([[39, 13], [1, 27]])
    #expect(agree(filled, doubled, tolerance: 1e-9))
    // lavaan 0.6.14, lavCor(ordered =).
    #expect(agree(filled, 0.926631496, tolerance: 1e-6))
    #expect(
      agree(correlation([[5, 4, 0], [3, 9, 7], [0, 6, 12]]), 0.716685204948, tolerance: 1e-6))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `only the order of answers counts`(seed: UInt64) throws {
    var samples = RatingSamples(seed: seed)
    let items = samples.scale(items: 3, people: 200, steps: 5)
    let alpha = OrdinalAlpha(items: items)
    let stretched = OrdinalAlpha(items: items.map { $0.map { $0.map { $0 * $0 * $0 } } })
    let turned = OrdinalAlpha(items: items.map { $0.map { $0.map { -$0 } } })
    let shuffled = OrdinalAlpha(items: samples.shuffled(items))
    for other in [stretched, turned, shuffled] {
      #expect(agree(alpha.alpha, other.alpha, tolerance: 1e-8), "seed \(seed)")
    }
    // Grouping into five steps costs alpha what the polychoric correlation gives back.
    let plain = try #require(CronbachAlpha(items: items).alpha)
    #expect((try #require(alpha.alpha)) > plain, "seed \(seed)")
    var single = items
    single[0] = items[0].map { $0.map { -$0 } }
    #expect(
      agree(
        OrdinalAlpha(items: single).correlations[0][1], alpha.correlations[0][1].map { -$0 },
        tolerance: 1e-8),
      "seed \(seed)")
  }

  @Test func `what has no ordinal alpha says why`() {
    func status(_ items: [[Double?]]) -> Status { OrdinalAlpha(items: items).status }
    #expect(status([[1, 2, 3]]) == .tooFewItems && status([[], []]) == .noData)
    #expect(status([[1], [2]]) == .insufficientN)
    #expect(status([[1, 2, 3], [4, 4, 4]]) == .singular)
    #expect(status([[1, 2, .infinity], [4, 5, 4]]) == .invalidCodes)
    let constant = OrdinalAlpha(items: [[1, 2, 3, 2], [4, 4, 4, 4], [1, 3, 2, 2]])
    #expect(constant.alpha == nil && constant.correlations[0][1] == nil)
    #expect(constant.correlations[0][2] != nil && constant.correlations[1][1] == nil)
  }

  @Test func `items with a step for everyone take no table of all pairs`() {
    let many = (0..<400).map { Double?(Double($0 * 7919 % 400)) }
    let other = (0..<400).map { Double?(Double($0 * 104_729 % 400)) }
    let alpha = OrdinalAlpha(items: [many, other])
    #expect(alpha.status == .ok && abs(alpha.meanCorrelation ?? 1) < 0.3)
  }
}
