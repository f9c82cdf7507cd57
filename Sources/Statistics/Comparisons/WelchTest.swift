/// The difference of two groups' means, first minus second, without assuming equal spread.
///
/// Status: `ok`; `insufficient_n` when either group has fewer than two values;
/// `no_variance_estimate` when neither group varies: then only the difference is there;
/// `invalid_codes` for values that are no numbers.
///
/// Sources: Welch (1947), The generalization of Student's problem when several different
/// population variances are involved, Biometrika 34, 28–35, doi:10.1093/biomet/34.1-2.28; Hedges
/// (1981), doi:10.3102/10769986006002107.
public struct WelchTest: Sendable, Equatable {
  public let status: Status
  /// Values of each group.
  public let firstCount: Int
  public let secondCount: Int
  /// In the unit of the values, as are the limits.
  public let difference: Double?
  public let lower: Double?
  public let upper: Double?
  public let t: Double?
  /// Satterthwaite's, usually not whole.
  public let degreesOfFreedom: Double?
  /// Two-sided p that the means are equal.
  public let pValue: Double?
  /// Hedges' g: the difference in pooled standard deviations, free of small-sample bias.
  public let hedgesG: Double?
  public let confidence: Double

  public init(_ first: [Double], _ second: [Double], confidence: Double = 0.95) {
    self.init(
      MeanInterval(present: first, confidence: confidence),
      MeanInterval(present: second, confidence: confidence))
  }

  /// From the two groups' own summaries, made with one confidence.
  init(_ first: MeanInterval, _ second: MeanInterval) {
    confidence = first.confidence
    (firstCount, secondCount) = (first.n, second.n)
    guard let s1 = first.standardDeviation, let s2 = second.standardDeviation,
      let mean1 = first.mean, let mean2 = second.mean
    else {
      let isInvalid = [first.status, second.status].contains(.invalidCodes)
      status = isInvalid ? .invalidCodes : .insufficientN
      (difference, lower, upper, t) = (nil, nil, nil, nil)
      (degreesOfFreedom, pValue, hedgesG) = (nil, nil, nil)
      return
    }
    let (n1, n2) = (Double(first.n), Double(second.n))
    let (part1, part2) = (s1 * s1 / n1, s2 * s2 / n2)
    let squaredError = part1 + part2
    let error = squaredError.squareRoot()
    let difference = mean1 - mean2
    self.difference = difference
    // What is left of a spread after rounding the values is no spread.
    guard error > 10 * .ulpOfOne * max(mean1.magnitude, mean2.magnitude) else {
      status = .noVarianceEstimate
      (lower, upper, t, degreesOfFreedom, pValue, hedgesG) = (nil, nil, nil, nil, nil, nil)
      return
    }
    // Shares of the squared error, so that no fourth power leaves the range of numbers.
    let (share1, share2) = (part1 / squaredError, part2 / squaredError)
    let freedom = 1 / (share1 * share1 / (n1 - 1) + share2 * share2 / (n2 - 1))
    let t = difference / error
    let half = error * Distribution.studentCritical(confidence, degreesOfFreedom: freedom)
    let together = n1 + n2 - 2
    let pooled = (((n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2) / together).squareRoot()
    status = .ok
    self.t = t
    degreesOfFreedom = freedom
    pValue = Distribution.studentTwoSided(t, degreesOfFreedom: freedom)
    lower = difference - half
    upper = difference + half
    hedgesG = Distribution.hedgesCorrection(degreesOfFreedom: together) * difference / pooled
  }
}

extension WelchTest: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: difference, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "welch_t", n: firstCount + secondCount)
  }
}
