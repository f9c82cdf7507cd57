import Statistics

/// How the answers to one question are distributed over its scale.
enum ItemFigures {
  private struct Answers {
    var tallies: [ItemTally] = []
    var groups: Set<String> = []
    let scale: AnswerScale
    var otherScale = false

    mutating func add(_ tally: ItemTally) {
      guard tally.scale == scale else {
        otherScale = true
        return
      }
      tallies.append(tally)
      if let group = tally.group { groups.insert(group) }
    }

    func count(_ state: ItemTally.State) -> Int {
      tallies.lazy.filter { $0.state == state }.reduce(0) { $0 + $1.count }
    }
  }

  /// - Parameter invited: How many were invited to a wave, where that is known.
  static func cells(
    _ tallies: [ItemTally], items: [SurveyItem], invited: [String: Int], in frame: ProgrammeFrame
  ) -> [Cell] {
    let instruments = Dictionary(grouping: tallies) { [$0.wave, $0.item] }
      .mapValues { Set($0.map(\.instrument)).count }
    let byItem = Dictionary(grouping: tallies) { [$0.instrument, $0.item] }
    return items.flatMap { item in
      gather(byItem[[item.instrument, item.item], default: []], for: item, in: frame)
        .flatMap { bucket, answers in
          // Two instruments of one wave may share a code; then the instrument's goes before it.
          let isShared = instruments[[bucket.wave, item.item], default: 1] > 1
          let name = isShared ? "\(item.instrument):\(item.item)" : item.item
          return frame.scopes(of: bucket.gathering).map { scope in
            var cell = Catalogue.itemProfile.cell(
              of: scope, wave: bucket.wave, item: name, of: frame)
            fill(&cell, answers, invited: invited[bucket.wave])
            return cell
          }
        }
    }
  }

  private static func gather(
    _ tallies: [ItemTally], for item: SurveyItem, in frame: ProgrammeFrame
  ) -> [WaveBucket: Answers] {
    var gathered: [WaveBucket: Answers] = [:]
    for (wave, tallies) in Dictionary(grouping: tallies, by: \.wave) {
      let scale = scale(of: tallies, item)
      for tally in tallies {
        for gathering in frame.surveyGatherings(unit: tally.unit) {
          let bucket = WaveBucket(wave: wave, gathering: gathering)
          gathered[bucket, default: Answers(scale: scale)].add(tally)
        }
      }
    }
    return gathered
  }

  /// The scale of a wave's answers, which is that of all its units.
  private static func scale(of tallies: [ItemTally], _ item: SurveyItem) -> AnswerScale {
    let newest = AnswerScale(steps: item.minimum, item.maximum)
    var shared = SharedScale()
    for tally in tallies {
      shared.add(tally.scale, count: tally.state == .answered ? tally.count : 0)
    }
    return shared.chosen(preferring: [newest]) ?? newest
  }

  private static func fill(
    _ cell: inout Cell, _ answers: Answers, invited: Int?
  ) {
    // A code of our own, which no answer can have by mistake.
    let notRelevant = Int.max
    let codes: [Int?] = answers.tallies.flatMap { tally -> [Int?] in
      switch tally.state {
      case .answered: Array(repeating: tally.score, count: tally.count)
      case .notRelevant: Array(repeating: notRelevant, count: tally.count)
      case .skipped: Array(repeating: nil, count: tally.count)
      case .notShown, .unknown: []
      }
    }
    if answers.otherScale { cell.add(caveat: Caveat.otherScaleLeftOut) }
    let scale = AnswerScale(
      minimum: answers.scale.minimum, maximum: answers.scale.maximum, notRelevant: notRelevant)
    guard let summary = try? LikertSummary(codes, scale: scale) else {
      cell.mark(.invalidCodes)
      return
    }
    cell.n = summary.valid
    cell.nPeople = summary.valid
    cell.nGroups = answers.groups.count
    cell.denominator = Double(summary.valid)
    cell.setCoverage(responses: summary.asked, invited: invited)
    cell.add(details: [
      "n_answered": Double(summary.answered), "n_not_relevant": Double(summary.notRelevant),
      "n_not_shown": Double(answers.count(.notShown)), "n_people": Double(summary.asked),
      "n_skipped": Double(summary.skipped), "n_unknown": Double(answers.count(.unknown)),
    ])
    if summary.valid == 0 {
      cell.mark(summary.status)
    } else if summary.valid < Catalogue.itemProfile.minimumN {
      cell.mark(.belowMinimumN)
    } else {
      describe(&cell, summary, scale)
    }
  }

  private static func describe(_ cell: inout Cell, _ summary: LikertSummary, _ scale: AnswerScale) {
    let scores = summary.counts.enumerated().flatMap { step, count in
      Array(repeating: Double(scale.minimum + step), count: count)
    }
    cell.numerator = scores.reduce(0, +)
    cell.estimateMean(of: scores)
    cell.add(details: [
      "bottom2_of_answered": summary.bottomTwoOfAnswered,
      "bottom2_of_valid": summary.bottomTwoOfValid,
      "median": summary.median, "q1": summary.firstQuartile, "q3": summary.thirdQuartile,
      "sd": summary.standardDeviation,
      "top2_count": Double(summary.topTwo.count), "top2_lower": summary.topTwo.lower,
      "top2_of_answered": summary.topTwoOfAnswered, "top2_of_valid": summary.topTwo.estimate,
      "top2_upper": summary.topTwo.upper,
    ])
    for (step, count) in summary.counts.enumerated() {
      cell.add(details: ["c\(scale.minimum + step)": Double(count)])
    }
  }
}

extension ItemTally {
  fileprivate var scale: AnswerScale { AnswerScale(steps: minimum, maximum) }
}
