/// The part that all bootstraps share: draws, counts, and turns replicates into intervals.
struct Bootstrap {
  var replicates: Int
  var confidence: Double
  var seed: UInt64

  init(replicates: Int, confidence: Double, seed: UInt64) {
    precondition(replicates > 0, "a bootstrap needs replicates")
    requireConfidence(confidence)
    self.replicates = replicates
    self.confidence = confidence
    self.seed = seed
  }

  /// The record of a statistic that is undefined for the rows themselves.
  func undefined(_ status: Status, n: Int) -> BootstrapInterval {
    BootstrapInterval(
      status: status, n: n, estimate: nil, replicates: replicates, undefinedReplicates: 0,
      firstReplicates: [], standardError: nil, percentile: nil, bca: nil,
      confidence: confidence, seed: seed)
  }

  /// Draws all replicates with `draw`, which answers NaN where the statistic is undefined.
  ///
  /// - Parameter jackknife: the statistic without each row in turn, NaN where undefined.
  func run(
    estimate: Double, jackknife: [Double], draw: (inout Xoshiro256StarStar) -> Double
  ) -> BootstrapInterval {
    var random = Xoshiro256StarStar(seed: seed)
    var defined: [Double] = []
    defined.reserveCapacity(replicates)
    for _ in 0..<replicates {
      let value = draw(&random)
      if !value.isNaN { defined.append(value) }
    }
    let sample = SortedSample(defined)
    let tail = (1 - confidence) / 2
    return BootstrapInterval(
      status: jackknife.count == 1 ? .noVarianceEstimate : .ok, n: jackknife.count,
      estimate: estimate, replicates: replicates,
      undefinedReplicates: replicates - defined.count, firstReplicates: Array(defined.prefix(5)),
      standardError: standardDeviation(defined), percentile: limits(sample, tail, 1 - tail),
      bca: bca(estimate, sample, jackknife), confidence: confidence, seed: seed)
  }

  private func limits(
    _ sample: SortedSample, _ lower: Double, _ upper: Double
  ) -> BootstrapInterval.Limits? {
    guard let lower = sample.quantile(lower), let upper = sample.quantile(upper) else {
      return nil
    }
    return .init(lower: lower, upper: upper)
  }

  private func bca(
    _ estimate: Double, _ sample: SortedSample, _ jackknife: [Double]
  ) -> BootstrapInterval.BCa? {
    // A replicate equal to the estimate counts half on either side: with few people or whole
    // numbers there are many of them.
    let below = Double(sample.values.count { $0 < estimate })
    let equal = Double(sample.values.count { $0 == estimate })
    let share = (below + 0.5 * equal) / Double(sample.values.count)
    guard share > 0, share < 1, let acceleration = Self.acceleration(jackknife) else {
      return nil
    }
    let z0 = Distribution.normalQuantile(share)
    func adjusted(_ probability: Double) -> Double {
      let shifted = z0 + Distribution.normalQuantile(probability)
      return Distribution.normalProbability(z0 + shifted / (1 - acceleration * shifted))
    }
    let tail = (1 - confidence) / 2
    let (lower, upper) = (adjusted(tail), adjusted(1 - tail))
    guard !lower.isNaN, !upper.isNaN, let limits = limits(sample, lower, upper) else {
      return nil
    }
    return .init(z0: z0, acceleration: acceleration, limits: limits)
  }

  /// Skewness of the jackknife values over six; 0 when they do not vary.
  private static func acceleration(_ jackknife: [Double]) -> Double? {
    guard !jackknife.contains(where: \.isNaN), let center = mean(jackknife) else { return nil }
    let squares = exactSum(jackknife.lazy.map { (center - $0) * (center - $0) })
    let cubes = exactSum(jackknife.lazy.map { (center - $0) * (center - $0) * (center - $0) })
    let scale = 6 * squares * squares.squareRoot()
    return scale == 0 ? 0 : cubes / scale
  }
}
