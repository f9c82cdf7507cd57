internal import Glibc

/// A correlation, −1 to 1, with its interval and test.
public struct CorrelationCoefficient: Sendable, Equatable {
  public let estimate: Double
  public let lower: Double?
  public let upper: Double?
  /// Two-sided p that there is none.
  public let pValue: Double?

  /// With the limits and the p-value of a t test that a product-moment correlation of `n` pairs
  /// has. `varianceFactor` times 1/(n − 3) is the variance of Fisher's z.
  init(_ estimate: Double, n: Int, varianceFactor: Double, confidence: Double) {
    self.estimate = estimate
    let freedom = Double(n - 2)
    let t = estimate * (freedom / ((1 - estimate) * (1 + estimate))).squareRoot()
    pValue = n > 2 ? Distribution.studentTwoSided(t, degreesOfFreedom: freedom) : nil
    guard n > 3 else {
      (lower, upper) = (nil, nil)
      return
    }
    let half =
      Distribution.normalCritical(confidence) * (varianceFactor / Double(n - 3)).squareRoot()
    let center = atanh(estimate)
    lower = tanh(center - half)
    upper = tanh(center + half)
  }

  /// With a normal test, and no interval.
  init(_ estimate: Double, z: Double?) {
    self.estimate = estimate
    (lower, upper) = (nil, nil)
    pValue = z.map(Distribution.normalTwoSided)
  }
}

/// Pearson's r, or `nil` below two pairs or when either side does not vary. Values must be
/// finite, their squares too.
func pearsonCorrelation(_ x: [Double], _ y: [Double]) -> Double? {
  pearsonCorrelation(x, MeanInterval(x), y, MeanInterval(y))
}

/// As above, for values whose moments are known.
func pearsonCorrelation(
  _ x: [Double], _ ofX: MeanInterval, _ y: [Double], _ ofY: MeanInterval
) -> Double? {
  guard let spreadX = ofX.standardDeviation, let spreadY = ofY.standardDeviation,
    let meanX = ofX.mean, let meanY = ofY.mean, spreadX > 0, spreadY > 0
  else { return nil }
  // In standard units, so that products of large values stay in range.
  let products = zip(x, y).lazy.map { (($0 - meanX) / spreadX) * (($1 - meanY) / spreadY) }
  return min(1, max(-1, exactSum(products) / Double(x.count - 1)))
}
