/// How many events one claim takes: more while claims are quick, fewer when they hold their
/// transaction long.
public struct Pace: Sendable {
  /// Events of the next claim.
  public private(set) var budget = 5_000

  public init() {}

  mutating func took(_ duration: Duration) {
    if duration < .milliseconds(250) {
      budget = min(budget * 2, 80_000)
    } else if duration > .milliseconds(1_000) {
      budget = max(budget / 2, 1_000)
    }
  }
}
