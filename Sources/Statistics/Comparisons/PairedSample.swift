/// Two measurements of the same people, one before and one after, and who lacks one of them.
public struct PairedSample: Sendable, Equatable {
  /// The measurements of those who have both, person by person, in one unit.
  public let before: [Double]
  public let after: [Double]
  /// People who have only one of the two.
  public let beforeOnly: Int
  public let afterOnly: Int
  /// Whether all of them can be computed with. Otherwise every statistic of the sample answers
  /// `invalid_codes`.
  public let isMeasurable: Bool

  /// One entry per person in both, in the same order; `nil` is missing.
  public init(before: [Double?], after: [Double?]) {
    precondition(before.count == after.count, "one entry per person, or nil, at each time")
    var (first, second): ([Double], [Double]) = ([], [])
    first.reserveCapacity(before.count)
    second.reserveCapacity(after.count)
    var (beforeOnly, afterOnly) = (0, 0)
    for (one, two) in zip(before, after) {
      switch (one, two) {
      case (let one?, let two?):
        first.append(one)
        second.append(two)
      case (_?, nil): beforeOnly += 1
      case (nil, _?): afterOnly += 1
      case (nil, nil): break
      }
    }
    self.before = first
    self.after = second
    self.beforeOnly = beforeOnly
    self.afterOnly = afterOnly
    isMeasurable = before.isMeasurable && after.isMeasurable
  }

  /// How many have both.
  public var count: Int { before.count }

  /// After minus before, person by person, rounded to ten decimals.
  ///
  /// Means of three items that differ by the same third differ in the last bit; unrounded they
  /// would not tie.
  public var differences: [Double] {
    zip(before, after).map { Self.rounded($1 - $0) }
  }

  static func rounded(_ difference: Double) -> Double {
    // From here on, neighbouring numbers are further apart than ten decimals.
    guard difference.magnitude < 0x1p19 else { return difference }
    // Adding 0 makes −0 an ordinary 0.
    return (difference * 1e10).rounded(.toNearestOrEven) / 1e10 + 0
  }

  var missing: MissingCounts { MissingCounts(skipped: beforeOnly + afterOnly) }
}
