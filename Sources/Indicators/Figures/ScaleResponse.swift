/// One person's answers to the items of a scale in a wave; a person has one voice in a wave.
public struct ScaleResponse: Sendable, Equatable {
  public var wave: String
  public var instrument: String
  /// The version the answers were given on.
  public var version: String
  /// Unit and group of the person on the day of the response; unknown for anonymous ones.
  public var unit: String?
  public var group: String?
  /// The scale the answers were given on.
  public var minimum: Int
  public var maximum: Int
  /// In the order of the items of the scale it is scored by; `nil` where there is no score: skipped or not relevant.
  public var scores: [Int?]

  public init(
    wave: String, instrument: String, version: String, unit: String?, group: String?,
    minimum: Int, maximum: Int, scores: [Int?]
  ) {
    self.wave = wave
    self.instrument = instrument
    self.version = version
    self.unit = unit
    self.group = group
    self.minimum = minimum
    self.maximum = maximum
    self.scores = scores
  }
}
