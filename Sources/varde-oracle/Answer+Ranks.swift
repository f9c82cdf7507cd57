internal import Statistics

/// Tests and correlations of ranks.
extension OracleCase {
  func wilcoxonSignedRank() throws(CaseError) -> JSON {
    let pairs = try pairs()
    return [
      "zeros_dropped": JSON(WilcoxonSignedRank(pairs)),
      "zeros_pratt": JSON(WilcoxonSignedRank(pairs, zeros: .pratt)),
    ]
  }

  func hodgesLehmann() throws(CaseError) -> JSON {
    let typical = HodgesLehmann(try pairs(), confidence: try confidence())
    return [
      "status": JSON(typical.status), "n": JSON(typical.n),
      "walsh_averages": JSON(typical.walshAverages), "pseudomedian": JSON(typical.estimate),
      "k": JSON(typical.rank), "lower": JSON(typical.lower), "upper": JSON(typical.upper),
    ]
  }

  func rankCorrelation() throws(CaseError) -> JSON {
    let (x, y) = (try numbers("x"), try numbers("y"))
    guard x.count == y.count else { throw .malformed("\(x.count) x, \(y.count) y") }
    let correlation = RankCorrelation(x, y, confidence: try confidence())
    let (spearman, pearson) = (correlation.spearman, correlation.pearson)
    return [
      "status": JSON(correlation.status), "n": JSON(correlation.n),
      "spearman": JSON(spearman?.estimate), "spearman_lower": JSON(spearman?.lower),
      "spearman_upper": JSON(spearman?.upper), "spearman_p_t": JSON(spearman?.pValue),
      "kendall_tau_b": JSON(correlation.kendall?.estimate),
      "kendall_p_asymptotic": JSON(correlation.kendall?.pValue),
      "pearson": JSON(pearson?.estimate), "pearson_lower": JSON(pearson?.lower),
      "pearson_upper": JSON(pearson?.upper), "pearson_p": JSON(pearson?.pValue),
    ]
  }
}

extension JSON {
  fileprivate init(_ test: WilcoxonSignedRank) {
    self = [
      "status": JSON(test.status), "n": JSON(test.n), "n_zero": JSON(test.zeroCount),
      "n_used": JSON(test.used), "w_plus": JSON(test.rankSumUp),
      "w_minus": JSON(test.rankSumDown), "variance": JSON(test.variance), "z": JSON(test.z),
      "p_asymptotic": JSON(test.asymptoticP), "p_asymptotic_cc": JSON(test.continuityP),
      "p_exact_conditional": JSON(test.exactP), "rank_biserial": JSON(test.rankBiserial),
    ]
  }
}
