import Statistics
import Testing

@Suite struct ControlChartTests {
  private func series(_ seed: UInt64, _ count: Int) -> [Double] {
    var samples = RatingSamples(seed: seed)
    return (0..<count).map { _ in (samples.normal() * 4).rounded() + 20 }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `signals are what the definition says, looked at again point by point`(
    seed: UInt64
  ) throws {
    let values = series(seed, 60)
    let chart = ControlChart(values)
    let mean = try #require(chart.mean)
    let (lower, upper) = (try #require(chart.lower), try #require(chart.upper))
    #expect(lower < mean && mean < upper)
    #expect(abs((upper - mean) - (mean - lower)) < 1e-9)
    #expect(
      chart.outside == values.indices.filter { !(lower...upper).contains(values[$0]) },
      "seed \(seed)")
    let runs = values.indices.filter { last in
      guard last >= 7 else { return false }
      let eight = values[(last - 7)...last]
      return eight.allSatisfy { $0 > mean } || eight.allSatisfy { $0 < mean }
    }
    #expect(chart.runSignals == runs, "seed \(seed)")
    let range = zip(values, values.dropFirst()).map { abs($0 - $1) }.reduce(0, +) / 59
    #expect(agree(chart.meanMovingRange, range) && agree(chart.rangeUpper, 3.267 * range))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `turning time or the scale round turns nothing but that`(seed: UInt64) {
    let values = series(seed, 40)
    let chart = ControlChart(values)
    let back = ControlChart(values.reversed())
    #expect(agree(chart.lower, back.lower) && agree(chart.upper, back.upper))
    #expect(back.outside == chart.outside.map { 39 - $0 }.reversed(), "seed \(seed)")
    let mirrored = ControlChart(values.map { -$0 })
    #expect(agree(mirrored.lower, chart.upper.map { -$0 }) && mirrored.outside == chart.outside)
    #expect(mirrored.runSignals == chart.runSignals, "seed \(seed)")
  }

  @Test func `a shift is seen as a run, a point on the mean ends one`() {
    let shifted = ControlChart(Array(repeating: 1, count: 8) + Array(repeating: 3, count: 8))
    #expect(shifted.runSignals == [7, 15] && shifted.mean == 2)
    let broken = ControlChart([1, 1, 1, 1, 2, 1, 1, 1, 1, 3, 3, 3, 3, 2, 3, 3, 3, 3])
    #expect(broken.mean == 2 && broken.runSignals == [])
    let short = ControlChart([1, 1, 3, 3], rules: .init(runLength: 2))
    #expect(short.runSignals == [1, 3])
  }

  @Test func `limits frozen from a baseline do not move`() {
    let calm: [Double?] = [10, 11, 10, 9, 10, 11, 9, 10]
    let frozen = ControlChart(calm + [30, 31, 32], baseline: 8)
    #expect(frozen.mean == ControlChart(calm).mean && frozen.upper == ControlChart(calm).upper)
    #expect(frozen.outside == [8, 9, 10] && frozen.n == 11)
  }

  @Test func `a gap is left off the chart`() {
    let whole = ControlChart([4, 6, 5, 7])
    let gaps = ControlChart([nil, 4, 6, nil, nil, 5, 7])
    #expect(whole.mean == gaps.mean && whole.meanMovingRange == gaps.meanMovingRange)
    #expect(gaps.n == 4 && gaps.missing == 3)
    #expect(ControlChart([1, nil, 1, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1]).outside == [3])
  }

  @Test func `what has no limits says why`() {
    #expect(ControlChart([]).status == .noData && ControlChart([nil]).status == .noData)
    let one = ControlChart([5])
    #expect(one.status == .noVarianceEstimate && one.mean == 5 && one.upper == nil)
    #expect(ControlChart([5, .nan]).status == .invalidCodes)
    #expect(ControlChart([5, .infinity]).mean == nil)
    let flat = ControlChart(Array(repeating: 0.1, count: 30))
    #expect(flat.status == .ok && flat.lower == 0.1 && flat.upper == 0.1)
    #expect(flat.outside == [] && flat.runSignals == [])
  }

  @Test func `a million points do not overflow`() {
    let chart = ControlChart((0..<1_000_000).map { Double($0 % 17) * 1e140 })
    #expect(chart.status == .ok && chart.upper?.isFinite == true && chart.n == 1_000_000)
  }
}
