import Statistics
import Testing

@Suite struct SummaryTests {
  private var random = Xoshiro256StarStar(seed: 7)

  /// Numbers of very different size and both signs.
  private mutating func wildValues(_ count: Int) -> [Double] {
    let sizes = [1e-9, 1, 1e12]
    return (0..<count).map { _ in
      Double.random(in: -1...1, using: &random) * sizes[Int(random.next(below: 3))]
    }
  }

  @Test func `a sum is rounded once, whatever the order`() {
    #expect(exactSum([1e100, 1, -1e100]) == 1)
    #expect(exactSum(Array(repeating: 0.1, count: 10)) == 1)
    #expect(exactSum([1, 0x1p-53, 0x1p-106]) == 1.0.nextUp)
    #expect(exactSum([1, 0x1p-53, -0x1p-106]) == 1)
    #expect(exactSum([1, 0x1p-53]) == 1)
    #expect(exactSum([]) == 0)
  }

  @Test mutating func `shuffling changes nothing`() {
    for count in [1, 2, 30, 500] {
      let values = wildValues(count)
      let shuffled = values.shuffled(using: &random)
      #expect(MeanInterval(values) == MeanInterval(shuffled))
      #expect(SortedSample(values) == SortedSample(shuffled))
      #expect(Gini(values.map(\.magnitude)) == Gini(shuffled.map(\.magnitude)))
    }
  }

  @Test func `missing values enter nothing but their count`() {
    let summary = MeanInterval([nil, 1, nil, 2, 3])
    #expect(summary.n == 3 && summary.missing == 2 && summary.mean == 2)
    #expect(summary.standardDeviation == 1)
    #expect(MeanInterval([]).status == .noData)
    #expect(MeanInterval([4]).status == .noVarianceEstimate)
    #expect(MeanInterval([4]).lower == nil)
  }

  @Test(arguments: QuantileType.allCases)
  func `quantiles rise with the probability and stay in the sample`(type: QuantileType) {
    var source = self
    for count in [1, 2, 5, 24, 333] {
      let sample = SortedSample(source.wildValues(count))
      let quantiles = (0...200).compactMap { sample.quantile(Double($0) / 200, type) }
      #expect(quantiles.count == 201)
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(quantiles.first == sample.values.first && quantiles.last == sample.values.last)
    }
    #expect(SortedSample([]).quantile(0.5, type) == nil)
  }

  @Test func `a Gini knows its ends`() {
    #expect(Gini([3, 3, 3]).coefficient == 0)
    #expect(Gini([0, 0, 0, 9]).corrected == 1)
    #expect(Gini([0, 0]).status == .allZero && Gini([0, 0]).coefficient == nil)
    #expect(Gini([]).status == .noData)
    #expect(Gini([5]).coefficient == 0 && Gini([5]).corrected == nil)
    let values = [1.0, 4, 9, 2]
    #expect(Gini(values).coefficient == Gini(values.map { $0 * 8 }).coefficient)
  }

  @Test func `every status has a word of its own`() {
    #expect(Set(Status.allCases.map(\.rawValue)).count == Status.allCases.count)
    #expect(Status.noDenominator.rawValue == "no_denominator")
  }
}
