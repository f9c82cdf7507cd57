import Testing

@testable import Statistics

/// A million people: no count of pairs, ranks or ties leaves its range, and nothing makes a table
/// of all pairs. Tests are built without optimisation, so the values are few and near each other,
/// which sort quickly.
@Suite struct LargeSampleTests {
  private static let count = 1_000_000
  /// Each of ten steps of 1/32 a hundred thousand times.
  private let mixed = (0..<count).map { 1.25 + Double($0 * 7 % 10) / 32 }

  @Test func `a paired change`() {
    let pairs = PairedSample(before: mixed, after: mixed.map { $0 + ($0 < 1.375 ? -1 : 2) / 32 })
    let change = PairedChange(pairs)
    #expect(change.status == .ok && change.n == Self.count)
    #expect(change.down == 400_000 && change.up == 600_000)
    #expect(agree(change.change.mean, 0.8 / 32) && change.dominance.within == 0.2)
    #expect(change.effect.unbiased.map { $0 > 0.2 && $0 < 0.3 } == true)
  }

  @Test func `signed ranks and the typical change`() {
    let pairs = PairedSample(before: mixed.map { _ in 1.34375 }, after: mixed)
    let ranks = WilcoxonSignedRank(pairs, zeros: .pratt)
    let all = Double(Self.count) * Double(Self.count + 1) / 2
    let ofZeros = Double(ranks.zeroCount) * Double(ranks.zeroCount + 1) / 2
    #expect(ranks.zeroCount == 100_000)
    #expect(ranks.rankSumUp + ranks.rankSumDown == all - ofZeros)
    #expect(ranks.exactP == nil && ranks.pValue.map { $0 < 1e-100 } == true)
    #expect((ranks.rankBiserial ?? 0) > 0.1 && (ranks.variance ?? 0) > 1e16)
    let typical = HodgesLehmann(pairs)
    #expect(typical.status == .ok && typical.walshAverages == 500_000_500_000)
    #expect(typical.estimate == 1.5 / 32 && typical.lower == typical.upper)
  }

  @Test func `two groups`() {
    let groups = TwoGroupComparison(mixed, mixed.map { $0 - 1 / 32 })
    // Of the 100 pairs of digits, 55 are won and 36 lost.
    #expect(groups.status == .ok && agree(groups.cliff.delta, 0.19))
    #expect(isInside(groups.cliff.delta, groups.cliff.lower, groups.cliff.upper))
    #expect(groups.cliff.variance.map { $0 > 0 && $0 < 1e-6 } == true)
    #expect(groups.mannWhitney.pValue == 0 && agree(groups.welch.difference, 1 / 32))
  }

  @Test func `correlations`() {
    let all = RankCorrelation(mixed, mixed.map { 3 - $0 })
    #expect(all.spearman?.estimate == -1 && all.kendall?.estimate == -1)
    #expect(all.spearman?.pValue == 0 && all.n == Self.count)
  }
}
