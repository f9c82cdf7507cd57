/// How two measurements of the same people go together: by rank (Spearman, Kendall) and, for
/// comparison, in a straight line (Pearson).
///
/// Status: `ok`; `no_data` without pairs; `insufficient_n` below three; `singular` when either
/// measurement does not vary; `invalid_codes` for values that are no numbers. Only with `ok` is
/// there a coefficient. Limits need four pairs; those of a correlation of exactly ±1 are the same
/// ±1.
///
/// Sources: Spearman (1904), American Journal of Psychology 15, 72–101, doi:10.2307/1412159;
/// Bonett & Wright (2000), Sample size requirements for estimating Pearson, Kendall and Spearman
/// correlations, Psychometrika 65, 23–28, doi:10.1007/BF02294183; Kendall (1945), The treatment
/// of ties in ranking problems, Biometrika 33, 239–251, doi:10.1093/biomet/33.3.239.
public struct RankCorrelation: Sendable, Equatable {
  public let status: Status
  /// People with both measurements.
  public let n: Int
  /// People who lack one of them, or both.
  public let missing: Int
  /// Limits by Fisher's z with standard error √((1 + ρ²/2)/(n − 3)); p by Student's t.
  public let spearman: CorrelationCoefficient?
  /// τ_b; p by the normal approximation, corrected for ties, not for continuity.
  public let kendall: CorrelationCoefficient?
  /// Limits by Fisher's z with standard error 1/√(n − 3); p by Student's t.
  public let pearson: CorrelationCoefficient?
  public let confidence: Double

  /// One entry per person in both, in the same order; `nil` is missing.
  public init(_ x: [Double?], _ y: [Double?], confidence: Double = 0.95) {
    requireConfidence(confidence)
    self.confidence = confidence
    let pairs = PairedSample(before: x, after: y)
    n = pairs.count
    missing = x.count - pairs.count
    guard n > 2, pairs.isMeasurable else {
      status = !pairs.isMeasurable ? .invalidCodes : n == 0 ? .noData : .insufficientN
      (spearman, kendall, pearson) = (nil, nil, nil)
      return
    }
    let (ranksX, ranksY) = (MidRanks(pairs.before), MidRanks(pairs.after))
    guard let rho = spearmanCorrelation(ranksX, ranksY),
      let r = pearsonCorrelation(pairs.before, pairs.after)
    else {
      status = .singular
      (spearman, kendall, pearson) = (nil, nil, nil)
      return
    }
    status = .ok
    spearman = CorrelationCoefficient(
      rho, n: n, varianceFactor: 1 + rho * rho / 2, confidence: confidence)
    pearson = CorrelationCoefficient(r, n: n, varianceFactor: 1, confidence: confidence)
    let concordance = Concordance(ranksX, ranksY)
    kendall = CorrelationCoefficient(concordance.tauB, z: concordance.z)
  }
}

/// Pearson's r of the ranks, or `nil` when either side has only one.
func spearmanCorrelation(_ x: MidRanks, _ y: MidRanks) -> Double? {
  guard x.tieSizes.count > 1, y.tieSizes.count > 1 else { return nil }
  // Twice the distance from the mean rank, a whole number.
  let middle = x.doubled.count + 1
  func sum(_ a: MidRanks, _ b: MidRanks) -> Double {
    exactSum(zip(a.doubled, b.doubled).lazy.map { Double($0 - middle) * Double($1 - middle) })
  }
  return min(1, max(-1, sum(x, y) / (sum(x, x) * sum(y, y)).squareRoot()))
}

extension RankCorrelation: ResultRecordConvertible {
  /// The headline is Spearman's ρ.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: spearman?.estimate, lower: spearman?.lower, upper: spearman?.upper,
      confidence: spearman?.lower == nil ? nil : confidence, method: "spearman_bonett_wright",
      n: n, missing: MissingCounts(skipped: missing))
  }
}
