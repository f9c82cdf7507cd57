/// A scale made of several items of an instrument, as one of its versions defines it.
public struct SurveyScale: Sendable, Hashable {
  public let instrument: String
  public let version: String
  public let scale: String
  public let items: [String]
  /// Items that are turned round before they are averaged.
  public let reversed: Set<String>
  public let minimum: Int
  public let maximum: Int
  /// How many items must be answered; `nil` means half of them.
  public let minimumValid: Int?

  /// Needs `minimum < maximum`, and all items on that scale.
  public init(
    instrument: String, version: String, scale: String, items: [String], reversed: Set<String>,
    minimum: Int, maximum: Int, minimumValid: Int?
  ) {
    precondition(minimum < maximum, "a scale needs two steps")
    self.instrument = instrument
    self.version = version
    self.scale = scale
    self.items = items
    self.reversed = reversed
    self.minimum = minimum
    self.maximum = maximum
    self.minimumValid = minimumValid
  }
}

extension [SurveyScale] {
  /// How an answer to a version is scored: as that version says. One that has no such scale is
  /// scored as the newest of its instrument that has; these are the newest first.
  func scoring(_ instrument: String, version: String) -> SurveyScale? {
    first { $0.instrument == instrument && $0.version == version }
      ?? first { $0.instrument == instrument }
  }
}
