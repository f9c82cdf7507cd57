/// How the items of a scale become one person's score.
public struct ScaleRule: Sendable, Hashable {
  public let answers: AnswerScale
  /// For each item in order, whether it is turned round (`minimum + maximum − x`) first.
  public let reversed: [Bool]
  /// How many items must be scores before there is a scale score.
  public let minimumValid: Int

  /// - Parameter minimumValid: a published scale's own rule; otherwise the half rule, at least
  ///   ⌈k/2⌉ of k items.
  public init(answers: AnswerScale, reversed: [Bool], minimumValid: Int? = nil) {
    self.answers = answers
    self.reversed = reversed
    self.minimumValid = minimumValid ?? (reversed.count + 1) / 2
  }

  /// How many items the scale has.
  public var itemCount: Int { reversed.count }

  /// Scores one person's answers, given in the order of the items; `nil` is skipped.
  ///
  /// - Throws: `InvalidCodes` if any answer is off the scale.
  public func score(_ codes: [Int?]) throws(InvalidCodes) -> ScaleScore {
    precondition(codes.count == itemCount, "one answer, or nil, per item")
    var sum = 0
    var valid = 0
    var notRelevant = 0
    for (index, code) in codes.enumerated() {
      switch answers.read(code) {
      case .skipped: break
      case .notRelevant: notRelevant += 1
      case .invalid(let code): throw InvalidCodes(codes: [code], firstIndex: index)
      case .score(let score):
        sum += reversed[index] ? answers.minimum + answers.maximum - score : score
        valid += 1
      }
    }
    let enough = valid > 0 && valid >= minimumValid
    let mean = enough ? Double(sum) / Double(valid) : nil
    let range = Double(answers.maximum - answers.minimum)
    return ScaleScore(
      status: enough ? (valid == itemCount ? .ok : .prorated) : .tooFewItems,
      itemCount: itemCount, valid: valid, notRelevant: notRelevant,
      skipped: itemCount - valid - notRelevant, score: mean,
      percentOfMaximum: mean.map { 100 * ($0 - Double(answers.minimum)) / range })
  }
}
