/// How many events one claim takes: a block's worth, fewer while claims hold their transaction long,
/// more again when they are quick.
public struct Pace: Sendable {
  /// Larger claims catch up hardly faster, but others wait longer for the institution, and a worker
  /// that is told to stop for its end.
  static let most = 5_000
  static let fewest = 1_000

  /// Events of the next claim, or the next block where that has more.
  public private(set) var budget = most

  public init() {}

  mutating func took(_ duration: Duration) {
    if duration > .milliseconds(250) {
      budget = max(budget / 2, Pace.fewest)
    } else if duration < .milliseconds(125) {
      budget = min(budget * 2, Pace.most)
    }
  }
}
