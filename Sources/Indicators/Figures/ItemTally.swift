/// How many people of a wave, unit and group gave the same answer to an item.
///
/// A person has one voice in a wave; the unit and group are those of the day of the response,
/// and unknown for anonymous ones.
public struct ItemTally: Sendable, Equatable {
  /// Why there is, or is not, a score.
  public enum State: String, Sendable {
    case answered
    case notRelevant = "not_relevant"
    case skipped
    case notShown = "not_shown"
    case unknown
  }

  public var wave: String
  public var instrument: String
  public var item: String
  public var unit: String?
  public var group: String?
  public var state: State
  /// The score, for `answered` only.
  public var score: Int?
  /// The scale the answer was given on.
  public var minimum: Int
  public var maximum: Int
  public var count: Int

  public init(
    wave: String, instrument: String, item: String, unit: String?, group: String?, state: State,
    score: Int?, minimum: Int, maximum: Int, count: Int
  ) {
    self.wave = wave
    self.instrument = instrument
    self.item = item
    self.unit = unit
    self.group = group
    self.state = state
    self.score = score
    self.minimum = minimum
    self.maximum = maximum
    self.count = count
  }
}
