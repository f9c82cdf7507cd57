internal import Statistics

/// Shares, their differences, and rates.
extension OracleCase {
  func proportion() throws(CaseError) -> JSON {
    let name = parameters["method"] == nil ? "wilson" : try text(parameters, "method")
    guard let method = Proportion.Method(rawValue: name) else {
      throw .malformed("method '\(name)'")
    }
    let (count, total) = try part("x", of: "n")
    let share = Proportion(count, of: total, method: method, confidence: try confidence())
    return [
      "status": JSON(share.status), "estimate": JSON(share.estimate),
      "lower": JSON(share.lower), "upper": JSON(share.upper),
    ]
  }

  func proportionDifference() throws(CaseError) -> JSON {
    try require("method", "newcombe_hybrid_score")
    let (first, second) = (try part("x1", of: "n1"), try part("x2", of: "n2"))
    let difference = ProportionDifference(
      first.count, of: first.total, minus: second.count, of: second.total,
      confidence: try confidence())
    return [
      "status": JSON(difference.status), "difference": JSON(difference.difference),
      "lower": JSON(difference.lower), "upper": JSON(difference.upper),
      "fisher_exact_p": JSON(difference.fisherP),
    ]
  }

  func pairedProportionChange() throws(CaseError) -> JSON {
    try require("method", "newcombe_1998_method_10")
    let change = PairedProportionChange(
      both: try count("both"), firstOnly: try count("wave1_only"),
      secondOnly: try count("wave2_only"), neither: try count("neither"),
      confidence: try confidence())
    return [
      "status": JSON(change.status), "n": JSON(change.n),
      "p_wave1": JSON(change.first.estimate), "p_wave2": JSON(change.second.estimate),
      "change": JSON(change.change), "lower": JSON(change.lower), "upper": JSON(change.upper),
      "phi": JSON(change.phi), "discordant": JSON(change.discordant),
      "mcnemar_exact_p": JSON(change.exactP), "mcnemar_midp": JSON(change.midP),
    ]
  }

  func rate() throws(CaseError) -> JSON {
    try require("method", "exact_poisson")
    let per = parameters["per"] == nil ? 1 : try number(parameters, "per")
    guard per > 0 else { throw .malformed("a rate per \(per)") }
    let exposure = try number(input["inline"] ?? .null, "exposure")
    let rate = RateInterval(
      try count("count"), in: exposure, per: per, confidence: try confidence())
    return [
      "status": JSON(rate.status), "rate": JSON(rate.rate), "lower": JSON(rate.lower),
      "upper": JSON(rate.upper),
    ]
  }

  private func count(_ name: String) throws(CaseError) -> Int {
    let count = try integer(input["inline"] ?? .null, name)
    guard count >= 0, count < 1 << 53 else { throw .malformed("\(name) = \(count)") }
    return count
  }

  private func part(
    _ part: String, of whole: String
  ) throws(CaseError) -> (count: Int, total: Int) {
    let (count, total) = (try count(part), try count(whole))
    guard count <= total else { throw .malformed("\(count) of \(total)") }
    return (count, total)
  }
}

extension OracleCase {
  /// Refuses a case that asks for another method than the one there is. Saying nothing is fine.
  func require(_ parameter: String, _ only: String) throws(CaseError) {
    guard let asked = parameters[parameter], asked != .string(only) else { return }
    throw .malformed("\(parameter) \(asked.text)")
  }

  func number(_ object: JSON, _ name: String) throws(CaseError) -> Double {
    guard let number = object[name]?.number else { throw .malformed("no number '\(name)'") }
    return number
  }
}
