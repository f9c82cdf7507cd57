internal import CGSL

/// Distributions of counts. All answers are `nil` where GSL finds none, with counts of many
/// millions.
extension Distribution {
  /// P(X ≤ `count`) for X ~ Binomial(`trials`, ½).
  static func coinProbability(atMost count: Int, of trials: Int) -> Double? {
    GSL.neverAborts()
    guard count < trials else { return 1 }
    return number(gsl_cdf_beta_P(0.5, Double(trials - count), Double(count + 1)))
  }

  /// P(X = `count`) for X ~ Binomial(`trials`, ½).
  static func coinProbability(exactly count: Int, of trials: Int) -> Double? {
    GSL.neverAborts()
    guard let count = UInt32(exactly: count), let trials = UInt32(exactly: trials) else {
      return nil
    }
    return number(gsl_ran_binomial_pdf(count, 0.5, trials))
  }

  /// The Poisson mean under which `count` or more is as rare as `tail`; 0 for a count of 0.
  static func poissonLower(_ count: Int, tail: Double) -> Double? {
    count == 0 ? 0 : gammaQuantile(shape: Double(count), lowerTail: tail)
  }

  /// The Poisson mean under which `count` or fewer is as rare as `tail`.
  static func poissonUpper(_ count: Int, tail: Double) -> Double? {
    gammaQuantile(shape: Double(count) + 1, upperTail: tail)
  }

  /// The x with P(X ≤ x) = `tail` for X ~ Gamma(`shape`, 1).
  private static func gammaQuantile(shape: Double, lowerTail tail: Double) -> Double? {
    guard isReachable(shape, tail) else { return nil }
    return rising { number(gsl_sf_gamma_inc_P(shape, $0)).map { $0 - tail } }
  }

  /// The x with P(X > x) = `tail` for X ~ Gamma(`shape`, 1).
  private static func gammaQuantile(shape: Double, upperTail tail: Double) -> Double? {
    guard isReachable(shape, tail) else { return nil }
    // GSL's upper tail fails from a million on, its lower one does not.
    return shape < 1e5
      ? rising { number(gsl_sf_gamma_inc_Q(shape, $0)).map { tail - $0 } }
      : rising { number(gsl_sf_gamma_inc_P(shape, $0)).map { $0 - (1 - tail) } }
  }

  /// Beyond four standard deviations GSL's gamma tails are wrong from a million on.
  private static func isReachable(_ shape: Double, _ tail: Double) -> Bool {
    shape < 3e5 || (shape < 1e12 && tail > 5e-5)
  }

  /// Where above 0 a rising function passes 0.
  private static func rising(_ function: (Double) -> Double?) -> Double? {
    GSL.neverAborts()
    var end = 1.0
    while end < .infinity {
      guard let value = function(end) else { return nil }
      if value >= 0 { return crossing(upTo: end) { function($0) ?? .nan } }
      end *= 2
    }
    return nil
  }

  private static func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
}
