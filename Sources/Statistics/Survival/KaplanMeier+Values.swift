extension KaplanMeier {
  /// The curve at one time.
  public struct Value: Sendable, Equatable {
    public let time: Double
    /// People not gone before `time`.
    public let atRisk: Int
    public let survival: Double
    public let standardError: Double?
    /// `nil` where survival is 0 or 1.
    public let lower: Double?
    public let upper: Double?
  }

  /// Mean time without the event up to a horizon: the area under the curve.
  public struct RestrictedMean: Sendable, Equatable {
    public let horizon: Double
    public let mean: Double
    public let standardError: Double
  }

  /// The curve at `time`; after the last observation it stays where it was, with nobody at risk.
  /// `nil` without people or for a time that is not finite.
  public func value(at time: Double) -> Value? {
    guard status == .ok, time.isFinite else { return nil }
    let passed = index { $0 <= time }
    let next = index { $0 < time }
    let atRisk = next < steps.count ? steps[next].atRisk : 0
    guard passed > 0 else {
      return Value(
        time: time, atRisk: atRisk, survival: 1, standardError: 0, lower: nil, upper: nil)
    }
    let step = steps[passed - 1]
    let limits = limits(step)
    return Value(
      time: time, atRisk: atRisk, survival: step.survival, standardError: step.standardError,
      lower: limits?.lower, upper: limits?.upper)
  }

  /// The restricted mean up to `horizon`, with Greenwood's variance. Beyond the last observation
  /// the curve is taken to stay where it was. `nil` without people or for a horizon that is
  /// negative or not finite.
  ///
  /// Source: Miller (1981), Survival Analysis, ch. 4; Royston & Parmar (2013), BMC Medical
  /// Research Methodology 13, 152, doi:10.1186/1471-2288-13-152.
  public func restrictedMean(to horizon: Double) -> RestrictedMean? {
    guard status == .ok, horizon >= 0, horizon.isUsable else { return nil }
    var end = horizon
    var area = 0.0
    var variance = 0.0
    for step in steps[..<index({ $0 <= horizon })].reversed() {
      area += (end - step.time) * step.survival
      end = step.time
      if step.atRisk > step.events {
        let (atRisk, events) = (Double(step.atRisk), Double(step.events))
        variance += area * area * events / (atRisk * (atRisk - events))
      }
    }
    return RestrictedMean(
      horizon: horizon, mean: area + end, standardError: variance.squareRoot())
  }

  /// How many steps have a time for which `isBefore` holds; they come first.
  private func index(_ isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(steps[middle].time) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
