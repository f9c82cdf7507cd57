import Testing

@testable import Statistics

@Suite struct CorrelationTests {
  @Test(arguments: seeds)
  func `Kendall's tau compares every pair of people`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let kind = samples.kind()
    for count in [3, 10, 75] {
      let (x, y) = (samples.values(count, kind), samples.values(count, kind))
      var (score, apartX, apartY) = (0, 0, 0)
      for i in x.indices {
        for j in x.indices where j < i {
          let (a, b) = (
            x[i] < x[j] ? -1 : x[i] > x[j] ? 1 : 0, y[i] < y[j] ? -1 : y[i] > y[j] ? 1 : 0
          )
          score += a * b
          apartX += a * a
          apartY += b * b
        }
      }
      guard apartX > 0, apartY > 0 else { continue }
      let concordance = Concordance(MidRanks(x), MidRanks(y))
      #expect(concordance.score == score, "seed \(seed)")
      let tau = Double(score) / (Double(apartX) * Double(apartY)).squareRoot()
      #expect(agree(concordance.tauB, tau), "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `symmetric, and blind to order, unit and any rising transform`(seed: UInt64) throws {
    var samples = RandomSamples(seed: seed)
    let (x, y) = (samples.values(40, .thirds), samples.values(40, .scores))
    let here = RankCorrelation(x, y)
    let there = RankCorrelation(y, x)
    #expect(here.spearman == there.spearman, "seed \(seed)")
    #expect(agree(here.kendall?.pValue, there.kendall?.pValue), "seed \(seed)")
    #expect(agree(here.pearson?.estimate, there.pearson?.estimate), "seed \(seed)")
    let order = samples.shuffled(Array(0..<40))
    #expect(here == RankCorrelation(order.map { x[$0] }, order.map { y[$0] }), "seed \(seed)")
    let bent = RankCorrelation(x.map { $0 * $0 * $0 }, y.map { 2 - 3 * $0 })
    #expect(agree(bent.spearman?.estimate, here.spearman.map { -$0.estimate }), "seed \(seed)")
    #expect(agree(bent.kendall?.estimate, here.kendall.map { -$0.estimate }), "seed \(seed)")
    let spearman = try #require(here.spearman)
    #expect(isInside(spearman.estimate, spearman.lower, spearman.upper), "seed \(seed)")
    let wider = try #require(RankCorrelation(x, y, confidence: 0.99).spearman)
    #expect((wider.lower ?? 0) < (spearman.lower ?? 0), "seed \(seed)")
  }

  @Test func `a perfect order is exactly one`() {
    let x = [1.5, 2, 2, 7, 9]
    let same = RankCorrelation(x, x.map { $0 * 10 })
    #expect(same.spearman?.estimate == 1 && same.spearman?.pValue == 0)
    #expect(same.spearman?.lower == 1 && same.spearman?.upper == 1)
    #expect(same.kendall?.estimate == 1 && same.kendall?.lower == nil)
    #expect(RankCorrelation(x, x.map { -$0 }).kendall?.estimate == -1)
  }

  @Test func `where there is no correlation there is no number`() {
    #expect(RankCorrelation([], []).status == .noData)
    #expect(RankCorrelation([1, 2], [1, 2]).status == .insufficientN)
    #expect(RankCorrelation([1, nil, 3, 4], [1, 2, nil, nil]).status == .insufficientN)
    #expect(RankCorrelation([1, nil, 3, 4], [1, 2, nil, nil]).missing == 3)
    let flat = RankCorrelation([5, 5, 5, 5], [1, 2, 3, 4])
    #expect(flat.status == .singular && flat.spearman == nil && flat.record.value == nil)
    for wrong in [Double.nan, .infinity, 1e151] {
      #expect(RankCorrelation([1, 2, wrong], [1, 2, 3]).status == .invalidCodes)
    }
    let three = RankCorrelation([1, 2, 3], [1, 3, 2])
    #expect(three.status == .ok && three.spearman?.estimate == 0.5 && three.spearman?.lower == nil)
  }
}
