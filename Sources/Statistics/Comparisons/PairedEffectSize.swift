/// A mean change in units of standard deviations; every number is `nil` where its standard
/// deviation is 0.
///
/// Sources: Cumming (2012), Understanding the New Statistics, ch. 11; Hedges (1981), Journal of
/// Educational Statistics 6, 107–128, doi:10.3102/10769986006002107; Bonett (2008), Confidence
/// intervals for standardized linear contrasts of means, Psychological Methods 13, 99–109,
/// doi:10.1037/1082-989X.13.2.99.
public struct PairedEffectSize: Sendable, Equatable {
  /// d_z: over the standard deviation of the change. Grows with the correlation of the waves, so
  /// it cannot be compared across studies.
  public let perChange: Double?
  /// d_av: over √((s₁² + s₂²)/2) of the two waves.
  public let perAverage: Double?
  /// J(n − 1), which takes the bias of a small sample out of d_av; 0 for two pairs.
  public let hedgesCorrection: Double?
  /// g_av: `perAverage` times `hedgesCorrection`.
  public let unbiased: Double?
  /// Standard error and normal limits of d_av after Bonett.
  public let standardError: Double?
  public let lower: Double?
  public let upper: Double?

  static let undefined = PairedEffectSize(
    perChange: nil, perAverage: nil, hedgesCorrection: nil, unbiased: nil, standardError: nil,
    lower: nil, upper: nil)

  private init(
    perChange: Double?, perAverage: Double?, hedgesCorrection: Double?, unbiased: Double?,
    standardError: Double?, lower: Double?, upper: Double?
  ) {
    self.perChange = perChange
    self.perAverage = perAverage
    self.hedgesCorrection = hedgesCorrection
    self.unbiased = unbiased
    self.standardError = standardError
    self.lower = lower
    self.upper = upper
  }

  /// Of at least two pairs.
  init(before: MeanInterval, after: MeanInterval, change: MeanInterval, correlation: Double) {
    guard let mean = change.mean, let spread = change.standardDeviation,
      let first = before.standardDeviation, let second = after.standardDeviation
    else {
      self = .undefined
      return
    }
    let freedom = Double(change.n - 1)
    let correction = Distribution.hedgesCorrection(degreesOfFreedom: freedom)
    let perChange = spread > 0 ? mean / spread : nil
    let average = ((first * first + second * second) / 2).squareRoot()
    guard average > 0 else {
      self.init(
        perChange: perChange, perAverage: nil, hedgesCorrection: correction, unbiased: nil,
        standardError: nil, lower: nil, upper: nil)
      return
    }
    let d = mean / average
    // Shares of the average variance instead of fourth powers, which leave the range of numbers
    // sooner: v₁² + v₂² + 2c² over 8(n − 1), and the variance of the change over n − 1.
    let (v1, v2) = ((first / average) * (first / average), (second / average) * (second / average))
    let covariance = correlation * (first / average) * (second / average)
    let ofSpread = d * d * (v1 * v1 + v2 * v2 + 2 * covariance * covariance) / (8 * freedom)
    let ofChange = (spread / average) * (spread / average) / freedom
    let error = (ofSpread + ofChange).squareRoot()
    let half = Distribution.normalCritical(change.confidence) * error
    self.init(
      perChange: perChange, perAverage: d, hedgesCorrection: correction, unbiased: correction * d,
      standardError: error, lower: d - half, upper: d + half)
  }
}
