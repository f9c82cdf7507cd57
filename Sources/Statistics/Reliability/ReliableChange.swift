/// Whose change is larger than what an unreliable score moves by itself: the change divided by
/// the standard error of a difference, √2 · s · √(1 − r).
///
/// Status: `ok`; `no_denominator` when that standard error is 0 (a reliability of 1, or earlier
/// scores that do not vary); `insufficient_pairs` when nobody has both scores;
/// `no_variance_estimate` when there is one earlier score; `no_data` for no score at all;
/// `invalid_codes` when a score is not a usable number.
///
/// Source: Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12.
public struct ReliableChange: ResultRecordConvertible, Equatable {
  public let status: Status
  /// People with both scores.
  public let pairs: Int
  public let earlierOnly: Int
  public let laterOnly: Int
  /// Standard deviation of all earlier scores, or the one given. In scale points, as are the
  /// next three.
  public let standardDeviation: Double?
  /// s · √(1 − r).
  public let standardErrorOfMeasurement: Double?
  /// √2 times that.
  public let standardErrorOfDifference: Double?
  /// The change that is just not reliable.
  public let smallestReliableChange: Double?
  /// For each pair, in order: later minus earlier, in standard errors of a difference. Not
  /// turned round where lower is better.
  public let indices: [Double]
  /// Shares of pairs, with Wilson's interval: index beyond the critical value in the good
  /// direction, between, and beyond it in the bad one. `nil` unless the status is `ok`.
  public let improved: Proportion?
  public let unchanged: Proportion?
  public let deteriorated: Proportion?

  /// `earlier` and `later` hold one entry per person, `nil` for missing.
  ///
  /// - Parameters:
  ///   - reliability: of the earlier scores, at most 1.
  ///   - standardDeviation: instead of that of all earlier scores, for example a published one.
  ///   - critical: how many standard errors are reliable; 1.96, exactly the normal quantile,
  ///     unless said.
  public init(
    earlier: [Double?], later: [Double?], reliability: Double,
    standardDeviation: Double? = nil, critical: Double? = nil, higherIsBetter: Bool = true,
    confidence: Double = 0.95
  ) {
    precondition(earlier.count == later.count, "one entry, or nil, per person and time")
    precondition(reliability.isFinite && reliability <= 1, "a reliability is at most 1")
    precondition(
      standardDeviation.map { $0 >= 0 && $0.isUsable } ?? true,
      "a standard deviation is not negative")
    let critical = critical ?? Distribution.normalCritical(0.95)
    precondition(critical > 0 && critical.isUsable, "a critical value is above 0")
    let scores = PairedScores(earlier, later)
    pairs = scores.changes.count
    earlierOnly = scores.earlierOnly
    laterOnly = scores.laterOnly
    let deviation =
      scores.isUsable
      ? standardDeviation ?? variance(scores.earlier).map { $0.squareRoot() } : nil
    let error = deviation.map { $0 * (1 - reliability).squareRoot() }
    let difference = error.map { 2.0.squareRoot() * $0 }
    self.standardDeviation = deviation
    standardErrorOfMeasurement = error
    standardErrorOfDifference = difference
    smallestReliableChange = difference.map { critical * $0 }.flatMap { $0.isFinite ? $0 : nil }
    let problem: Status? =
      if !scores.isUsable {
        .invalidCodes
      } else if scores.earlier.isEmpty && laterOnly == 0 {
        .noData
      } else if pairs == 0 {
        .insufficientPairs
      } else if deviation == nil {
        .noVarianceEstimate
      } else {
        // Also a difference so small that nothing can be divided by it.
        scores.changes.allSatisfy { ($0 / (difference ?? 0)).isFinite } ? nil : .noDenominator
      }
    guard problem == nil, let difference else {
      status = problem ?? .noVarianceEstimate
      (indices, improved, unchanged, deteriorated) = ([], nil, nil, nil)
      return
    }
    status = .ok
    let indices = scores.changes.map { $0 / difference }
    self.indices = indices
    let good = indices.count { (higherIsBetter ? $0 : -$0) > critical }
    let bad = indices.count { (higherIsBetter ? -$0 : $0) > critical }
    func share(_ count: Int) -> Proportion {
      Proportion(count, of: indices.count, confidence: confidence)
    }
    improved = share(good)
    unchanged = share(indices.count - good - bad)
    deteriorated = share(bad)
  }

  /// The share that improved; those who got worse are named beside it.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: improved?.estimate, lower: improved?.lower, upper: improved?.upper,
      confidence: improved?.confidence, method: "reliable_change_wilson",
      numerator: improved.map { Double($0.count) }, denominator: improved.map { Double($0.total) },
      n: pairs, missing: MissingCounts(skipped: earlierOnly + laterOnly))
  }
}

/// Two scores per person, sorted by which of them are there.
private struct PairedScores {
  var isUsable = true
  /// All earlier scores, with or without a later one.
  var earlier: [Double] = []
  /// Later minus earlier, of the people with both.
  var changes: [Double] = []
  var earlierOnly = 0
  var laterOnly = 0

  init(_ first: [Double?], _ second: [Double?]) {
    for (before, after) in zip(first, second) {
      for score in [before, after] { isUsable = isUsable && (score?.isUsable ?? true) }
      if let before { earlier.append(before) }
      switch (before, after) {
      case (let before?, let after?): changes.append(after - before)
      case (_?, nil): earlierOnly += 1
      case (nil, _?): laterOnly += 1
      case (nil, nil): break
      }
    }
  }
}
