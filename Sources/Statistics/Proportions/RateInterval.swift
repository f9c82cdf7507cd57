/// Events per unit of exposure, such as messages per 100 person-weeks, with its exact interval.
///
/// Status: `ok`; `no_denominator` without exposure, also when something was counted;
/// `invalid_codes` for an exposure that is negative or no number; `not_converged` when a limit of
/// more than a trillion events cannot be found, and then only the rate is there.
///
/// Assumes events that come independently of one another; where they cluster by person, the
/// interval is too narrow. A count of 0 has a lower limit of exactly 0.
///
/// Source: Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437–442,
/// doi:10.1093/biomet/28.3-4.437.
public struct RateInterval: Sendable, Equatable {
  public let status: Status
  public let count: Int
  /// Time, people or places at risk, in the unit of the caller.
  public let exposure: Double
  /// The exposure that the rate is given for, for example 100.
  public let per: Double
  public let rate: Double?
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double

  /// `count` events, from 0 up, in `exposure`; `per` must be above 0 and finite.
  public init(_ count: Int, in exposure: Double, per: Double = 1, confidence: Double = 0.95) {
    precondition(count >= 0, "events are counted from 0 up")
    precondition(per > 0 && per < .infinity, "a rate is given per something")
    requireConfidence(confidence)
    self.count = count
    self.exposure = exposure
    self.per = per
    self.confidence = confidence
    func scaled(_ events: Double) -> Double { per * events / exposure }
    guard exposure > 0, exposure < .infinity, scaled(Double(count) + 1).isFinite else {
      status = exposure == 0 ? .noDenominator : .invalidCodes
      (rate, lower, upper) = (nil, nil, nil)
      return
    }
    rate = scaled(Double(count))
    let tail = (1 - confidence) / 2
    guard let low = Distribution.poissonLower(count, tail: tail),
      let high = Distribution.poissonUpper(count, tail: tail)
    else {
      (status, lower, upper) = (.notConverged, nil, nil)
      return
    }
    status = .ok
    lower = scaled(low)
    upper = scaled(high)
  }
}
