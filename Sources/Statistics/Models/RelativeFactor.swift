/// The lower triangle Λ of the random effects' relative covariance: cov(b) = var(ε)·ΛΛ′.
///
/// The signs of its columns have no say.
struct RelativeFactor: Sendable, Equatable {
  var level: Double
  var cross: Double
  var slope: Double

  /// ΛΛ′.
  var covariance: Symmetric2 {
    Symmetric2(first: level * level, cross: level * cross, second: cross * cross + slope * slope)
  }

  /// |ΛΛ′|, computed without cancellation.
  var determinant: Double { level * slope * (level * slope) }

  /// W = Z′V⁻¹Z of a person with Z′Z = `design`, and |V|.
  ///
  /// With D = Z′Z and Σ = ΛΛ′, W is D(I + ΣD)⁻¹ = (D + |D|·adj Σ)/|I + ΣD|, where nothing cancels
  /// and a D without an inverse is no exception. |D| is handed over as it is known exactly.
  func weight(_ design: Symmetric2, determinant: Double) -> (Symmetric2, Double) {
    let covariance = covariance
    let whole = 1 + design.trace(times: covariance) + determinant * self.determinant
    let weight = Symmetric2(
      first: (design.first + determinant * covariance.second) / whole,
      cross: (design.cross - determinant * covariance.cross) / whole,
      second: (design.second + determinant * covariance.first) / whole)
    return (weight, whole)
  }
}
