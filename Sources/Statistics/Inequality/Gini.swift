/// How unevenly a non-negative quantity is spread over people: 0 when all have the same, close
/// to 1 when one has everything.
///
/// Status: `ok`; `no_data`; `all_zero` when there is nothing to share out, and then the Gini and
/// the share of the top are undefined while the other numbers stand.
///
/// Source: Gini (1912); mean-difference form of Sen (1973), On Economic Inequality, ch. 2.
public struct Gini: Sendable, Equatable {
  public let status: Status
  public let n: Int
  /// In the unit of the values, as are the mean and the sample's quantiles.
  public let total: Double?
  public let mean: Double?
  /// Half the relative mean difference, 0 to 1 − 1/n.
  public let coefficient: Double?
  /// Times n/(n − 1), so that it can reach 1; `nil` for one value.
  public let corrected: Double?
  /// Share of the total that the ⌈n/5⌉ with most hold.
  public let shareOfTopFifth: Double?
  /// Share of people with exactly 0.
  public let shareZero: Double?
  /// The values in order, for quantiles.
  public let sample: SortedSample

  /// Summarises `values`, which must be finite and not negative.
  public init(_ values: [Double]) {
    precondition(
      values.allSatisfy { $0 >= 0 && $0.isFinite }, "a Gini needs finite values from 0 up")
    sample = SortedSample(values)
    let sorted = sample.values
    n = sorted.count
    guard !sorted.isEmpty else {
      status = .noData
      (total, mean, coefficient, corrected) = (nil, nil, nil, nil)
      (shareOfTopFifth, shareZero) = (nil, nil)
      return
    }
    let count = Double(sorted.count)
    let sum = exactSum(sorted)
    total = sum
    mean = sum / count
    shareZero = Double(sorted.count { $0 == 0 }) / count
    coefficient = sorted.withUnsafeBufferPointer(Self.coefficient(ascending:))
    status = coefficient == nil ? .allZero : .ok
    corrected =
      sorted.count > 1 ? coefficient.map { $0 * count / (count - 1) } : nil
    shareOfTopFifth =
      coefficient == nil ? nil : exactSum(sorted.suffix((sorted.count + 4) / 5)) / sum
  }

  /// Σ(2i − n − 1)xᵢ / nΣx over values in ascending order; `nil` for none or only zeros.
  static func coefficient(ascending values: UnsafeBufferPointer<Double>) -> Double? {
    var sum = 0.0
    var weighted = 0.0
    var weight = Double(1 - values.count)
    for value in values {
      sum += value
      weighted += weight * value
      weight += 2
    }
    return sum == 0 ? nil : weighted / (Double(values.count) * sum)
  }
}
