/// The difference of two shares of independent units, first minus second, −1 to 1.
///
/// Status: `ok`; `no_denominator` when either group is empty, and then there is no number.
///
/// Source: Newcombe (1998), Interval estimation for the difference between independent
/// proportions, Statistics in Medicine 17, 873–890, method 10 (hybrid score),
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
public struct ProportionDifference: Sendable, Equatable {
  public let status: Status
  /// The two shares with their Wilson intervals, of which the interval here is made.
  public let first: Proportion
  public let second: Proportion
  public let difference: Double?
  public let lower: Double?
  public let upper: Double?
  /// Two-sided p of Fisher's exact test that both shares are equal.
  public let fisherP: Double?
  public let confidence: Double

  /// `count1` of `total1` against `count2` of `total2`; each needs `0 ≤ count ≤ total`.
  public init(
    _ count1: Int, of total1: Int, minus count2: Int, of total2: Int, confidence: Double = 0.95
  ) {
    first = Proportion(count1, of: total1, confidence: confidence)
    second = Proportion(count2, of: total2, confidence: confidence)
    self.confidence = confidence
    guard let one = ScoreArms(first), let two = ScoreArms(second) else {
      status = .noDenominator
      (difference, lower, upper, fisherP) = (nil, nil, nil, nil)
      return
    }
    let difference = one.estimate - two.estimate
    status = .ok
    self.difference = difference
    lower = difference - hypotenuse(one.below, two.above)
    upper = difference + hypotenuse(one.above, two.below)
    fisherP = FisherExact(count1, of: total1, count2, of: total2).twoSided
  }
}

/// How far a share's Wilson limits lie from it, both ways.
struct ScoreArms {
  let estimate: Double
  let below: Double
  let above: Double

  /// `nil` for 0 of 0.
  init?(_ share: Proportion) {
    guard let estimate = share.estimate, let lower = share.lower, let upper = share.upper else {
      return nil
    }
    self.estimate = estimate
    below = estimate - lower
    above = upper - estimate
  }
}

/// √(a² + b² − 2·cosine·a·b): the third side of a triangle, and how two correlated errors add up.
func hypotenuse(_ a: Double, _ b: Double, cosine: Double = 0) -> Double {
  max(0, a * a + b * b - 2 * cosine * a * b).squareRoot()
}
