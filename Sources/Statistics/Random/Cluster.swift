/// What one person (or group) adds to the two sides of a ratio; the unit that is resampled.
public struct Cluster: Sendable, Equatable {
  /// Stable identifier. Its UTF-8 bytes decide the order of the draws, hence the interval.
  public let key: String
  /// For example sessions attended, and sessions expected.
  public let numerator: Double
  public let denominator: Double

  /// Both numbers must be finite.
  public init(key: String, numerator: Double, denominator: Double) {
    precondition(numerator.isFinite && denominator.isFinite, "a cluster holds finite numbers")
    self.key = key
    self.numerator = numerator
    self.denominator = denominator
  }
}
