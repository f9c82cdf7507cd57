/// Keeps somebody at work half of the time at most in the long run, so that facts come first, but lets
/// them begin at once after a rest: one change is not waited for.
struct HalfTime {
  /// How much may be worked before the next rest.
  private var ahead = HalfTime.most
  private var end: ContinuousClock.Instant

  private static let most = Duration.seconds(1)
  private static let longestRest = Duration.seconds(30)

  init(at now: ContinuousClock.Instant = .now) { end = now }

  /// - Returns: how long to rest after work from `start` to `now`.
  mutating func rest(
    after start: ContinuousClock.Instant, until now: ContinuousClock.Instant = .now
  ) -> Duration {
    ahead = min(ahead + (start - end), HalfTime.most) - (now - start)
    end = now
    let rest = min(max(.zero - ahead, .zero), HalfTime.longestRest)
    // A longer piece of work is forgiven.
    ahead = max(ahead, .zero - rest)
    return rest
  }
}
