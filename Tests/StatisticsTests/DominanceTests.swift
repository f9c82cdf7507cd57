import Statistics
import Testing

@Suite struct DominanceTests {
  @Test func `a remainder of exactly p percent is enough`() {
    // 7/100 · 100 is a bit more than 7 in floating point.
    #expect(Dominance([100, 50, 7], estimatePercent: 7).violatesEstimateRule == false)
    #expect(Dominance([100, 50, 6.9], estimatePercent: 7).violatesEstimateRule == true)
    #expect(Dominance([40, 40]).violatesShareRule == false)
    #expect(Dominance([40.1, 40]).violatesShareRule == true)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `order, sign and scale do not matter`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let values = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      Double(Int.random(in: 0...50, using: &random))
    }
    let plain = Dominance(values, leaders: 2, sharePercent: 75)
    let signed = values.map { Bool.random(using: &random) ? -$0 : $0 }
    #expect(Dominance(signed, leaders: 2, sharePercent: 75) == plain, "seed \(seed)")
    let shuffled = Dominance(
      values.shuffled(using: &random), leaders: 2, sharePercent: 75)
    #expect(shuffled == plain, "seed \(seed)")
    let scaled = Dominance(values.map { $0 * 8 }, leaders: 2, sharePercent: 75)
    #expect(scaled.leadingPercent == plain.leadingPercent, "seed \(seed)")
    #expect(scaled.isSafe == plain.isSafe, "seed \(seed)")
    if let percent = plain.leadingPercent { #expect(percent > 0 && percent <= 100) }
  }

  @Test func `every contributor more makes a total safer`() {
    for count in 1...40 {
      let equal = Dominance(Array(repeating: 3, count: count))
      #expect(equal.violatesShareRule == (count < 2))
      #expect(equal.violatesEstimateRule == (count < 3))
    }
  }

  @Test func `edges of totals`() {
    #expect(Dominance([]).status == .noData && Dominance([]).total == 0 && Dominance([]).isSafe)
    #expect(Dominance([0, 0]).status == .allZero && Dominance([0, 0]).isSafe)
    #expect(Dominance([5]).leadingPercent == 100 && !Dominance([5]).isSafe)
    #expect(Dominance([5, 6], leaders: 9).leadingPercent == 100)
    #expect(Dominance([5, 6], leaders: 0).leadingPercent == 0)
    for bad in [Double.nan, .infinity, 1e308] {
      let dominance = Dominance([1, bad])
      #expect(dominance.status == .invalidCodes && !dominance.isSafe && dominance.total == nil)
    }
    let million = Dominance(Array(repeating: 1e300, count: 1_000_000))
    #expect(million.total == 1e306 && million.isSafe)
  }
}
