internal import Statistics

extension JSON {
  init(_ status: Status) { self = .string(status.rawValue) }
}

/// Shares, means and quantiles.
extension OracleCase {
  func proportion() throws(CaseError) -> JSON {
    let name = try text(parameters, "method")
    guard let method = Proportion.Method(rawValue: name) else {
      throw .malformed("method '\(name)'")
    }
    let counts = input["inline"] ?? .null
    let (count, total) = (try integer(counts, "x"), try integer(counts, "n"))
    guard count >= 0, count <= total else { throw .malformed("\(count) of \(total)") }
    let share = Proportion(count, of: total, method: method, confidence: try confidence())
    return [
      "status": JSON(share.status), "estimate": JSON(share.estimate),
      "lower": JSON(share.lower), "upper": JSON(share.upper),
    ]
  }

  func meanInterval() throws(CaseError) -> JSON {
    let summary = MeanInterval(try values(), confidence: try confidence())
    return [
      "status": JSON(summary.status), "n": JSON(summary.n), "n_missing": JSON(summary.missing),
      "mean": JSON(summary.mean), "sd": JSON(summary.standardDeviation),
      "se": JSON(summary.standardError), "lower": JSON(summary.lower),
      "upper": JSON(summary.upper),
    ]
  }

  func quantiles() throws(CaseError) -> JSON {
    let sample = SortedSample(try values().compactMap(\.self))
    let probabilities = (parameters["probs"]?.array ?? []).compactMap(\.number)
    guard probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw .malformed("probabilities lie in 0...1")
    }
    func all(_ type: QuantileType) -> JSON {
      JSON(probabilities.map { sample.quantile($0, type) })
    }
    return [
      "status": JSON(sample.values.isEmpty ? Status.noData : .ok),
      "n": JSON(sample.values.count), "type7": all(.linear), "type2": all(.averagedStep),
      "type6": all(.weibull), "iqr_type7": JSON(sample.interquartileRange),
      "mad_raw": JSON(sample.medianAbsoluteDeviation),
      "mad_normal": JSON(sample.medianAbsoluteDeviation.map { 1.4826 * $0 }),
    ]
  }

  func gini() throws(CaseError) -> JSON {
    let gini = Gini(try nonNegativeValues())
    return [
      "status": JSON(gini.status), "n": JSON(gini.n), "total": JSON(gini.total),
      "mean": JSON(gini.mean), "gini": JSON(gini.coefficient),
      "gini_corrected": JSON(gini.corrected), "share_top_20pct": JSON(gini.shareOfTopFifth),
      "share_zero": JSON(gini.shareZero), "p10": JSON(gini.sample.quantile(0.1)),
      "p25": JSON(gini.sample.quantile(0.25)), "median": JSON(gini.sample.median),
      "p75": JSON(gini.sample.quantile(0.75)), "p90": JSON(gini.sample.quantile(0.9)),
    ]
  }

  func nonNegativeValues() throws(CaseError) -> [Double] {
    let values = try values().compactMap(\.self)
    guard values.allSatisfy({ $0 >= 0 }) else { throw .malformed("a Gini of negative values") }
    return values
  }
}
