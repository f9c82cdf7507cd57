/// What a soak does, and for how long.
public struct SoakPlan: Sendable {
  /// The built `varde`.
  public var varde: String
  /// A folder of its own, which a soak fills and leaves.
  public var folder: String
  public var seed: UInt64
  /// How long processes are killed.
  public var seconds = 300.0
  /// Worker processes, each with two threads for facts.
  public var workers = 4
  /// Seconds between two blows, at least and at most.
  public var pause = 0.2...1.5
  /// Seconds between two crashes of the whole server.
  public var crashes = 25.0
  /// How long everything may take to catch up when the blows have ended, in seconds.
  public var patience = 180.0
  /// Called with every line of the diary.
  public var tell: @Sendable (String) -> Void = { _ in }

  public init(varde: String, folder: String, seed: UInt64) {
    self.varde = varde
    self.folder = folder
    self.seed = seed
  }
}

/// What came of a soak.
public struct SoakOutcome: Sendable {
  /// How often what was done, by name.
  public var counts: [String: Int] = [:]
  /// Everything that is not as it was promised; empty is good.
  public var faults: [String] = []

  public var summary: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
