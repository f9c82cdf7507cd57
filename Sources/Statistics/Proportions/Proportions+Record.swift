extension Proportion: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: estimate, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: method.rawValue,
      numerator: Double(count), denominator: Double(total), n: total)
  }
}

extension ProportionDifference: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: difference, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "newcombe_hybrid_score",
      n: first.total + second.total)
  }
}

extension PairedProportionChange: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: change, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "newcombe_1998_method_10", n: n)
  }
}

extension RateInterval: ResultRecordConvertible {
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: rate, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "exact_poisson",
      numerator: Double(count), denominator: exposure.isFinite ? exposure : nil, n: count)
  }
}
