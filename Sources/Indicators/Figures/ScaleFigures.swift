import Statistics

/// Scores on the isolation scale.
enum ScaleFigures {
  private struct Gathered {
    var scores: [ScaleScore] = []
    var groups: Set<String> = []
    var otherScale = false
    var invalid = false

    mutating func add(_ score: ScaleScore?, group: String?, comparable: Bool) {
      if let score {
        scores.append(score)
      } else if comparable {
        invalid = true
      } else {
        otherScale = true
      }
      if let group { groups.insert(group) }
    }
  }

  /// - Parameter scales: The scale in each instrument that has it, the newest first; all figures
  ///   are on the newest one's answer scale.
  static func cells(
    _ responses: [ScaleResponse], scales: [SurveyScale], invited: [String: Int],
    in frame: ProgrammeFrame
  ) -> [Cell] {
    guard let newest = scales.first else { return [] }
    return gather(responses, scales, newest, frame).flatMap { bucket, rows in
      frame.scopes(of: bucket.gathering).map { scope in
        var cell = Catalogue.isolationScore.cell(
          of: scope, wave: bucket.wave, item: newest.scale, of: frame)
        cell.nGroups = rows.groups.count
        if rows.otherScale { cell.add(caveat: Caveat.otherScaleLeftOut) }
        if rows.invalid {
          cell.mark(.invalidCodes)
        } else {
          cell.setCoverage(responses: rows.scores.count, invited: invited[bucket.wave])
          fill(&cell, rows.scores, newest)
        }
        return cell
      }
    }
  }

  private static func gather(
    _ responses: [ScaleResponse], _ scales: [SurveyScale], _ newest: SurveyScale,
    _ frame: ProgrammeFrame
  ) -> [WaveBucket: Gathered] {
    let rules = Dictionary(
      scales.map { ($0.instrument, rule(of: $0)) }, uniquingKeysWith: { first, _ in first })
    var gathered: [WaveBucket: Gathered] = [:]
    for response in responses {
      guard let rule = rules[response.instrument] else { continue }
      let comparable =
        [response.minimum, rule.answers.minimum].allSatisfy { $0 == newest.minimum }
        && [response.maximum, rule.answers.maximum].allSatisfy { $0 == newest.maximum }
      let score = comparable ? try? rule.score(response.scores) : nil
      for gathering in frame.surveyGatherings(unit: response.unit) {
        let bucket = WaveBucket(wave: response.wave, gathering: gathering)
        gathered[bucket, default: Gathered()]
          .add(score, group: response.group, comparable: comparable)
      }
    }
    return gathered
  }

  private static func rule(of scale: SurveyScale) -> ScaleRule {
    ScaleRule(
      answers: AnswerScale(minimum: scale.minimum, maximum: scale.maximum, notRelevant: nil),
      reversed: scale.items.map(scale.reversed.contains), minimumValid: scale.minimumValid)
  }

  private static func fill(_ cell: inout Cell, _ all: [ScaleScore], _ scale: SurveyScale) {
    let scored = all.compactMap(\.score).sorted()
    let prorated = all.count { $0.status == .prorated }
    cell.n = scored.count
    cell.nPeople = scored.count
    cell.denominator = Double(scored.count)
    cell.add(details: [
      "n_prorated": Double(prorated), "n_responses": Double(all.count),
      "n_too_few_items": Double(all.count - scored.count),
    ])
    if 5 * prorated > scored.count { cell.add(caveat: Caveat.proratedScores) }
    if scored.isEmpty {
      cell.mark(.noValidAnswers)
      return
    }
    if scored.count < Catalogue.isolationScore.minimumN {
      cell.mark(.belowMinimumN)
      return
    }
    cell.numerator = exactSum(scored)
    cell.estimateMean(of: scored)
    let sample = SortedSample(scored)
    let floor = scored.count { $0 == Double(scale.minimum) }
    let ceiling = scored.count { $0 == Double(scale.maximum) }
    cell.add(details: [
      "ceiling_share": share(ceiling, of: scored.count),
      "floor_share": share(floor, of: scored.count),
      "median": sample.median,
      "pomp": mean(all.compactMap(\.percentOfMaximum)),
      "q1": sample.quantile(0.25), "q3": sample.quantile(0.75),
      "sd": standardDeviation(scored),
    ])
    if 100 * ceiling > 15 * scored.count { cell.add(caveat: Caveat.ceilingEffect) }
    if 100 * floor > 15 * scored.count { cell.add(caveat: Caveat.floorEffect) }
  }
}
