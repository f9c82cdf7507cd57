/// One question of an instrument, with the scale of the newest version that asks it.
///
/// Its figures are made on the scale the answers of a wave were given on; this one only tells which
/// of two is meant where as many answers are on either.
public struct SurveyItem: Sendable, Hashable {
  public let instrument: String
  public let item: String
  /// Lowest and highest answer that is a score.
  public let minimum: Int
  public let maximum: Int

  /// Needs `minimum < maximum`.
  public init(instrument: String, item: String, minimum: Int, maximum: Int) {
    precondition(minimum < maximum, "a scale needs two steps")
    self.instrument = instrument
    self.item = item
    self.minimum = minimum
    self.maximum = maximum
  }
}
