/// The mean of `values`, such that equal values have exactly that value as their mean and so a
/// spread of exactly 0; `nil` for none. Values must be usable (`isUsable`).
///
/// A sum rounded once and divided can be one unit in the last place off (0.1, 0.1, 0.1), and a
/// ratio of two variances would then be made of that unit. The mean of what is left over takes
/// it back.
func center(_ values: some Collection<Double>) -> Double? {
  guard let first = mean(values) else { return nil }
  return first + exactSum(values.lazy.map { $0 - first }) / Double(values.count)
}

/// Sum of squared distances from `center`; 0 for none.
func squaredDeviations(_ values: some Collection<Double>, from center: Double) -> Double {
  exactSum(values.lazy.map { ($0 - center) * ($0 - center) })
}

/// The sample variance (denominator n − 1) about `center(_:)`, or `nil` for fewer than two.
func variance(_ values: some Collection<Double>) -> Double? {
  guard values.count > 1, let center = center(values) else { return nil }
  return squaredDeviations(values, from: center) / Double(values.count - 1)
}
