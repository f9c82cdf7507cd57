extension CoAttendanceNetwork: ResultRecordConvertible {
  /// The share of isolates, `network_isolate_share`; `no_denominator` where there is nobody.
  public var record: ResultRecord {
    ResultRecord(
      status: isolates.status, value: isolates.estimate, lower: isolates.lower,
      upper: isolates.upper, confidence: isolates.lower.map { _ in isolates.confidence },
      method: isolates.method.rawValue, numerator: Double(isolates.count),
      denominator: Double(isolates.total), n: nodeCount)
  }
}
