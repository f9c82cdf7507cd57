/// Which of the sample quantiles; the number is that of the source (and of R).
///
/// Source: Hyndman & Fan (1996), Sample quantiles in statistical packages, The American
/// Statistician 50, 361–365.
public enum QuantileType: Int, Sendable, CaseIterable {
  /// Inverse of the empirical distribution, averaged at its steps: always a value or the middle
  /// of two neighbours.
  case averagedStep = 2
  /// Linear between expected positions p(n + 1).
  case weibull = 6
  /// Linear between positions 1 + p(n − 1); ours unless said.
  case linear = 7
}
