/// Single values over time with natural limits (XmR): what varies as it always has, and what
/// calls for a look.
///
/// Missing points are left off the chart; the points beside a gap are neighbours on it. A point
/// exactly on the mean belongs to neither side and ends a run.
///
/// Status: `ok`; `no_variance_estimate` for one point in the baseline, which has a mean and no
/// limits; `no_data` for none; `invalid_codes` when a value is not a usable number.
///
/// Source: Wheeler & Chambers (1992), Understanding Statistical Process Control, SPC Press.
public struct ControlChart: ResultRecordConvertible, Equatable {
  /// What makes a limit and what makes a signal.
  public struct Rules: Sendable, Equatable {
    /// Mean moving ranges from the mean to a limit.
    public let limitFactor: Double
    /// Mean moving ranges up to the limit of a moving range.
    public let rangeFactor: Double
    /// So many points in a row on one side are a signal.
    public let runLength: Int

    public init(limitFactor: Double = 2.66, rangeFactor: Double = 3.267, runLength: Int = 8) {
      precondition(
        limitFactor > 0 && limitFactor.isUsable && rangeFactor > 0 && rangeFactor.isUsable,
        "factors of limits are above 0")
      precondition(runLength > 0, "a run has a point")
      self.limitFactor = limitFactor
      self.rangeFactor = rangeFactor
      self.runLength = runLength
    }
  }

  public let status: Status
  /// Points on the chart.
  public let n: Int
  public let missing: Int
  public let rules: Rules
  /// Mean of the baseline, in the unit of the values, as are all limits.
  public let mean: Double?
  /// Mean distance of a baseline point from the one before it.
  public let meanMovingRange: Double?
  public let lower: Double?
  public let upper: Double?
  /// Limit of the moving ranges.
  public let rangeUpper: Double?
  /// Places among the values given, from 0, of points strictly outside the limits.
  public let outside: [Int]
  /// Places of points at which a run is `runLength` long or longer.
  public let runSignals: [Int]

  /// - Parameters:
  ///   - values: in order of time, `nil` for missing.
  ///   - baseline: how many points from the first the limits are made from, all unless said.
  ///     Frozen limits do not move with the points they judge.
  public init(_ values: [Double?], baseline: Int? = nil, rules: Rules = Rules()) {
    precondition(baseline.map { $0 > 0 } ?? true, "a baseline has a point")
    let points = values.enumerated().compactMap { place, value in
      value.map { (place: place, value: $0) }
    }
    self.rules = rules
    n = points.count
    missing = values.count - points.count
    let isUsable = points.allSatisfy { $0.value.isUsable }
    let base = points.prefix(isUsable ? baseline ?? points.count : 0).map(\.value)
    let center = center(base)
    let ranges = zip(base, base.dropFirst()).map { ($1 - $0).magnitude }
    let range = Statistics.mean(ranges)
    mean = center
    meanMovingRange = range
    guard let center, let range else {
      status = !isUsable ? .invalidCodes : points.isEmpty ? .noData : .noVarianceEstimate
      (lower, upper, rangeUpper) = (nil, nil, nil)
      (outside, runSignals) = ([], [])
      return
    }
    let low = center - rules.limitFactor * range
    let high = center + rules.limitFactor * range
    status = .ok
    lower = low
    upper = high
    rangeUpper = rules.rangeFactor * range
    outside = points.filter { $0.value < low || $0.value > high }.map(\.place)
    var signals: [Int] = []
    var (run, side) = (0, 0)
    for point in points {
      let now = point.value > center ? 1 : point.value < center ? -1 : 0
      run = now == 0 ? 0 : now == side ? run + 1 : 1
      side = now
      if run >= rules.runLength { signals.append(point.place) }
    }
    runSignals = signals
  }

  /// The mean with the natural limits, which are no confidence interval.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: mean, lower: lower, upper: upper, method: "xmr", n: n,
      missing: MissingCounts(skipped: missing))
  }
}
