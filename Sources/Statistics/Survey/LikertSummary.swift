/// One survey item over everyone who was asked, with both denominators side by side.
///
/// The "not relevant" code is a category of its own: it counts in `answered` and in nothing made
/// of scores. All shares come from counts. Shares and rates are 0 to 1, scores in scale points.
///
/// Status: `ok`; `no_valid_answers` when nobody gave a score, and then only the counts and the
/// two rates are there.
public struct LikertSummary: Sendable, Equatable {
  public let status: Status
  public let asked: Int
  /// Scores and "not relevant" together.
  public let answered: Int
  public let notRelevant: Int
  public let skipped: Int
  /// Answers that are scores.
  public let valid: Int
  /// `answered / asked`, `nil` when nobody was asked.
  public let itemResponseRate: Double?
  /// `notRelevant / answered`, `nil` when nobody answered.
  public let notRelevantShareOfAnswered: Double?
  /// How many chose each step, the lowest first.
  public let counts: [Int]
  /// The two highest steps among the valid, with the Wilson interval.
  public let topTwo: Proportion
  public let topTwoOfAnswered: Double?
  public let bottomTwoCount: Int
  public let bottomTwoOfValid: Double?
  public let bottomTwoOfAnswered: Double?
  /// Scores strictly below the middle of the scale.
  public let belowMidpointCount: Int
  public let belowMidpointOfValid: Double?
  public let mean: Double?
  /// Sample standard deviation; `nil` for one score.
  public let standardDeviation: Double?
  public let median: Double?
  public let firstQuartile: Double?
  public let thirdQuartile: Double?
  /// Share of the top two minus share of the bottom two, −1 to 1, of the valid.
  public let netBalance: Double?

  /// Summarises one answer per person asked; `nil` is skipped.
  ///
  /// - Parameter asked: how many were asked, when that is more than there are answers.
  /// - Throws: `InvalidCodes` if any answer is off the scale.
  public init(
    _ answers: [Int?], scale: AnswerScale, asked: Int? = nil, confidence: Double = 0.95
  ) throws(InvalidCodes) {
    let tally = try Tally(answers, scale)
    let scores = tally.scores
    let valid = scores.count
    let answered = valid + tally.notRelevant
    let asked = asked ?? answers.count
    precondition(asked >= answered, "more answers than people asked")

    let top = scores.count { $0 >= scale.maximum - 1 }
    let bottom = scores.count { $0 <= scale.minimum + 1 }
    let below = scores.count { 2 * $0 < scale.minimum + scale.maximum }
    func share(_ count: Int, of total: Int) -> Double? {
      total == 0 ? nil : Double(count) / Double(total)
    }

    status = valid == 0 ? .noValidAnswers : .ok
    self.asked = asked
    self.answered = answered
    self.valid = valid
    notRelevant = tally.notRelevant
    skipped = asked - answered
    itemResponseRate = share(answered, of: asked)
    notRelevantShareOfAnswered = share(tally.notRelevant, of: answered)
    counts = tally.counts
    topTwo = Proportion(top, of: valid, confidence: confidence)
    bottomTwoCount = bottom
    belowMidpointCount = below
    bottomTwoOfValid = share(bottom, of: valid)
    belowMidpointOfValid = share(below, of: valid)
    // Beside no score at all, 0 of the answered would read as disagreement.
    topTwoOfAnswered = valid == 0 ? nil : share(top, of: answered)
    bottomTwoOfAnswered = valid == 0 ? nil : share(bottom, of: answered)
    netBalance = share(top - bottom, of: valid)

    let sample = SortedSample(scores.map(Double.init))
    mean = Statistics.mean(sample.values)
    standardDeviation = Statistics.standardDeviation(sample.values)
    median = sample.median
    firstQuartile = sample.quantile(0.25)
    thirdQuartile = sample.quantile(0.75)
  }

  private struct Tally {
    var scores: [Int] = []
    var counts: [Int]
    var notRelevant = 0

    init(_ answers: [Int?], _ scale: AnswerScale) throws(InvalidCodes) {
      counts = Array(repeating: 0, count: scale.maximum - scale.minimum + 1)
      var bad: Set<Int> = []
      var firstBad: Int?
      for (index, answer) in answers.enumerated() {
        switch scale.read(answer) {
        case .skipped: break
        case .notRelevant: notRelevant += 1
        case .score(let score):
          scores.append(score)
          counts[score - scale.minimum] += 1
        case .invalid(let code):
          bad.insert(code)
          firstBad = firstBad ?? index
        }
      }
      if let firstBad { throw InvalidCodes(codes: bad.sorted(), firstIndex: firstBad) }
    }
  }
}
