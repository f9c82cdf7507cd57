/// Whether a published total gives away how much its largest contributors have.
///
/// Contributions count by their size without sign. Status: `ok`; `no_data` for none; `all_zero`
/// when there is nothing to give away; `invalid_codes` when a value is not finite or the total
/// too large for a number, and then nothing is computed and the total must not be shown.
///
/// Source: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.2.
/// doi:10.1002/9781118348239
public struct Dominance: Sendable, Equatable {
  public let status: Status
  /// How many contribute.
  public let n: Int
  /// Sum of the contributions without sign, in their unit.
  public let total: Double?
  /// What the `leaders` largest have of the total, in percent; `nil` of a total of 0.
  public let leadingPercent: Double?
  /// The (n, k) rule: the n largest have more than k percent.
  public let violatesShareRule: Bool?
  /// The p% rule: the total without the two largest is less than p percent of the largest, so
  /// that the second could estimate the first too closely.
  public let violatesEstimateRule: Bool?
  /// n and k of the (n, k) rule, and p.
  public let leaders: Int
  public let sharePercent: Double
  public let estimatePercent: Double

  /// Whether the total may be shown under both rules.
  public var isSafe: Bool { violatesShareRule == false && violatesEstimateRule == false }

  public init(
    _ contributions: [Double], leaders: Int = 1, sharePercent: Double = 50,
    estimatePercent: Double = 10
  ) {
    precondition(leaders >= 0, "a number of contributors is not negative")
    (self.leaders, self.sharePercent, self.estimatePercent) =
      (leaders, sharePercent, estimatePercent)
    n = contributions.count
    let sizes = contributions.map(\.magnitude)
    // Sums are exact, so nothing overflows on the way if the total does not.
    let ceiling = Double.greatestFiniteMagnitude / (100 * Double(max(n, 1)))
    guard sizes.allSatisfy({ $0 <= ceiling }) else {
      status = .invalidCodes
      (total, leadingPercent, violatesShareRule, violatesEstimateRule) = (nil, nil, nil, nil)
      return
    }
    let ordered = sizes.sorted(by: >)
    let total = exactSum(ordered)
    self.total = total
    guard let largest = ordered.first, total > 0 else {
      status = n == 0 ? .noData : .allZero
      (leadingPercent, violatesShareRule, violatesEstimateRule) = (nil, false, false)
      return
    }
    let leading = 100 * exactSum(ordered.prefix(leaders)) / total
    status = .ok
    leadingPercent = leading
    violatesShareRule = leading > sharePercent
    // Multiplied out: a remainder of exactly p percent is then found equal, not a bit less.
    violatesEstimateRule = 100 * exactSum(ordered.dropFirst(2)) < estimatePercent * largest
  }
}
