/// The Mann–Whitney test that neither of two groups tends to lie above the other.
///
/// Status: `ok`; `insufficient_n` when a group is empty; `no_variance_estimate` when all values
/// are the same, and then there is no p; `invalid_codes` for values that are no numbers.
///
/// Source: Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50–60,
/// doi:10.1214/aoms/1177730491.
public struct MannWhitney: Sendable, Equatable {
  public let status: Status
  /// Pairs in which the first group's value is above, ties counting half.
  public let u: Double?
  /// Two-sided p of the normal approximation, corrected for ties, not for continuity.
  public let pValue: Double?

  public init(_ first: [Double], _ second: [Double]) {
    self.init(first.isMeasurable && second.isMeasurable ? Overlap(first, second) : nil)
  }

  /// `nil` stands for values that are no numbers.
  init(_ overlap: Overlap?) {
    guard let overlap, overlap.pairs > 0 else {
      status = overlap == nil ? .invalidCodes : .insufficientN
      (u, pValue) = (nil, nil)
      return
    }
    let n = Double(overlap.firstCount + overlap.secondCount)
    u = (overlap.pairs + Double(overlap.score)) / 2
    guard overlap.steps.count > 1 else {
      (status, pValue) = (.noVarianceEstimate, nil)
      return
    }
    let variance = overlap.pairs / 12 * (n + 1 - overlap.tieTerm / (n * (n - 1)))
    status = .ok
    pValue = Distribution.normalTwoSided(Double(overlap.score) / 2 / variance.squareRoot())
  }
}
