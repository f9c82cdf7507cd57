/// Keeps somebody at work half of the time at most in the long run, so that facts come first, but lets
/// them begin at once after a rest: one change is not waited for.
struct HalfTime {
  /// How much may be worked before the next rest.
  private var ahead = HalfTime.most
  private var end = ContinuousClock.now

  private static let most = Duration.seconds(1)
  private static let longestRest = Duration.seconds(30)

  /// - Returns: how long to rest after work that began at `start` and has just ended.
  mutating func rest(since start: ContinuousClock.Instant) -> Duration {
    let now = ContinuousClock.now
    ahead = min(ahead + (start - end), HalfTime.most) - (now - start)
    end = now
    let rest = min(max(.zero - ahead, .zero), HalfTime.longestRest)
    // A longer piece of work is forgiven.
    ahead = max(ahead, .zero - rest)
    return rest
  }
}
