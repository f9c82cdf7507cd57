/// A share of independent units, with its interval. All numbers are shares, 0 to 1.
///
/// Status: `ok`; `no_denominator` for 0 of 0; `not_converged` when a Clopper–Pearson bound of
/// millions of units cannot be found, and then only the estimate is there.
///
/// Only for units that are independent of one another, such as people who answered once. For
/// person-sessions use `BootstrapInterval.ratio(of:)`: people repeat, and this is too narrow.
public struct Proportion: Sendable, Equatable {
  /// How the interval is made. Bounds at 0 of n and n of n are exactly 0 and 1 with both.
  public enum Method: String, Sendable {
    /// Score interval: right on average. Wilson (1927), JASA 22, 209–212.
    case wilson
    /// "Exact" interval: covers at least as often as it says, at the price of width; for claims
    /// of compliance. Clopper & Pearson (1934), Biometrika 26, 404–413.
    case clopperPearson = "clopper_pearson"
  }

  public let status: Status
  /// How many have the property.
  public let count: Int
  /// How many were looked at.
  public let total: Int
  public let estimate: Double?
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double
  public let method: Method

  /// `count` of `total`; needs `0 ≤ count ≤ total`.
  public init(
    _ count: Int, of total: Int, method: Method = .wilson, confidence: Double = 0.95
  ) {
    precondition(count >= 0 && count <= total, "a share needs 0 <= count <= total")
    requireConfidence(confidence)
    self.count = count
    self.total = total
    self.method = method
    self.confidence = confidence
    guard total > 0 else {
      (status, estimate, lower, upper) = (.noDenominator, nil, nil, nil)
      return
    }
    estimate = Double(count) / Double(total)
    let bounds =
      switch method {
      case .wilson: Self.wilson(count, total, confidence)
      case .clopperPearson: Self.clopperPearson(count, total, confidence)
      }
    guard let bounds else {
      (status, lower, upper) = (.notConverged, nil, nil)
      return
    }
    status = .ok
    lower = count == 0 ? 0 : max(0, bounds.lower)
    upper = count == total ? 1 : min(1, bounds.upper)
  }

  private typealias Bounds = (lower: Double, upper: Double)?

  private static func wilson(_ count: Int, _ total: Int, _ confidence: Double) -> Bounds {
    let z = Distribution.normalCritical(confidence)
    let n = Double(total)
    let share = Double(count) / n
    let shrink = 1 + z * z / n
    let center = (share + z * z / (2 * n)) / shrink
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / shrink
    return (center - half, center + half)
  }

  private static func clopperPearson(_ count: Int, _ total: Int, _ confidence: Double) -> Bounds {
    let tail = (1 - confidence) / 2
    let with = Double(count)
    let without = Double(total - count)
    let lower = count == 0 ? 0 : Distribution.betaQuantile(tail, with, without + 1)
    let upper = count == total ? 1 : Distribution.betaUpperQuantile(tail, with + 1, without)
    guard let lower, let upper else { return nil }
    return (lower, upper)
  }
}
