/// The typical change: the median of the means of all pairs of changes (Walsh averages), each
/// change paired with itself too; in the unit of the values.
///
/// Status: `ok`; `insufficient_pairs` without pairs, and with so few that no limits of this
/// confidence exist (fewer than five for 0.95): then the estimate stands alone; `invalid_codes`
/// for values that are no numbers.
///
/// People who did not change count as changes of 0. The limits are the order statistics that the
/// normal approximation to the signed-rank distribution points at.
///
/// Sources: Hodges & Lehmann (1963), Estimates of location based on rank tests, Annals of
/// Mathematical Statistics 34, 598–611, doi:10.1214/aoms/1177704172; Hollander, Wolfe & Chicken
/// (2014), Nonparametric Statistical Methods, 3.3.
public struct HodgesLehmann: Sendable, Equatable {
  public let status: Status
  /// People with both measurements.
  public let n: Int
  /// People who lack one of them.
  public let missing: Int
  /// n(n + 1)/2.
  public let walshAverages: Int
  public let estimate: Double?
  /// How many Walsh averages lie outside each limit, counted in order; negative when there is no
  /// limit.
  public let rank: Int
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double

  public init(_ pairs: PairedSample, confidence: Double = 0.95) {
    requireConfidence(confidence)
    self.confidence = confidence
    n = pairs.count
    missing = pairs.beforeOnly + pairs.afterOnly
    let count = pairs.count * (pairs.count + 1) / 2
    walshAverages = count
    let size = Double(pairs.count)
    let spread = (size * (size + 1) * (2 * size + 1) / 24).squareRoot()
    let rank = Int(
      (Double(count) / 2 - Distribution.normalCritical(confidence) * spread).rounded(.down))
    self.rank = rank
    guard pairs.isMeasurable, count > 0 else {
      status = pairs.isMeasurable ? .insufficientPairs : .invalidCodes
      (estimate, lower, upper) = (nil, nil, nil)
      return
    }
    let averages = WalshAverages(pairs.differences)
    estimate = averages.median
    guard rank >= 0 else {
      status = .insufficientPairs
      (lower, upper) = (nil, nil)
      return
    }
    status = .ok
    lower = averages.inOrder(rank)
    upper = averages.inOrder(count - 1 - rank)
  }
}

extension HodgesLehmann: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: estimate, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "hodges_lehmann", n: n,
      missing: MissingCounts(skipped: missing))
  }
}
