internal import Statistics

/// Survey items and scales.
extension OracleCase {
  func likertItem() throws(CaseError) -> JSON {
    let values = try values()
    let scale = try scale()
    let confidence = try confidence()
    let codes = values.map { $0.flatMap(Int.init(exactly:)) }
    // The library takes codes, which are whole; here a fraction is one more invalid code.
    let fractions = values.compactMap(\.self).filter { Int(exactly: $0) == nil }
    do throws(InvalidCodes) {
      let item = try LikertSummary(codes, scale: scale, confidence: confidence)
      if fractions.isEmpty { return JSON(item, lowest: scale.minimum) }
      return invalid(fractions)
    } catch {
      return invalid(fractions + error.codes.map(Double.init))
    }
  }

  private func invalid(_ codes: [Double]) -> JSON {
    ["status": JSON(Status.invalidCodes), "invalid": JSON(Set(codes).sorted())]
  }

  func scaleScores() throws(CaseError) -> JSON {
    let scale = try scale()
    let reversed = Set((parameters["reversed"]?.array ?? []).compactMap(\.string))
    let minimumValid = parameters["min_answered"]?.integer
    guard let respondents = input["inline"]?["respondents"]?.array else {
      throw .malformed("no respondents")
    }
    var results: [JSON] = []
    for respondent in respondents {
      guard let items = respondent.members else { throw .malformed("a respondent without items") }
      let rule = ScaleRule(
        answers: scale, reversed: items.map { reversed.contains($0.name) },
        minimumValid: minimumValid)
      do throws(InvalidCodes) {
        results.append(JSON(try rule.score(items.map { $0.value.code })))
      } catch {
        results.append([
          "status": JSON(Status.invalidCode), "item": .string(items[error.firstIndex].name),
        ])
      }
    }
    return ["results": .array(results)]
  }

  private func scale() throws(CaseError) -> AnswerScale {
    let minimum = try integer(parameters, "scale_min")
    let maximum = try integer(parameters, "scale_max")
    let notRelevant = parameters["not_relevant_code"]?.integer
    let isOnScale = notRelevant.map { $0 >= minimum && $0 <= maximum } ?? false
    // The answer counts every step of the scale.
    guard minimum < maximum, minimum > -1000, maximum < 1000, !isOnScale else {
      throw .malformed("an impossible scale")
    }
    return AnswerScale(minimum: minimum, maximum: maximum, notRelevant: notRelevant)
  }
}

extension JSON {
  /// The answer as a code; what is no whole number is a code that no scale has.
  fileprivate var code: Int? {
    self == .null ? nil : integer ?? .min
  }

  fileprivate init(_ score: ScaleScore) {
    self = [
      "status": JSON(score.status), "k": JSON(score.itemCount), "n_valid": JSON(score.valid),
      "n_not_relevant": JSON(score.notRelevant), "n_skipped": JSON(score.skipped),
      "score": JSON(score.score), "pomp": JSON(score.percentOfMaximum),
    ]
  }

  fileprivate init(_ item: LikertSummary, lowest: Int) {
    let counts = item.counts.enumerated().map { step, count in
      Member(name: String(lowest + step), value: JSON(count))
    }
    self = [
      "status": JSON(item.status), "n_asked": JSON(item.asked),
      "n_answered": JSON(item.answered), "n_not_relevant": JSON(item.notRelevant),
      "n_skipped": JSON(item.skipped), "n_valid": JSON(item.valid),
      "item_response_rate": JSON(item.itemResponseRate),
      "not_relevant_share_of_answered": JSON(item.notRelevantShareOfAnswered),
      "counts": .object(counts), "top2_count": JSON(item.topTwo.count),
      "bottom2_count": JSON(item.bottomTwoCount),
      "below_midpoint_count": JSON(item.belowMidpointCount),
      "top2_of_valid": JSON(item.topTwo.estimate), "top2_lower": JSON(item.topTwo.lower),
      "top2_upper": JSON(item.topTwo.upper), "top2_of_answered": JSON(item.topTwoOfAnswered),
      "bottom2_of_valid": JSON(item.bottomTwoOfValid),
      "bottom2_of_answered": JSON(item.bottomTwoOfAnswered),
      "below_midpoint_of_valid": JSON(item.belowMidpointOfValid), "mean": JSON(item.mean),
      "sd": JSON(item.standardDeviation), "median": JSON(item.median),
      "q1": JSON(item.firstQuartile), "q3": JSON(item.thirdQuartile),
      "net_balance_of_valid": JSON(item.netBalance),
    ]
  }
}
