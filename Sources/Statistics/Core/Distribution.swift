internal import CGSL

/// Distribution functions and quantiles, from the GNU Scientific Library.
public enum Distribution {
  /// P(Z ≤ `z`) of the standard normal.
  public static func normalProbability(_ z: Double) -> Double {
    gsl_cdf_ugaussian_P(z)
  }

  /// The z with P(Z ≤ z) = `probability`, infinite at 0 and 1.
  public static func normalQuantile(_ probability: Double) -> Double {
    gsl_cdf_ugaussian_Pinv(probability)
  }

  /// The half-width of a central interval of the standard normal, 1.96 for 0.95.
  static func normalCritical(_ confidence: Double) -> Double {
    gsl_cdf_ugaussian_Qinv((1 - confidence) / 2)
  }

  /// The half-width of a central interval of Student's t.
  static func studentCritical(_ confidence: Double, degreesOfFreedom: Double) -> Double {
    GSL.neverAborts()
    return gsl_cdf_tdist_Qinv((1 - confidence) / 2, degreesOfFreedom)
  }

  /// The x with P(X ≤ x) = `probability` for X ~ Beta(`a`, `b`).
  ///
  /// GSL's own inverse does not converge for skewed shapes from a few hundred observations on
  /// (Beta(2, 499) at 0.9, for one). Its distribution function is sound, so that is bisected;
  /// `nil` where even that gives up, with millions of observations.
  public static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double? {
    crossing { gsl_cdf_beta_P($0, a, b) - probability }
  }

  /// The x with P(X > x) = `probability` for X ~ Beta(`a`, `b`), or `nil` as above.
  static func betaUpperQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double? {
    crossing { probability - gsl_cdf_beta_Q($0, a, b) }
  }

  /// Where in 0…`end` a rising function passes 0, to the last bit.
  static func crossing(upTo end: Double = 1, _ function: (Double) -> Double) -> Double? {
    GSL.neverAborts()
    var low = 0.0
    var high = end
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      let value = function(middle)
      if value.isNaN { return nil }
      if value < 0 { low = middle } else { high = middle }
    }
  }
}

/// Stops on a confidence that is no probability: the caller's mistake, not the data's.
func requireConfidence(_ confidence: Double) {
  precondition(confidence > 0 && confidence < 1, "confidence must lie between 0 and 1")
}
