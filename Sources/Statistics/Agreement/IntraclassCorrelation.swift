/// How much of the variance of single ratings lies between groups, from one-way analysis of
/// variance; groups may differ in size.
///
/// A negative value is printed as it is: members differ more than groups do.
///
/// Status: `ok`; `not_converged` when only the limits cannot be found; `no_denominator` when the
/// ratings do not vary at all; `insufficient_n` for one group, or when every group has one
/// rating; `no_data` for no rating in a group; `invalid_codes` when a rating is not a usable
/// number. Ratings that vary between groups only have an ICC of 1 with an interval of no width,
/// and no F.
///
/// Source: Shrout & Fleiss (1979), doi:10.1037/0033-2909.86.2.420 (model 1); Bliese (2000);
/// limits for unequal groups with n₀ after Searle, Casella & McCulloch (1992), Variance
/// Components, ch. 3.
public struct IntraclassCorrelation: ResultRecordConvertible, Equatable {
  public let status: Status
  /// Groups with at least one rating.
  public let groups: Int
  /// Ratings with a group.
  public let n: Int
  /// Entries without a rating or without a group.
  public let missing: Int
  public let meanGroupSize: Double?
  /// The group size that stands for unequal ones: (N − Σnᵢ²/N) / (k − 1).
  public let effectiveGroupSize: Double?
  /// Mean squares, in squared units of the ratings; `nil` without degrees of freedom.
  public let meanSquareBetween: Double?
  public let meanSquareWithin: Double?
  public let degreesBetween: Int
  public let degreesWithin: Int
  /// Between by within; `nil` when ratings do not vary within groups.
  public let fRatio: Double?
  /// P(F > `fRatio`) when groups do not differ.
  public let pValue: Double?
  /// Reliability of one rating, ICC(1), with n₀.
  public let single: Double?
  /// As `single` with the mean group size in place of n₀, as some programs have it.
  public let singleByMeanSize: Double?
  /// Reliability of a group's mean, ICC(2).
  public let mean: Double?
  /// Limits of `single`.
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double

  /// `values` and `groups` hold one entry per rating; where either is `nil` it is left out.
  public init<Group: Hashable>(
    values: [Double?], groups: [Group?], confidence: Double = 0.95
  ) {
    precondition(values.count == groups.count, "one group, or nil, per value")
    requireConfidence(confidence)
    let table = OneWayTable(values: values, groups: groups)
    let k = table.sizes.count
    self.confidence = confidence
    self.groups = k
    n = table.total
    missing = values.count - table.total
    degreesBetween = max(0, k - 1)
    degreesWithin = table.total - k
    let between = table.isUsable && k > 1 ? table.squaresBetween / Double(k - 1) : nil
    let within =
      table.isUsable && table.total > k ? table.squaresWithin / Double(table.total - k) : nil
    let size = k == 0 ? nil : Double(table.total) / Double(k)
    let effective = table.effectiveSize
    meanGroupSize = size
    effectiveGroupSize = effective
    meanSquareBetween = between
    meanSquareWithin = within
    guard let between, let within, let size, let effective, between > 0 || within > 0 else {
      status =
        if !table.isUsable {
          .invalidCodes
        } else if table.total == 0 {
          .noData
        } else {
          between == nil || within == nil ? .insufficientN : .noDenominator
        }
      (fRatio, pValue, single, singleByMeanSize) = (nil, nil, nil, nil)
      (mean, lower, upper) = (nil, nil, nil)
      return
    }
    func reliability(_ size: Double) -> Double? {
      quotient(between - within, between + (size - 1) * within)
    }
    single = reliability(effective)
    singleByMeanSize = reliability(size)
    mean = quotient(between - within, between)
    guard let ratio = quotient(between, within) else {
      // F grows beyond all bounds; what depends on it comes to its end.
      (fRatio, pValue, lower, upper) = (nil, 0, 1, 1)
      status = .ok
      return
    }
    fRatio = ratio
    let degrees = (Double(k - 1), Double(table.total - k))
    pValue = Distribution.fisherTail(ratio, degrees.0, degrees.1)
    let tail = (1 - confidence) / 2
    let high = Distribution.fisherUpperQuantile(tail, degrees.0, degrees.1)
    let low = Distribution.fisherQuantile(tail, degrees.0, degrees.1)
    func limit(_ quantile: Double?) -> Double? {
      guard let quantile else { return nil }
      return quotient(ratio / quantile - 1, ratio / quantile + effective - 1)
    }
    lower = limit(high)
    upper = limit(low)
    status = high == nil || low == nil ? .notConverged : .ok
  }

  /// ICC(1) with its limits.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: single, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "icc1_oneway", n: n,
      missing: MissingCounts(skipped: missing))
  }
}

/// `numerator / denominator`, or `nil` where that is no finite number.
func quotient(_ numerator: Double, _ denominator: Double) -> Double? {
  let quotient = numerator / denominator
  return quotient.isFinite ? quotient : nil
}
