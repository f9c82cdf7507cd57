/// Quantiles of Fisher's F.
extension Distribution {
  /// The x with P(X ≤ x) = `probability` for X ~ F(`numerator`, `denominator`).
  ///
  /// GSL's own inverse does not come back for some degrees of freedom from about a hundred
  /// thousand on, so this goes through the beta distribution, whose inverse here is a bisection.
  /// `nil` where that gives up, with many millions of observations.
  public static func fisherQuantile(
    _ probability: Double, _ numerator: Double, _ denominator: Double
  ) -> Double? {
    let (a, b) = (numerator / 2, denominator / 2)
    // X = bY / a(1 − Y) with Y ~ Beta(a, b); solved for the smaller of Y and 1 − Y, so that
    // the other is not lost beside 1.
    if a <= b { return ratio(betaQuantile(probability, a, b), a, b) }
    return ratio(betaUpperQuantile(probability, b, a), b, a).map { 1 / $0 }
  }

  /// The x with P(X > x) = `probability`, or `nil` as above.
  public static func fisherUpperQuantile(
    _ probability: Double, _ numerator: Double, _ denominator: Double
  ) -> Double? {
    let (a, b) = (numerator / 2, denominator / 2)
    if a <= b { return ratio(betaUpperQuantile(probability, a, b), a, b) }
    return ratio(betaQuantile(probability, b, a), b, a).map { 1 / $0 }
  }

  private static func ratio(_ share: Double?, _ a: Double, _ b: Double) -> Double? {
    guard let share else { return nil }
    let ratio = b * share / (a * (1 - share))
    return ratio.isFinite && ratio > 0 ? ratio : nil
  }
}
