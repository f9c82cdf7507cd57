/// How a quantity changed in the same people, after minus before.
///
/// Status: `ok`; `insufficient_pairs` below two pairs; `zero_variance_of_change` when everyone
/// changed by the same amount: then t, p and d_z are undefined, never infinite, and the rest
/// stands; `invalid_codes` for values that are no numbers.
///
/// Differences are rounded to ten decimals (see `PairedSample.differences`).
///
/// Sources: Student (1908), Biometrika 6, 1–25; Cliff (1993), Dominance statistics, Psychological
/// Bulletin 114, 494–509, doi:10.1037/0033-2909.114.3.494.
public struct PairedChange: Sendable, Equatable {
  public let status: Status
  /// People with both measurements.
  public let n: Int
  public let beforeOnly: Int
  public let afterOnly: Int
  /// The measurements and the differences, each with mean, standard deviation and t interval, in
  /// the unit of the values.
  public let before: MeanInterval
  public let after: MeanInterval
  public let change: MeanInterval
  /// Pearson's r of before and after; `nil` when either does not vary.
  public let correlation: Double?
  /// Mean change in standard errors.
  public let t: Double?
  public let degreesOfFreedom: Int?
  /// Two-sided p that the mean change is 0.
  public let pValue: Double?
  public let effect: PairedEffectSize
  /// How many people went up, stayed and went down.
  public let up: Int
  public let unchanged: Int
  public let down: Int
  public let dominance: PairedDominance
  public let confidence: Double

  public init(_ pairs: PairedSample, confidence: Double = 0.95) {
    requireConfidence(confidence)
    self.confidence = confidence
    n = pairs.count
    beforeOnly = pairs.beforeOnly
    afterOnly = pairs.afterOnly
    let differences = pairs.differences
    before = MeanInterval(present: pairs.before, confidence: confidence)
    after = MeanInterval(present: pairs.after, confidence: confidence)
    change = MeanInterval(present: differences, confidence: confidence)
    up = differences.count { $0 > 0 }
    down = differences.count { $0 < 0 }
    unchanged = differences.count { $0 == 0 }
    guard n > 1, pairs.isMeasurable, let mean = change.mean, let error = change.standardError
    else {
      status = pairs.isMeasurable ? .insufficientPairs : .invalidCodes
      (correlation, t, degreesOfFreedom, pValue) = (nil, nil, nil, nil)
      (effect, dominance) = (.undefined, .undefined)
      return
    }
    let freedom = Double(n - 1)
    let t = error > 0 ? mean / error : nil
    status = t == nil ? .zeroVarianceOfChange : .ok
    self.t = t
    degreesOfFreedom = n - 1
    pValue = t.map { Distribution.studentTwoSided($0, degreesOfFreedom: freedom) }
    correlation = pearsonCorrelation(pairs.before, before, pairs.after, after)
    effect = PairedEffectSize(
      before: before, after: after, change: change, correlation: correlation ?? 0)
    dominance = PairedDominance(pairs, up: up, down: down)
  }
}

extension PairedChange: ResultRecordConvertible {
  /// The headline is g_av, with the Bonett limits of d_av; never d_z, which other studies cannot
  /// be compared with.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: effect.unbiased, lower: effect.lower, upper: effect.upper,
      confidence: effect.lower == nil ? nil : confidence, method: "g_av_bonett_2008", n: n,
      missing: MissingCounts(skipped: beforeOnly + afterOnly))
  }
}
