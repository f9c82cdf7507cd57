/// Values in ascending order, for quantiles and what is made from them. All results are in the
/// unit of the values and `nil` for an empty sample.
public struct SortedSample: Sendable, Equatable {
  public let values: [Double]

  /// Sorts `values`, which must not contain NaN.
  public init(_ values: [Double]) {
    precondition(!values.contains(where: \.isNaN), "a sample holds numbers")
    self.values = ascending(values)
  }

  /// The value below which the share `probability` (0 to 1) of the sample lies.
  public func quantile(_ probability: Double, _ type: QuantileType = .linear) -> Double? {
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0...1")
    guard let last = values.last else { return nil }
    let n = Double(values.count)
    switch type {
    case .linear:
      let position = (n - 1) * probability
      let index = Int(position)
      guard index + 1 < values.count else { return last }
      return between(index, index + 1, position - Double(index))
    case .weibull:
      let (index, fraction) = split((n + 1) * probability)
      return between(index - 1, index, fraction)
    case .averagedStep:
      let (index, fraction) = split(n * probability)
      return between(index - 1, index, fraction > 0 ? 1 : 0.5)
    }
  }

  /// Half of the sample lies below it.
  public var median: Double? { quantile(0.5) }

  /// Third quartile minus first quartile.
  public var interquartileRange: Double? {
    guard let q1 = quantile(0.25), let q3 = quantile(0.75) else { return nil }
    return q3 - q1
  }

  /// Median of the distances from the median. Times 1.4826 it estimates the standard deviation
  /// of a normal population.
  public var medianAbsoluteDeviation: Double? {
    guard let median else { return nil }
    return SortedSample(values.map { ($0 - median).magnitude }).median
  }

  /// Whole part and rest of a position. What multiplication left below a whole number counts as
  /// that number.
  private func split(_ position: Double) -> (index: Int, fraction: Double) {
    let fuzz = 4 * Double.ulpOfOne
    let whole = (position + fuzz).rounded(.down)
    let rest = position - whole
    return (Int(whole), rest.magnitude < fuzz ? 0 : rest)
  }

  /// The point at `fraction` of the way between two values; positions outside the sample are
  /// its ends.
  private func between(_ first: Int, _ second: Int, _ fraction: Double) -> Double {
    let end = values.count - 1
    let low = values[min(max(first, 0), end)]
    let high = values[min(max(second, 0), end)]
    guard low != high else { return low }
    // Rounding must not carry the point past its neighbour.
    return min(low + fraction * (high - low), high)
  }
}
