/// How long something took, counted in buckets as Prometheus has them.
public struct DurationHistogram: Sendable, Equatable {
  /// Upper bounds of the buckets, in seconds; one more bucket takes what is longer.
  public static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  /// How often it took no longer than each bound; the last is how often in all.
  public private(set) var upTo = Array(repeating: 0, count: bounds.count + 1)
  /// Seconds in all.
  public private(set) var sum = 0.0

  public var count: Int { upTo[DurationHistogram.bounds.count] }

  mutating func add(_ duration: Duration) {
    let seconds = duration / .seconds(1)
    sum += seconds
    for (bucket, bound) in DurationHistogram.bounds.enumerated() where seconds <= bound {
      upTo[bucket] += 1
    }
    upTo[DurationHistogram.bounds.count] += 1
  }
}
