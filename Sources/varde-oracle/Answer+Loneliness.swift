internal import Statistics

/// The loneliness scale of De Jong Gierveld.
extension OracleCase {
  func deJongGierveld6() throws(CaseError) -> JSON {
    guard let respondents = input["inline"]?["respondents"]?.array else {
      throw .malformed("no respondents")
    }
    let standard = DeJongGierveld6.MissingRule()
    let total = parameters["total_allows_missing"]?.integer ?? standard.total
    let subscale = parameters["subscales_allow_missing"]?.integer ?? standard.subscale
    guard total >= 0, subscale >= 0 else { throw .malformed("fewer than no items missing") }
    let rule = DeJongGierveld6.MissingRule(total: total, subscale: subscale)
    let names = ["emo1", "emo2", "emo3", "soc1", "soc2", "soc3"]
    let results = respondents.map { respondent -> JSON in
      let codes = names.map { name -> Int? in
        guard let answer = respondent[name], answer != .null else { return nil }
        // What is no whole number is a code that the scale does not have.
        return answer.integer ?? .min
      }
      do throws(InvalidCodes) {
        return JSON(
          try DeJongGierveld6(
            emotional: Array(codes[..<3]), social: Array(codes[3...]), allowing: rule))
      } catch {
        return [
          "status": JSON(Status.invalidCode), "item": .string(names[error.firstIndex]),
          "emotional": .null, "social": .null, "total": .null, "category": .null,
        ]
      }
    }
    return ["results": .array(results)]
  }
}

extension JSON {
  fileprivate init(_ score: DeJongGierveld6) {
    self = [
      "status": JSON(score.status), "emotional": JSON(score.emotional),
      "social": JSON(score.social), "total": JSON(score.total),
      "category": score.category.map { .string($0.rawValue) } ?? .null,
    ]
  }
}
