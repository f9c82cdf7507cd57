/// What one person (or group) adds to the two sides of a ratio; the unit that is resampled.
public struct Cluster: Sendable, Equatable {
  /// Stable identifier. Its UTF-8 bytes decide the order of the draws, hence the interval.
  public let key: String
  /// For example sessions attended, and sessions expected.
  public let numerator: Double
  public let denominator: Double

  public init(key: String, numerator: Double, denominator: Double) {
    self.key = key
    self.numerator = numerator
    self.denominator = denominator
  }
}
