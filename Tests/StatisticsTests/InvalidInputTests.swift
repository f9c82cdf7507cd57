import Statistics
import Testing

/// Values that are no numbers get a status from every statistic, never a crash and never a number.
@Suite struct InvalidInputTests {
  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func `a value that is no number`(wrong: Double) {
    let values = [1, wrong, 3]
    let mean = MeanInterval(values)
    #expect(mean.status == .invalidCodes && mean.mean == nil && mean.lower == nil && mean.n == 3)
    let quantiles = QuantileSummary(values)
    #expect(quantiles.status == .invalidCodes && quantiles.median == nil && quantiles.n == 3)
    let gini = Gini(values)
    #expect(gini.status == .invalidCodes && gini.coefficient == nil && gini.total == nil)
    let clusters = [
      Cluster(key: "a", numerator: 1, denominator: 2),
      Cluster(key: "b", numerator: wrong, denominator: 2),
    ]
    for interval in [
      BootstrapInterval.mean(of: values, replicates: 20, seed: 1),
      .median(of: values, replicates: 20, seed: 1), .gini(of: values, replicates: 20, seed: 1),
      .ratio(of: clusters, replicates: 20, seed: 1),
    ] {
      #expect(interval.status == .invalidCodes && interval.estimate == nil)
      #expect(interval.limits == nil && interval.record.confidence == nil)
    }
  }

  @Test func `nothing can be shared out that is below zero`() {
    #expect(Gini([1, -1, 5]).status == .invalidCodes)
    #expect(BootstrapInterval.gini(of: [1, -1], seed: 1).status == .invalidCodes)
  }

  @Test func `no value at all`() {
    #expect(QuantileSummary([]).status == .noData && QuantileSummary([nil]).missing == 1)
    #expect(MeanInterval([nil]).status == .noData && Gini([]).status == .noData)
  }
}
