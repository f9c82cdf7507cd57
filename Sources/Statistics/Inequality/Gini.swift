/// How unevenly a non-negative quantity is spread over people: 0 when all have the same, close
/// to 1 when one has everything.
///
/// Status: `ok`; `no_data`; `all_zero` when there is nothing to share out, and then the Gini and
/// the share of the top are undefined while the other numbers stand; `invalid_codes` when a value
/// is negative or no number, and then there is nothing.
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

  /// Summarises `values`.
  public init(_ values: [Double]) {
    let isValid = Self.isDefined(for: values)
    sample = SortedSample(isValid ? values : [])
    let sorted = sample.values
    n = values.count
    guard !sorted.isEmpty else {
      status = isValid ? .noData : .invalidCodes
      (total, mean, coefficient, corrected) = (nil, nil, nil, nil)
      (shareOfTopFifth, shareZero) = (nil, nil)
      return
    }
    let count = Double(sorted.count)
    let sum = exactSum(sorted)
    total = sum
    mean = sum / count
    shareZero = Double(sorted.count { $0 == 0 }) / count
    // Where all have the same, no rounding may leave a difference, of either sign.
    coefficient =
      sum > 0 && sorted.first == sorted.last
      ? 0 : sorted.withUnsafeBufferPointer(Self.coefficient(ascending:)).map { max(0, $0) }
    status = coefficient == nil ? .allZero : .ok
    corrected =
      sorted.count > 1 ? coefficient.map { $0 * count / (count - 1) } : nil
    shareOfTopFifth =
      coefficient == nil ? nil : exactSum(sorted.suffix((sorted.count + 4) / 5)) / sum
  }

  /// Whether `values` are quantities that can be shared out.
  static func isDefined(for values: [Double]) -> Bool {
    values.isMeasurable && values.allSatisfy { $0 >= 0 }
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

extension Gini: ResultRecordConvertible {
  /// The headline is the corrected coefficient, which groups of different size can be compared by.
  public var record: ResultRecord {
    // One person has a Gini of 0, but none that can be corrected.
    ResultRecord(
      status: status == .ok && corrected == nil ? .noVarianceEstimate : status, value: corrected,
      method: "gini_corrected", n: n)
  }
}
