/// How much two raters agree beyond what their own use of the categories would give: 1 for
/// full agreement, 0 for chance. Weighted forms count near misses, by the order of categories.
///
/// Status: `ok`; `no_denominator` when both raters use the same single category, so that chance
/// alone agrees; `no_data` when no unit has both ratings.
///
/// Source: Cohen (1960), doi:10.1177/001316446002000104; standard error of Fleiss, Cohen &
/// Everitt (1969), doi:10.1037/h0028106; weights: Cohen (1968), doi:10.1037/h0026256.
public struct CohenKappa: ResultRecordConvertible, Equatable {
  public let status: Status
  /// Units with both ratings.
  public let n: Int
  /// Units with one rating or none.
  public let missing: Int
  /// Share of units on which the raters agree, 0 to 1.
  public let agreement: Double?
  public let kappa: Double?
  /// Large-sample standard error of `kappa`.
  public let standardError: Double?
  /// Normal limits, not cut at ±1.
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double
  /// A disagreement weighs the number of steps between the categories.
  public let linear: Double?
  /// It weighs the square of that.
  public let quadratic: Double?

  /// `first` and `second` hold one entry per unit, the place of its category among `categories`
  /// (from 0), `nil` for missing.
  public init(first: [Int?], second: [Int?], categories: Int, confidence: Double = 0.95) {
    precondition(first.count == second.count, "one entry, or nil, per unit and rater")
    requireConfidence(confidence)
    let table = RaterTable(first, second, categories: categories)
    let units = table.units.count
    n = units
    missing = first.count - units
    self.confidence = confidence
    agreement = units == 0 ? nil : Double(table.agreed) / Double(units)
    guard let agreement, let kappa = table.kappa else {
      status = units == 0 ? .noData : .noDenominator
      (kappa, standardError, lower, upper) = (nil, nil, nil, nil)
      (linear, quadratic) = (nil, nil)
      return
    }
    let error = table.standardError(kappa: kappa, agreement: agreement)
    let half = error * Distribution.normalCritical(confidence)
    status = .ok
    self.kappa = kappa
    standardError = error
    lower = kappa - half
    upper = kappa + half
    linear = table.linear
    quadratic = table.quadratic
  }

  /// Unweighted kappa with its limits.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: kappa, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "cohen_kappa", n: n,
      missing: MissingCounts(skipped: missing))
  }
}
