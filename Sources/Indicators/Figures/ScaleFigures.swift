import Statistics

/// Scores on the isolation scale.
enum ScaleFigures {
  private struct Gathered {
    let scale: AnswerScale
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

  /// - Parameter scales: The scale in each version of an instrument that has it, the newest first.
  static func cells(
    _ responses: [ScaleResponse], scales: [SurveyScale], invited: [String: Int],
    in frame: ProgrammeFrame
  ) -> [Cell] {
    guard let newest = scales.first else { return [] }
    return gather(responses, scales, frame).flatMap { bucket, rows in
      frame.scopes(of: bucket.gathering).map { scope in
        var cell = Catalogue.isolationScore.cell(
          of: scope, wave: bucket.wave, item: newest.scale, of: frame)
        cell.nGroups = rows.groups.count
        if rows.otherScale { cell.add(caveat: Caveat.otherScaleLeftOut) }
        if rows.invalid {
          cell.mark(.invalidCodes)
        } else {
          cell.setCoverage(responses: rows.scores.count, invited: invited[bucket.wave])
          fill(&cell, rows)
        }
        return cell
      }
    }
  }

  /// A response and how it is scored; no rule if its answers are not on the scale of the rule.
  private typealias Scored = (response: ScaleResponse, rule: ScaleRule?)

  private static func gather(
    _ responses: [ScaleResponse], _ scales: [SurveyScale], _ frame: ProgrammeFrame
  ) -> [WaveBucket: Gathered] {
    let rules = Dictionary(
      scales.map { ($0, rule(of: $0)) }, uniquingKeysWith: { first, _ in first })
    let scored = responses.compactMap { response -> Scored? in
      let scale = scales.scoring(response.instrument, version: response.version)
      guard let rule = scale.flatMap({ rules[$0] }) else { return nil }
      let isOn = rule.answers == AnswerScale(steps: response.minimum, response.maximum)
      return (response, isOn ? rule : nil)
    }
    var gathered: [WaveBucket: Gathered] = [:]
    for (wave, scored) in Dictionary(grouping: scored, by: \.response.wave) {
      let shared = self.scale(of: scored, scales)
      for (response, rule) in scored {
        let rule = rule?.answers == shared ? rule : nil
        let score = try? rule?.score(response.scores)
        for gathering in frame.surveyGatherings(unit: response.unit) {
          let bucket = WaveBucket(wave: wave, gathering: gathering)
          gathered[bucket, default: Gathered(scale: shared)]
            .add(score, group: response.group, comparable: rule != nil)
        }
      }
    }
    return gathered
  }

  /// The answer scale of a wave's responses, whichever instruments and versions they are to.
  private static func scale(of scored: [Scored], _ scales: [SurveyScale]) -> AnswerScale {
    let known = scales.map { AnswerScale(steps: $0.minimum, $0.maximum) }
    var shared = SharedScale()
    for (response, rule) in scored {
      guard let rule else { continue }
      shared.add(rule.answers, count: response.scores.contains { $0 != nil } ? 1 : 0)
    }
    return shared.chosen(preferring: known) ?? known[0]
  }

  private static func rule(of scale: SurveyScale) -> ScaleRule {
    ScaleRule(
      answers: AnswerScale(steps: scale.minimum, scale.maximum),
      reversed: scale.items.map(scale.reversed.contains), minimumValid: scale.minimumValid)
  }

  private static func fill(_ cell: inout Cell, _ rows: Gathered) {
    let (all, scale) = (rows.scores, rows.scale)
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
