internal import Statistics

/// Changes in the same people, and differences between groups.
extension OracleCase {
  /// The two measurements of the same people, `pre` and `post`.
  func pairs() throws(CaseError) -> PairedSample {
    try require("direction", "post_minus_pre")
    return try paired("pre", "post")
  }

  /// Two columns of the same length.
  func paired(_ first: String, _ second: String) throws(CaseError) -> PairedSample {
    let (before, after) = (try numbers(first), try numbers(second))
    guard before.count == after.count else {
      throw .malformed("\(before.count) \(first), \(after.count) \(second)")
    }
    return PairedSample(before: before, after: after)
  }

  func pairedChange() throws(CaseError) -> JSON {
    JSON(PairedChange(try pairs(), confidence: try confidence()))
  }

  func twoGroupComparison() throws(CaseError) -> JSON {
    let (first, second) = try groups()
    return JSON(TwoGroupComparison(first, second, confidence: try confidence()))
  }

  /// The values of the group that the parameters call x, and of y.
  private func groups() throws(CaseError) -> ([Double?], [Double?]) {
    if let x = try inlineNumbers("x"), let y = try inlineNumbers("y") { return (x, y) }
    let values = try numbers("value")
    let labels = try self.labels("group")
    guard labels.count == values.count else {
      throw .malformed("\(values.count) values, \(labels.count) groups")
    }
    func members(_ name: String) throws(CaseError) -> [Double?] {
      guard let label = parameters[name], label != .null else {
        throw .malformed("no group '\(name)'")
      }
      return zip(values, labels).filter { isLabel($0.1, label) }.map(\.0)
    }
    return (try members("x"), try members("y"))
  }

  private func labels(_ name: String) throws(CaseError) -> [String?] {
    if let inline = input["inline"]?[name]?.array {
      return inline.map { $0 == .null ? nil : $0.string ?? $0.text }
    }
    return try table().column(try text(input, name))
  }

  /// Whether a cell holds the label of a parameter. Groups may be numbered; then 2, "2" and 2.0
  /// are the same group.
  private func isLabel(_ cell: String?, _ label: JSON) -> Bool {
    guard let cell else { return false }
    let text = label.string ?? label.text
    if cell == text { return true }
    guard let number = Double(cell) else { return false }
    return number == Double(text)
  }

  func adjustedPValues() throws(CaseError) -> JSON {
    guard let family = try inlineNumbers("p") else { throw .malformed("no p-values") }
    let adjusted = AdjustedPValues(family)
    return [
      "status": JSON(adjusted.status), "n": JSON(adjusted.n), "holm": JSON(adjusted.holm),
      "bh": JSON(adjusted.benjaminiHochberg), "bonferroni": JSON(adjusted.bonferroni),
    ]
  }
}

extension JSON {
  fileprivate init(_ change: PairedChange) {
    let (effect, dominance) = (change.effect, change.dominance)
    self = [
      "status": JSON(change.status), "n_pairs": JSON(change.n),
      "n_pre_only": JSON(change.beforeOnly), "n_post_only": JSON(change.afterOnly),
      "mean_pre": JSON(change.before.mean), "mean_post": JSON(change.after.mean),
      "sd_pre": JSON(change.before.standardDeviation),
      "sd_post": JSON(change.after.standardDeviation), "r": JSON(change.correlation),
      "mean_change": JSON(change.change.mean),
      "sd_change": JSON(change.change.standardDeviation),
      "se_change": JSON(change.change.standardError), "lower": JSON(change.change.lower),
      "upper": JSON(change.change.upper), "t": JSON(change.t),
      "df": JSON(change.degreesOfFreedom.map(Double.init)), "p_two_sided": JSON(change.pValue),
      "d_z": JSON(effect.perChange), "d_av": JSON(effect.perAverage),
      "hedges_j": JSON(effect.hedgesCorrection), "g_av": JSON(effect.unbiased),
      "d_av_se_bonett": JSON(effect.standardError), "d_av_lower_bonett": JSON(effect.lower),
      "d_av_upper_bonett": JSON(effect.upper), "n_improved": JSON(change.up),
      "n_unchanged": JSON(change.unchanged), "n_worsened": JSON(change.down),
      "cliff_delta_within": JSON(dominance.within),
      "cliff_delta_between": JSON(dominance.between),
      "cliff_delta_all_pairs": JSON(dominance.allPairs),
    ]
  }

  fileprivate init(_ comparison: TwoGroupComparison) {
    let (cliff, welch) = (comparison.cliff, comparison.welch)
    self = [
      "status": JSON(comparison.status), "n_x": JSON(comparison.first.n),
      "n_y": JSON(comparison.second.n), "delta": JSON(cliff.delta),
      "variance_unbiased_raw": JSON(cliff.rawVariance), "variance_used": JSON(cliff.variance),
      "df": JSON(cliff.degreesOfFreedom.map(Double.init)), "lower": JSON(cliff.lower),
      "upper": JSON(cliff.upper), "p_superiority": JSON(cliff.superiority),
      "mann_whitney_u_x": JSON(comparison.mannWhitney.u),
      "mann_whitney_p_asymptotic": JSON(comparison.mannWhitney.pValue),
      "mean_difference": JSON(welch.difference), "welch_t": JSON(welch.t),
      "welch_df": JSON(welch.degreesOfFreedom), "welch_p": JSON(welch.pValue),
      "welch_lower": JSON(welch.lower), "welch_upper": JSON(welch.upper),
      "hedges_g_pooled": JSON(welch.hedgesG),
    ]
  }
}
