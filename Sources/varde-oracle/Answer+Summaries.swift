internal import Statistics

extension JSON {
  init(_ status: Status) { self = .string(status.rawValue) }
}

/// Means, quantiles and inequality.
extension OracleCase {
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
    let summary = QuantileSummary(try values())
    let sample = summary.sample
    let probabilities = (parameters["probs"]?.array ?? []).compactMap(\.number)
    guard probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw .malformed("probabilities lie in 0...1")
    }
    func all(_ type: QuantileType) -> JSON {
      JSON(probabilities.map { sample.quantile($0, type) })
    }
    return [
      "status": JSON(summary.status), "n": JSON(summary.n), "type7": all(.linear),
      "type2": all(.averagedStep),
      "type6": all(.weibull), "iqr_type7": JSON(summary.interquartileRange),
      "mad_raw": JSON(summary.medianAbsoluteDeviation),
      "mad_normal": JSON(summary.normalDeviation),
    ]
  }

  func gini() throws(CaseError) -> JSON {
    let gini = Gini(try values().compactMap(\.self))
    return [
      "status": JSON(gini.status), "n": JSON(gini.n), "total": JSON(gini.total),
      "mean": JSON(gini.mean), "gini": JSON(gini.coefficient),
      "gini_corrected": JSON(gini.corrected), "share_top_20pct": JSON(gini.shareOfTopFifth),
      "share_zero": JSON(gini.shareZero), "p10": JSON(gini.sample.quantile(0.1)),
      "p25": JSON(gini.sample.quantile(0.25)), "median": JSON(gini.sample.median),
      "p75": JSON(gini.sample.quantile(0.75)), "p90": JSON(gini.sample.quantile(0.9)),
    ]
  }
}
