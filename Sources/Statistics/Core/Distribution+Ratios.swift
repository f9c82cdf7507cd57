internal import CGSL

/// Distributions of sums and ratios of squares, and the functions they are made of.
extension Distribution {
  /// P(X ≤ `x`) for X ~ Beta(`a`, `b`): the regularised incomplete beta function.
  public static func betaProbability(_ x: Double, _ a: Double, _ b: Double) -> Double {
    GSL.neverAborts()
    return gsl_cdf_beta_P(x, a, b)
  }

  /// P(X > `x`) for chi-square.
  public static func chiSquareTail(_ x: Double, degreesOfFreedom: Double) -> Double {
    GSL.neverAborts()
    return gsl_cdf_chisq_Q(x, degreesOfFreedom)
  }

  /// P(X > `x`) for Fisher's F.
  public static func fisherTail(_ x: Double, _ numerator: Double, _ denominator: Double) -> Double {
    GSL.neverAborts()
    return gsl_cdf_fdist_Q(x, numerator, denominator)
  }

  /// ln Γ(`x`) for x > 0.
  public static func logGamma(_ x: Double) -> Double {
    GSL.neverAborts()
    return gsl_sf_lngamma(x)
  }
}
