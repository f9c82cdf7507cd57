extension LikertSummary: ResultRecordConvertible {
  /// The headline is the mean of the valid answers, with its t interval.
  public var record: ResultRecord {
    let half = standardDeviation.map { spread in
      spread / Double(valid).squareRoot()
        * Distribution.studentCritical(topTwo.confidence, degreesOfFreedom: Double(valid - 1))
    }
    return ResultRecord(
      status: status, value: mean, lower: limit(half.map(-)), upper: limit(half),
      confidence: half == nil ? nil : topTwo.confidence, method: "t", n: valid,
      missing: MissingCounts(skipped: skipped, notRelevant: notRelevant))
  }

  private func limit(_ distance: Double?) -> Double? {
    guard let mean, let distance else { return nil }
    return mean + distance
  }
}

extension ScaleScore: ResultRecordConvertible {
  /// One person's score: `n` is 1, or 0 without a score, and what is missing are items.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: score, method: "mean_of_valid_items", n: score == nil ? 0 : 1,
      missing: MissingCounts(skipped: skipped, notRelevant: notRelevant),
      caveats: status == .prorated ? ["prorated_scores"] : [])
  }
}
