internal import CGSL
internal import Glibc

extension Distribution {
  /// P(T > |`t`|) of Student's t: half a two-sided p-value.
  ///
  /// Through the beta distribution of t²/(ν + t²): GSL's own function of t approximates from 30
  /// degrees of freedom on and is off in the 7th digit far out in the tail. There, where 1 less
  /// the beta distribution would lose digits, that of the rest, ν/(ν + t²), takes over.
  static func studentTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    GSL.neverAborts()
    let square = t * t
    guard square < .infinity else { return 0 }
    let all = degreesOfFreedom + square
    return square < 12
      ? gsl_cdf_beta_Q(square / all, 0.5, degreesOfFreedom / 2) / 2
      : gsl_cdf_beta_P(degreesOfFreedom / all, degreesOfFreedom / 2, 0.5) / 2
  }

  /// P(T ≤ `t`) of Student's t.
  public static func studentProbability(_ t: Double, degreesOfFreedom: Double) -> Double {
    let tail = studentTail(t, degreesOfFreedom: degreesOfFreedom)
    return t > 0 ? 1 - tail : tail
  }

  /// The t with P(T ≤ t) = `probability`, infinite at 0 and 1.
  public static func studentQuantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    GSL.neverAborts()
    return gsl_cdf_tdist_Pinv(probability, degreesOfFreedom)
  }

  /// 2P(T > |`t`|).
  static func studentTwoSided(_ t: Double, degreesOfFreedom: Double) -> Double {
    2 * studentTail(t, degreesOfFreedom: degreesOfFreedom)
  }

  /// 2P(Z > |`z`|) of the standard normal.
  static func normalTwoSided(_ z: Double) -> Double { 2 * normalProbability(-z.magnitude) }

  /// What makes a standardised mean difference unbiased: J(ν) = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)).
  ///
  /// 0 for one degree of freedom, where the denominator has its pole. Written with the scaled
  /// gamma function Γ*, whose ratio stays exact where logarithms of gammas cancel.
  ///
  /// Source: Hedges (1981), Journal of Educational Statistics 6, 107–128.
  static func hedgesCorrection(degreesOfFreedom: Double) -> Double {
    GSL.neverAborts()
    guard degreesOfFreedom > 1 else { return 0 }
    let above = degreesOfFreedom / 2
    let below = above - 0.5
    let scaled = gsl_sf_gammastar(above) / gsl_sf_gammastar(below)
    return scaled * (below / above).squareRoot() * exp(below * log1p(0.5 / below) - 0.5)
  }
}
