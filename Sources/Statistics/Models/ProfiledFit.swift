/// The best fixed effects and residual variance for given relative variances of the random
/// effects, in standardised units.
struct ProfiledFit: Sendable, Equatable {
  /// Level and slope.
  var fixed: Pair
  /// (X′V⁻¹X)⁻¹; times the residual variance the covariance of `fixed`.
  var inverseInformation: Symmetric2
  /// (y − Xβ)′V⁻¹(y − Xβ).
  var squares: Double
  /// −2 log of the restricted likelihood, up to what does not depend on the data's fit.
  var deviance: Double
}
