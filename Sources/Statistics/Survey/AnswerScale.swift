/// The codes a survey item accepts.
public struct AnswerScale: Sendable, Hashable {
  /// Lowest and highest code that is a score.
  public let minimum: Int
  public let maximum: Int
  /// The code for "not relevant / don't know": an answer, never a score.
  public let notRelevant: Int?

  /// Needs `minimum < maximum`, and a "not relevant" code that is not a score.
  public init(minimum: Int = 1, maximum: Int = 7, notRelevant: Int? = 8) {
    precondition(minimum < maximum, "a scale needs two steps")
    if let notRelevant {
      precondition(
        !(minimum...maximum).contains(notRelevant), "the not-relevant code is on the scale")
    }
    self.minimum = minimum
    self.maximum = maximum
    self.notRelevant = notRelevant
  }

  /// What one code stands for; `nil` in, skipped out.
  enum Reading { case skipped, notRelevant, score(Int), invalid(Int) }

  func read(_ code: Int?) -> Reading {
    guard let code else { return .skipped }
    if code == notRelevant { return .notRelevant }
    return (minimum...maximum).contains(code) ? .score(code) : .invalid(code)
  }
}
