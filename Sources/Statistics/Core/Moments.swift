/// The arithmetic mean in the unit of `values`, or `nil` for none. Values must be finite.
public func mean(_ values: some Collection<Double>) -> Double? {
  values.isEmpty ? nil : exactSum(values) / Double(values.count)
}

/// The sample standard deviation (denominator n − 1) in the unit of `values`, or `nil` for
/// fewer than two. Values must be finite.
public func standardDeviation(_ values: some Collection<Double>) -> Double? {
  guard values.count > 1, let center = mean(values) else { return nil }
  let squares = exactSum(values.lazy.map { ($0 - center) * ($0 - center) })
  return (squares / Double(values.count - 1)).squareRoot()
}
