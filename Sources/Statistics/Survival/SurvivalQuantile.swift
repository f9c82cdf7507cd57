/// When a given share of people have had the event, with the limits of Brookmeyer and Crowley:
/// where the limits of the curve cross the same share. `nil` is a share that was never reached.
public struct SurvivalQuantile: Sendable, Equatable {
  public let time: Double?
  public let lower: Double?
  public let upper: Double?
}

extension SurvivalQuantile {
  /// A survival curve and its limits as rising curves of the share that had the event.
  struct Curve {
    private var estimate: Rise
    private var early: Rise
    private var late: Rise

    init(_ steps: [KaplanMeier.Step], critical: Double) {
      let last = steps.last?.time ?? 0
      estimate = Rise(end: last)
      early = Rise(end: last)
      late = Rise(end: last)
      for step in steps {
        estimate.append(step.time, 1 - step.survival)
        // Nobody had the event yet: the limits are on the curve. All had: there are none.
        let limits =
          step.survival == 1 ? (lower: 1, upper: 1) : step.limits(critical: critical)
        guard let limits else { continue }
        early.append(step.time, 1 - limits.lower)
        late.append(step.time, 1 - limits.upper)
      }
      early.isOpen = steps.last?.survival == 0
      late.isOpen = early.isOpen
    }

    func quantile(_ share: Double) -> SurvivalQuantile {
      SurvivalQuantile(
        time: estimate.crossing(share), lower: early.crossing(share),
        upper: late.crossing(share))
    }
  }

  /// Where a curve rises, and to what.
  private struct Rise {
    private var points: [(time: Double, share: Double)] = [(0, 0)]
    /// Last time of observation, up to which the last level holds.
    let end: Double
    /// Whether the curve has an undefined level after the last point.
    var isOpen = false

    init(end: Double) { self.end = end }

    mutating func append(_ time: Double, _ share: Double) {
      if points.last?.share != share { points.append((time, share)) }
    }

    /// Levels closer than this are equal: 1 − 1/2 computed as a product is not 0.5 to the bit.
    private static let fuzz = Double.ulpOfOne.squareRoot()

    /// The time at which the curve crosses `share`; the middle of the stretch if it stays there.
    ///
    /// Limits need not rise all the way. As in R, the crossing is then at the least level that
    /// is enough.
    func crossing(_ share: Double) -> Double? {
      guard let reached = least(atLeast: share - Self.fuzz) else { return nil }
      if !isOpen, let last = points.last, (last.share - share).magnitude < Self.fuzz {
        return reached / 2 + end / 2
      }
      return least(atLeast: share + Self.fuzz).map { reached / 2 + $0 / 2 }
    }

    private func least(atLeast share: Double) -> Double? {
      points.filter { $0.share >= share }.min { $0.share < $1.share }?.time
    }
  }
}
