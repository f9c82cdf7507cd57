internal import Glibc

/// What changed in a regular series when something happened: level and slope before, and how
/// both changed, by least squares with standard errors that allow for neighbours being alike.
///
/// y = β₀ + β₁t + β₂·after + β₃·(t − break)·after, t = 1 … n.
///
/// Status: `ok`; `no_data`; `insufficient_n` for fewer than four values; `singular` unless two
/// values lie before the break and two from it on; `no_variance_estimate` when no residuals are
/// left to judge by (four values, or all exactly on the lines), and then the coefficients stand
/// alone; `invalid_codes` for a value that is not finite.
///
/// Sources: Bernal, Cummins & Gasparrini (2017), International Journal of Epidemiology 46,
/// 348–355, doi:10.1093/ije/dyw098; Newey & West (1987), Econometrica 55, 703–708,
/// doi:10.2307/1913610; Durbin & Watson (1951), Biometrika 38, 159–178.
public struct InterruptedTimeSeries: Sendable, Equatable {
  /// One coefficient with its two standard errors, in the unit of the values (by step of time).
  public struct Coefficient: Sendable, Equatable {
    public let value: Double
    /// As if all values were independent.
    public let standardError: Double?
    /// Allowing for autocorrelation and unequal variance; `nil` if it rests on two values only,
    /// whose line leaves nothing.
    public let neweyWestError: Double?
  }

  /// What is left beside the lines.
  public struct Residuals: Sendable, Equatable {
    public let standardDeviation: Double
    /// About 2 if neighbours are independent, towards 0 if they are alike.
    public let durbinWatson: Double
    public let lag1Autocorrelation: Double
  }

  public let status: Status
  /// Values that are there.
  public let n: Int
  public let missing: Int
  /// How far apart two values may be and still be taken to depend on each other.
  public let lag: Int
  /// At t = 0.
  public let intercept: Coefficient?
  public let slopeBefore: Coefficient?
  /// At the break itself.
  public let levelChange: Coefficient?
  public let slopeChange: Coefficient?
  public let residuals: Residuals?
  /// Share of the variance on the lines; `nil` if all values are equal.
  public let rSquared: Double?
  public let confidence: Double

  /// Fits `values`, one for each step of time; `nil` is a step that is missing.
  ///
  /// - Parameters:
  ///   - firstAfter: the number of the first value after the change, counted from 1.
  ///   - lag: steps of dependence; ⌊4(n/100)^(2/9)⌋ unless given.
  ///   - isSmallSample: multiplies the Newey–West covariance by n/(n − 4).
  ///   - confidence: of the limits in `record`.
  public init(
    _ values: [Double?], firstAfter: Int, lag: Int? = nil, isSmallSample: Bool = false,
    confidence: Double = 0.95
  ) {
    requireConfidence(confidence)
    precondition(lag.map { $0 >= 0 } ?? true, "a lag is not negative")
    self.confidence = confidence
    let present = values.compactMap(\.self)
    n = present.count
    missing = values.count - n
    let lag = lag ?? Int((4 * pow(Double(n) / 100, 2.0 / 9)).rounded(.down))
    self.lag = lag
    let fit = Self.fit(values, firstAfter)
    status = fit.status
    let errors = fit.lines.map { $0.errors(lag: lag, isSmallSample: isSmallSample) }
    let coefficients = fit.lines.map { lines in
      lines.coefficients.enumerated().map { index, value in
        let error = errors.flatMap { $0?[index] }
        return Coefficient(
          value: value, standardError: error?.ordinary, neweyWestError: error?.neweyWest)
      }
    }
    intercept = coefficients?[0]
    slopeBefore = coefficients?[1]
    levelChange = coefficients?[2]
    slopeChange = coefficients?[3]
    residuals = fit.lines?.residualSummary
    rSquared = fit.lines?.rSquared(of: present)
  }

  private static func fit(
    _ values: [Double?], _ firstAfter: Int
  ) -> (status: Status, lines: BrokenLine?) {
    let present = values.compactMap(\.self)
    guard !present.isEmpty else { return (.noData, nil) }
    guard present.allSatisfy(\.isUsable) else { return (.invalidCodes, nil) }
    guard present.count >= 4 else { return (.insufficientN, nil) }
    guard let lines = BrokenLine(values, firstAfter: firstAfter) else { return (.singular, nil) }
    return (lines.hasResiduals ? .ok : .noVarianceEstimate, lines)
  }
}

extension InterruptedTimeSeries: ResultRecordConvertible {
  /// The change of level with its Newey–West limits.
  public var record: ResultRecord {
    let half = levelChange?.neweyWestError.map { $0 * Distribution.normalCritical(confidence) }
    let change = levelChange?.value
    return ResultRecord(
      status: status, value: change, lower: half.flatMap { half in change.map { $0 - half } },
      upper: half.flatMap { half in change.map { $0 + half } },
      confidence: half == nil ? nil : confidence, method: "interrupted_time_series", n: n,
      missing: MissingCounts(skipped: missing))
  }
}
