/// Cliff's δ of two groups: how often a value of the first lies above one of the second, less how
/// often below, over all pairs; −1 to 1.
///
/// Status: `ok`; `insufficient_n` when either group has fewer than two values; `invalid_codes`
/// for values that are no numbers.
///
/// The interval is asymmetric, with the unbiased variance and Student's t. At ±1, where that
/// variance is 0, the near limit is that of the smaller group's share.
///
/// Sources: Cliff (1993), doi:10.1037/0033-2909.114.3.494; Feng & Cliff (2004), Monte Carlo
/// evaluation of ordinal d with improved confidence interval, Journal of Modern Applied
/// Statistical Methods 3, 322–332, doi:10.22237/jmasm/1099267560.
public struct CliffDelta: Sendable, Equatable {
  public let status: Status
  /// Values of each group.
  public let firstCount: Int
  public let secondCount: Int
  public let delta: Double?
  /// The unbiased estimate, which may be negative.
  public let rawVariance: Double?
  /// The one used: at least (1 − δ²)/(n₁n₂ − 1).
  public let variance: Double?
  public let degreesOfFreedom: Int?
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double

  /// How likely a value of the first group is above one of the second, ties counting half.
  public var superiority: Double? { delta.map { ($0 + 1) / 2 } }

  public init(_ first: [Double], _ second: [Double], confidence: Double = 0.95) {
    let isMeasurable = first.isMeasurable && second.isMeasurable
    self.init(
      isMeasurable ? Overlap(first, second) : nil, first.count, second.count,
      confidence: confidence)
  }

  /// `nil` stands for values that are no numbers.
  init(_ overlap: Overlap?, _ firstCount: Int, _ secondCount: Int, confidence: Double) {
    requireConfidence(confidence)
    self.firstCount = firstCount
    self.secondCount = secondCount
    self.confidence = confidence
    guard let overlap, min(firstCount, secondCount) > 1 else {
      status = overlap == nil ? .invalidCodes : .insufficientN
      (delta, rawVariance, variance, degreesOfFreedom) = (nil, nil, nil, nil)
      (lower, upper) = (nil, nil)
      return
    }
    let (n1, n2) = (Double(firstCount), Double(secondCount))
    let delta = Double(overlap.score) / overlap.pairs
    let squares = overlap.squaresAboutMean
    let ofPairs = (overlap.pairs - Double(overlap.ties)) - Double(overlap.score) * delta
    let raw = (squares.first + squares.second - ofPairs) / (overlap.pairs * (n1 - 1) * (n2 - 1))
    let variance = max(raw, (1 - delta * delta) / (overlap.pairs - 1))
    status = .ok
    self.delta = delta
    rawVariance = raw
    self.variance = variance
    degreesOfFreedom = firstCount + secondCount - 2
    (lower, upper) =
      delta.magnitude == 1
      ? Self.limitsAtEnd(delta, smaller: min(n1, n2), confidence)
      : Self.limits(delta, variance, degreesOfFreedom: n1 + n2 - 2, confidence)
  }

  private static func limits(
    _ delta: Double, _ variance: Double, degreesOfFreedom: Double, _ confidence: Double
  ) -> (Double, Double) {
    let critical = Distribution.studentCritical(confidence, degreesOfFreedom: degreesOfFreedom)
    let spread = critical * critical * variance
    let room = 1 - delta * delta
    let half = (spread * (room * room + spread)).squareRoot()
    return ((delta * room - half) / (room + spread), (delta * room + half) / (room + spread))
  }

  private static func limitsAtEnd(
    _ delta: Double, smaller: Double, _ confidence: Double
  ) -> (Double, Double) {
    let critical = Distribution.normalCritical(confidence)
    let limit = (smaller - critical * critical) / (smaller + critical * critical)
    return delta > 0 ? (limit, 1) : (-1, -limit)
  }
}

extension CliffDelta: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: delta, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "cliff_delta",
      n: firstCount + secondCount)
  }
}
