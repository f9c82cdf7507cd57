/// The middle and the spread of a sample by its order, in the unit of the values.
///
/// Status: `ok`; `no_data` for no value; `invalid_codes` when a value is no number, and then there
/// is nothing.
public struct QuantileSummary: Sendable, Equatable {
  public let status: Status
  /// Values that are there.
  public let n: Int
  public let missing: Int
  /// The values in order, for any quantile; empty unless the status is `ok`.
  public let sample: SortedSample

  /// Summarises `values`, where `nil` is missing.
  public init(_ values: [Double?]) {
    let present = present(values)
    let isMeasurable = present.isMeasurable
    n = present.count
    missing = values.count - present.count
    sample = SortedSample(isMeasurable ? present : [])
    status = !isMeasurable ? .invalidCodes : present.isEmpty ? .noData : .ok
  }

  public var median: Double? { sample.median }
  public var interquartileRange: Double? { sample.interquartileRange }

  /// Median of the distances from the median.
  public var medianAbsoluteDeviation: Double? { sample.medianAbsoluteDeviation }

  /// `medianAbsoluteDeviation` times 1.4826: the standard deviation of a normal population.
  public var normalDeviation: Double? { medianAbsoluteDeviation.map { 1.4826 * $0 } }
}

extension QuantileSummary: ResultRecordConvertible {
  /// The headline is the median.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: median, method: "median_type_7", n: n,
      missing: MissingCounts(skipped: missing))
  }
}
