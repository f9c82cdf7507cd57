/// What a rebuild did, and how the new facts compare with those they replace.
public struct RebuildReport: Sendable, Equatable, Codable {
  /// One fact on both sides, at the same position of every log.
  public struct Fact: Sendable, Equatable, Codable {
    public let fact: String
    public let rowsBefore: Int
    public let rowsAfter: Int
    /// Whether all rows are byte for byte the same.
    public let isEqual: Bool
  }

  /// One value that the two sides have not in common.
  public struct Difference: Sendable, Equatable, Codable {
    public let fact: String
    public let institution: String
    /// Event that made the row.
    public let position: Int
    public let column: String
    /// What stands there; `nil` where there is no such row or it is NULL. Values that could tell who
    /// somebody is are masked.
    public let before: String?
    public let after: String?
  }

  /// An institution whose facts end before its log, because of an event they cannot take. The live
  /// facts ended there, too, or earlier.
  public struct Halt: Sendable, Equatable, Codable {
    public let institution: String
    /// Last position the facts contain.
    public let position: Int
    public let reason: String
  }

  /// Events projected by this run.
  public internal(set) var events = 0
  /// Events in the new facts, also those that an earlier run has projected.
  public internal(set) var eventsInAll = 0
  /// Rows of all facts when they were indexed.
  public internal(set) var rows = 0
  /// Seconds each phase took.
  public internal(set) var seconds: [RebuildPhase: Double] = [:]
  /// Whether it went on where an earlier one was interrupted.
  public internal(set) var isResumed = false
  /// Whether the new facts are what people read now.
  public internal(set) var isSwapped = false
  /// Whether the swap could see that nobody looked at the database as it was before the new facts were
  /// complete. Where it could not, who did may find too few facts until their transaction ends.
  public internal(set) var seesSessions = true
  /// Empty where the facts before were of another version and cannot be compared.
  public internal(set) var facts: [Fact] = []
  /// The first few.
  public internal(set) var differences: [Difference] = []
  public internal(set) var halts: [Halt] = []
}

/// What a rebuild is at.
public enum RebuildPhase: String, Sendable, Codable, CodingKeyRepresentable {
  case bulk, index, following, figures, comparing, swapping
}

/// How far a rebuild has come.
public struct RebuildProgress: Sendable, Equatable {
  public let phase: RebuildPhase
  /// Events in the facts so far, and those that were in the logs when the rebuild began.
  public let events: Int
  public let total: Int
}
