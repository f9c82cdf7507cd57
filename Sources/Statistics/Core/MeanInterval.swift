/// A mean with its t interval, in the unit of the values.
///
/// Status: `ok`; `no_data` for no value; `no_variance_estimate` for one, which has a mean and
/// nothing else; `invalid_codes` when a value is no number, and then there is nothing. Equal values
/// have a standard deviation of 0 and an interval of no width.
///
/// Source: Student (1908), Biometrika 6, 1–25.
public struct MeanInterval: Sendable, Equatable {
  public let status: Status
  /// Values that are there.
  public let n: Int
  /// Values that are missing, which enter nothing.
  public let missing: Int
  public let mean: Double?
  /// Sample standard deviation, denominator n − 1.
  public let standardDeviation: Double?
  /// Standard deviation divided by √n.
  public let standardError: Double?
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double

  /// Summarises `values`, where `nil` is missing.
  public init(_ values: [Double?], confidence: Double = 0.95) {
    self.init(present: Statistics.present(values), of: values.count, confidence: confidence)
  }

  /// Summarises numbers that are all there. Its own initialiser, because to pass `[Double]` as
  /// `[Double?]` costs more than all the rest.
  init(present: [Double], confidence: Double) {
    self.init(present: present, of: present.count, confidence: confidence)
  }

  private init(present: [Double], of count: Int, confidence: Double) {
    requireConfidence(confidence)
    n = present.count
    missing = count - present.count
    self.confidence = confidence
    let isMeasurable = present.isMeasurable
    mean = isMeasurable ? Statistics.mean(present) : nil
    standardDeviation = mean.flatMap { Statistics.standardDeviation(present, around: $0) }
    guard let mean, let standardDeviation else {
      status = !isMeasurable ? .invalidCodes : present.isEmpty ? .noData : .noVarianceEstimate
      (standardError, lower, upper) = (nil, nil, nil)
      return
    }
    let error = standardDeviation / Double(n).squareRoot()
    let half = error * Distribution.studentCritical(confidence, degreesOfFreedom: Double(n - 1))
    status = .ok
    standardError = error
    lower = mean - half
    upper = mean + half
  }
}

extension MeanInterval: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: mean, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "t", n: n,
      missing: MissingCounts(skipped: missing))
  }
}
