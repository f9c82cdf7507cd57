/// How a share changed among the same people from a first wave to a second, second minus first,
/// −1 to 1.
///
/// Status: `ok`; `no_denominator` without pairs.
///
/// Sources: Newcombe (1998), Improved confidence intervals for the difference between binomial
/// proportions based on paired data, Statistics in Medicine 17, 2635–2650, method 10,
/// doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C; McNemar (1947),
/// Psychometrika 12, 153–157, doi:10.1007/BF02295996; mid-p: Fagerland, Lydersen & Laake (2013),
/// BMC Medical Research Methodology 13, 91, doi:10.1186/1471-2288-13-91.
public struct PairedProportionChange: Sendable, Equatable {
  public let status: Status
  /// Pairs of answers.
  public let n: Int
  /// The share at each wave, with its Wilson interval.
  public let first: Proportion
  public let second: Proportion
  public let change: Double?
  public let lower: Double?
  public let upper: Double?
  /// Correlation of the two answers, moved towards 0 by half a pair when positive; 0 when a wave
  /// has only one kind of answer.
  public let phi: Double?
  /// Pairs that changed, either way.
  public let discordant: Int
  /// Two-sided p that both directions are equally likely; 1 when nobody changed.
  public let exactP: Double?
  /// As `exactP`, counting what was seen by half: closer to the nominal level.
  public let midP: Double?
  public let confidence: Double

  /// Pairs that have the property at both waves, at one of them only, and at neither.
  public init(
    both: Int, firstOnly: Int, secondOnly: Int, neither: Int, confidence: Double = 0.95
  ) {
    precondition(min(both, firstOnly, secondOnly, neither) >= 0, "pairs are counted from 0 up")
    n = both + firstOnly + secondOnly + neither
    discordant = firstOnly + secondOnly
    first = Proportion(both + firstOnly, of: n, confidence: confidence)
    second = Proportion(both + secondOnly, of: n, confidence: confidence)
    self.confidence = confidence
    guard let before = ScoreArms(first), let after = ScoreArms(second) else {
      status = .noDenominator
      (change, lower, upper, phi, exactP, midP) = (nil, nil, nil, nil, nil, nil)
      return
    }
    let phi = Self.phi(Double(both), Double(firstOnly), Double(secondOnly), Double(neither))
    let change = after.estimate - before.estimate
    status = .ok
    self.phi = phi
    self.change = change
    lower = change - hypotenuse(after.below, before.above, cosine: phi)
    upper = change + hypotenuse(after.above, before.below, cosine: phi)
    (exactP, midP) = Self.mcNemar(firstOnly, secondOnly)
  }

  private static func phi(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    // Two roots, because the product of four margins may leave the range of exact numbers.
    let scale = ((a + b) * (c + d)).squareRoot() * ((a + c) * (b + d)).squareRoot()
    guard scale > 0 else { return 0 }
    let cross = a * d - b * c
    return (cross > 0 ? max(cross - (a + b + c + d) / 2, 0) : cross) / scale
  }

  private static func mcNemar(_ up: Int, _ down: Int) -> (exact: Double?, mid: Double?) {
    let trials = up + down
    let fewer = min(up, down)
    guard trials > 0 else { return (1, 1) }
    let atMost = Distribution.coinProbability(atMost: fewer, of: trials)
    let exactly = Distribution.coinProbability(exactly: fewer, of: trials)
    guard let atMost, let exactly else { return (atMost.map { min(1, 2 * $0) }, nil) }
    return (min(1, 2 * atMost), min(1, 2 * atMost - exactly))
  }
}
