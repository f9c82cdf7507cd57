/// A statistic with the interval that resampling its rows gives, in the unit of the statistic.
///
/// Status: `ok`; `no_data` for no rows; `no_denominator` or `all_zero` when the statistic of the
/// rows themselves is undefined, or `invalid_codes` when a row's number is none, and then nothing
/// is drawn; `no_variance_estimate` for one row, whose resamples are all the same.
///
/// A resample in which the statistic is undefined (every denominator drawn is 0) is counted and
/// left out. Sources: Efron (1987), Better bootstrap confidence intervals, JASA 82, 171–185;
/// Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13–14.
public struct BootstrapInterval: Sendable, Equatable {
  /// Two ends of an interval.
  public struct Limits: Sendable, Equatable {
    public let lower: Double
    public let upper: Double
  }

  /// The bias-corrected and accelerated interval and what corrected it.
  public struct BCa: Sendable, Equatable {
    /// Median bias of the replicates, in standard normal units.
    public let z0: Double
    /// How the standard error grows with the value, from the jackknife.
    public let acceleration: Double
    public let limits: Limits
  }

  public let status: Status
  /// Rows or clusters that were resampled.
  public let n: Int
  /// The statistic of the rows themselves.
  public let estimate: Double?
  /// How many resamples were drawn.
  public let replicates: Int
  public let undefinedReplicates: Int
  /// The first five defined ones as drawn, by which a run can be checked bit for bit.
  public let firstReplicates: [Double]
  /// Standard deviation of the replicates.
  public let standardError: Double?
  /// Quantiles (type 7) of the replicates.
  public let percentile: Limits?
  /// `nil` when all replicates lie on one side of the estimate or a jackknife value is
  /// undefined.
  public let bca: BCa?
  public let confidence: Double
  public let seed: UInt64

  /// The interval to show: BCa, else percentile, and none unless the status is `ok`.
  public var limits: Limits? { status == .ok ? bca?.limits ?? percentile : nil }

  /// `bca` or `percentile`, whichever `limits` is.
  public var method: String? {
    limits == nil ? nil : bca == nil ? "percentile" : "bca"
  }
}

extension BootstrapInterval: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: estimate, lower: limits?.lower, upper: limits?.upper,
      confidence: limits == nil ? nil : confidence, method: method ?? "bootstrap", n: n,
      caveats: undefinedReplicates > 0 ? ["undefined_replicates"] : [])
  }
}
