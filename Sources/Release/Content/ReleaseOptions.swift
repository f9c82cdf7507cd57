/// Choices of whoever makes the release; part of its identity.
public struct ReleaseOptions: Sendable, Equatable {
  /// Language of the report. Tables and codebook carry both.
  public enum Language: String, Sendable, CaseIterable, Codable {
    case nb, en
  }

  public var language: Language
  /// Counts of people from 1 up to one below this are hidden.
  public var countThreshold: Int
  /// Means, shares and scores need this many people behind them.
  public var valueThreshold: Int

  /// The thresholds can be raised, never lowered below 5 and 10.
  public init(language: Language = .en, countThreshold: Int = 5, valueThreshold: Int = 10) {
    self.language = language
    self.countThreshold = max(5, countThreshold)
    self.valueThreshold = max(10, valueThreshold)
  }
}
