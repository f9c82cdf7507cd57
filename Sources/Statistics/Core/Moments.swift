/// The arithmetic mean in the unit of `values`, or `nil` for none. Values must be finite.
public func mean(_ values: some Collection<Double>) -> Double? {
  values.isEmpty ? nil : exactSum(values) / Double(values.count)
}

/// The sample standard deviation (denominator n − 1) in the unit of `values`, or `nil` for
/// fewer than two. Values must be finite.
public func standardDeviation(_ values: some Collection<Double>) -> Double? {
  mean(values).flatMap { standardDeviation(values, around: $0) }
}

/// As above, for values whose mean is known.
func standardDeviation(_ values: some Collection<Double>, around center: Double) -> Double? {
  guard values.count > 1, let first = values.first else { return nil }
  // The mean of equal values may be off in its last bit; that is no spread.
  if values.allSatisfy({ $0 == first }) { return 0 }
  let squares = exactSum(values.map { ($0 - center) * ($0 - center) })
  return (squares / Double(values.count - 1)).squareRoot()
}
