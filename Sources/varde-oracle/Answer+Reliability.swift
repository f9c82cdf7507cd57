internal import Statistics

/// How well items and scores measure.
extension OracleCase {
  func cronbachAlpha() throws(CaseError) -> JSON {
    let alpha = CronbachAlpha(items: try items(), confidence: try confidence())
    return [
      "status": JSON(alpha.status), "n_complete": JSON(alpha.n), "k": JSON(alpha.itemCount),
      "n_incomplete": JSON(alpha.incomplete), "alpha": JSON(alpha.alpha),
      "alpha_standardized": JSON(alpha.standardized), "feldt_lower": JSON(alpha.lower),
      "feldt_upper": JSON(alpha.upper),
      "mean_inter_item_r": JSON(alpha.meanInterItemCorrelation),
      "sem_of_sum": JSON(alpha.standardErrorOfSum),
      "item_rest_r": JSON(alpha.itemRestCorrelations),
      "alpha_if_deleted": JSON(alpha.alphaIfDeleted), "caveats": JSON(alpha.record.caveats),
    ]
  }

  func mcdonaldOmega() throws(CaseError) -> JSON {
    let omega = McDonaldOmega(items: try items())
    let isSolved = !omega.loadings.isEmpty
    return [
      "status": JSON(omega.status), "n_complete": JSON(omega.n), "k": JSON(omega.itemCount),
      "n_incomplete": JSON(omega.incomplete),
      "loadings": isSolved ? JSON(omega.loadings) : .null,
      "uniquenesses": isSolved ? JSON(omega.uniquenesses) : .null,
      "omega_total": JSON(omega.omega), "chi_square": JSON(omega.chiSquare),
      "df": JSON(omega.degreesOfFreedom), "p": JSON(omega.pValue),
      "caveats": JSON(omega.record.caveats),
    ]
  }

  func ordinalAlpha() throws(CaseError) -> JSON {
    let alpha = OrdinalAlpha(items: try items())
    return [
      "status": JSON(alpha.status), "n_complete": JSON(alpha.n), "k": JSON(alpha.itemCount),
      "n_incomplete": JSON(alpha.incomplete),
      "polychoric": .array(alpha.correlations.map { JSON($0) }),
      "mean_polychoric": JSON(alpha.meanCorrelation), "ordinal_alpha": JSON(alpha.alpha),
    ]
  }

  func reliableChange() throws(CaseError) -> JSON {
    guard let reliability = parameters["reliability"]?.number, reliability <= 1 else {
      throw .malformed("no reliability up to 1")
    }
    let critical = parameters["critical"]?.number
    let deviation = parameters["sd_pre"]?.number
    guard critical.map({ $0 > 0 && $0 < 1e150 }) ?? true,
      deviation.map({ $0 >= 0 && $0 < 1e150 }) ?? true
    else {
      throw .malformed("a critical value above 0 and a standard deviation from 0")
    }
    let (earlier, later) = (try ratings(role: "pre"), try ratings(role: "post"))
    guard earlier.count == later.count else { throw .malformed("scores of different length") }
    let change = ReliableChange(
      earlier: earlier, later: later, reliability: reliability, standardDeviation: deviation,
      critical: critical, higherIsBetter: parameters["higher_is_better"] != .bool(false),
      confidence: try confidence())
    return [
      "status": JSON(change.status), "n_pairs": JSON(change.pairs),
      "n_pre_only": JSON(change.earlierOnly), "n_post_only": JSON(change.laterOnly),
      "sd_pre_used": JSON(change.standardDeviation),
      "sem": JSON(change.standardErrorOfMeasurement),
      "s_diff": JSON(change.standardErrorOfDifference),
      "smallest_reliable_raw_change": JSON(change.smallestReliableChange),
      "n_reliably_improved": JSON(change.improved?.count),
      "n_no_reliable_change": JSON(change.unchanged?.count),
      "n_reliably_deteriorated": JSON(change.deteriorated?.count),
      "rci_first_10": JSON(Array(change.indices.prefix(10))),
      "rci_min": JSON(change.indices.min()), "rci_max": JSON(change.indices.max()),
    ]
  }
}
