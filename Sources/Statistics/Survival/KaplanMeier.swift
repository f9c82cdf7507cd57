internal import Glibc

/// The share of people to whom something has not happened yet, over time, when some were last
/// seen before it could.
///
/// Status: `ok`; `no_data` for nobody; `invalid_codes` for an impossible time (negative or not
/// finite), and then nothing is computed. Times are in the unit they came in. Who is censored at the time
/// of an event was at risk of it.
///
/// Sources: Kaplan & Meier (1958), JASA 53, 457–481, doi:10.1080/01621459.1958.10501452;
/// Greenwood (1926); Brookmeyer & Crowley (1982), Biometrics 38, 29–41, doi:10.2307/2530286.
public struct KaplanMeier: Sendable, Equatable {
  /// The curve from one time until just before the next.
  public struct Step: Sendable, Equatable {
    public let time: Double
    /// People still there just before `time`.
    public let atRisk: Int
    public let events: Int
    public let censored: Int
    /// Share without the event after `time`.
    public let survival: Double
    /// Greenwood's Σ d / (n(n − d)), the variance of log survival; infinite once survival is 0.
    let logVariance: Double

    /// Greenwood's standard error of `survival`; `nil` once that is 0.
    public var standardError: Double? {
      survival == 0 ? nil : survival * logVariance.squareRoot()
    }
  }

  public let status: Status
  /// People followed.
  public let n: Int
  /// People whose time or outcome is not known; they enter nothing.
  public let missing: Int
  public let events: Int
  /// One for each distinct time at which somebody left, in order.
  public let steps: [Step]
  /// When half have had the event; `nil` if that was never reached.
  public let median: SurvivalQuantile
  /// When a quarter have.
  public let firstQuartile: SurvivalQuantile
  /// When three quarters have.
  public let thirdQuartile: SurvivalQuantile
  /// Coverage probability of all limits.
  public let confidence: Double
  private let critical: Double

  /// The curve of `people`, where `nil` is somebody whose time or outcome is not known.
  public init(_ people: [FollowUp?], confidence: Double = 0.95) {
    requireConfidence(confidence)
    let exits = people.lazy.compactMap(\.self).map {
      ExitTable.Exit(time: $0.time, code: $0.isEvent ? 1 : 0)
    }
    let table = ExitTable(Array(exits))
    n = table?.exits.count ?? people.count { $0 != nil }
    missing = people.count - n
    self.confidence = confidence
    critical = Distribution.normalCritical(confidence)
    status = table == nil ? .invalidCodes : n == 0 ? .noData : .ok
    steps = table.map(Self.steps) ?? []
    events = steps.reduce(0) { $0 + $1.events }
    let curve = SurvivalQuantile.Curve(steps, critical: critical)
    firstQuartile = curve.quantile(0.25)
    median = curve.quantile(0.5)
    thirdQuartile = curve.quantile(0.75)
  }

  private static func steps(_ table: ExitTable) -> [Step] {
    var steps: [Step] = []
    var survival = 1.0
    var logVariance = 0.0
    table.forEachMoment { moment in
      let events = moment.exits.reduce(0) { $0 + Int($1.code) }
      if events > 0 {
        let (atRisk, left) = (Double(moment.atRisk), Double(moment.atRisk - events))
        survival *= left / atRisk
        logVariance += Double(events) / (atRisk * left)
      }
      steps.append(
        Step(
          time: moment.time, atRisk: moment.atRisk, events: events,
          censored: moment.exits.count - events, survival: survival,
          logVariance: logVariance))
    }
    return steps
  }

  /// Limits of the survival of `step` by the log-log transformation, which stay within 0…1;
  /// `nil` where survival is 0 or 1 and they are undefined.
  public func limits(_ step: Step) -> (lower: Double, upper: Double)? {
    step.limits(critical: critical)
  }
}

extension KaplanMeier.Step {
  func limits(critical: Double) -> (lower: Double, upper: Double)? {
    guard survival > 0, survival < 1 else { return nil }
    let hazard = -log(survival)
    let factor = exp(critical * logVariance.squareRoot() / hazard)
    return (exp(-hazard * factor), exp(-hazard / factor))
  }
}

extension KaplanMeier: ResultRecordConvertible {
  /// The median time; a median that was not reached is `nil` and said so.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: median.time, lower: median.lower, upper: median.upper,
      confidence: median.lower == nil && median.upper == nil ? nil : confidence,
      method: "kaplan_meier", numerator: Double(events), denominator: Double(n), n: n,
      missing: MissingCounts(skipped: missing),
      caveats: status == .ok && median.time == nil ? ["median_not_reached"] : [])
  }
}
