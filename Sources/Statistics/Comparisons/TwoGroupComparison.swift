/// Two independent groups of people compared, first against second: by order (Cliff's δ,
/// Mann–Whitney) and by mean (Welch, Hedges' g).
///
/// Status: that of the order comparison: `ok`; `insufficient_n` when either group has fewer than
/// two values; `invalid_codes` for values that are no numbers. The comparison of means has a
/// status of its own.
public struct TwoGroupComparison: Sendable, Equatable {
  public let status: Status
  /// The groups by themselves: n, missing, mean, standard deviation, t interval.
  public let first: MeanInterval
  public let second: MeanInterval
  public let cliff: CliffDelta
  public let mannWhitney: MannWhitney
  public let welch: WelchTest

  /// One entry per person of each group; `nil` is missing.
  public init(_ first: [Double?], _ second: [Double?], confidence: Double = 0.95) {
    self.first = MeanInterval(first, confidence: confidence)
    self.second = MeanInterval(second, confidence: confidence)
    let isMeasurable = first.isMeasurable && second.isMeasurable
    let overlap =
      isMeasurable ? Overlap(present(first), present(second)) : nil
    cliff = CliffDelta(overlap, self.first.n, self.second.n, confidence: confidence)
    mannWhitney = MannWhitney(overlap)
    welch = WelchTest(self.first, self.second)
    status = cliff.status
  }
}

extension TwoGroupComparison: ResultRecordConvertible {
  /// The headline is Cliff's δ.
  public var record: ResultRecord {
    var record = cliff.record
    record.n = first.n + second.n
    record.missing = MissingCounts(skipped: first.missing + second.missing)
    return record
  }
}
