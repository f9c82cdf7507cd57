/// A running sum without rounding error: `value` is the true sum of what was added, rounded once.
///
/// The order of the terms therefore does not matter, and two samples with the same true mean
/// have the same computed mean, which the bootstrap's count of ties depends on.
///
/// Source: Shewchuk (1997), Adaptive precision floating-point arithmetic, Discrete &
/// Computational Geometry 18, 305–363. Terms must be finite and their sums must not overflow.
public struct ExactSum: Sendable {
  /// Parts of the sum that share no bits, smallest first.
  private var parts: [Double] = []

  public init() { parts.reserveCapacity(8) }

  /// Makes the sum zero again and keeps the storage.
  public mutating func reset() { parts.removeAll(keepingCapacity: true) }

  /// Adds one finite number.
  public mutating func add(_ term: Double) {
    var carried = term
    var kept = 0
    for index in parts.indices {
      let part = parts[index]
      let (larger, smaller) =
        carried.magnitude < part.magnitude ? (part, carried) : (carried, part)
      let sum = larger + smaller
      let lost = smaller - (sum - larger)
      if lost != 0 {
        parts[kept] = lost
        kept += 1
      }
      carried = sum
    }
    parts.removeLast(parts.count - kept)
    parts.append(carried)
  }

  /// The sum, correctly rounded (half to even).
  public var value: Double {
    guard var sum = parts.last else { return 0 }
    var index = parts.count - 1
    var lost = 0.0
    while index > 0 {
      index -= 1
      let before = sum
      let part = parts[index]
      sum = before + part
      lost = part - (sum - before)
      if lost != 0 { break }
    }
    // A remainder of exactly half a unit was rounded to even without looking at the parts below
    // it; if they lean the same way, the true sum is on the far side.
    if index > 0, (lost < 0) == (parts[index - 1] < 0), lost != 0 {
      let twice = lost * 2
      let rounded = sum + twice
      if twice == rounded - sum { sum = rounded }
    }
    return sum
  }
}

/// The sum of `values`, rounded once; 0 for none. Values must be finite.
public func exactSum(_ values: some Sequence<Double>) -> Double {
  if let sum = values.withContiguousStorageIfAvailable(quickSum) ?? nil { return sum }
  var sum = BinnedSum()
  sum.add(values)
  return sum.value
}
