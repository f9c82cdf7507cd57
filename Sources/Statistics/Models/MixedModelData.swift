/// Observations made ready for a mixed model: standardised, by person, and looked over for what
/// no model can be fitted to.
struct MixedModelData: Sendable {
  let count: Int
  let lines: [PersonLine]
  let time: Standardiser
  let value: Standardiser
  /// Whether all measurements were taken at one time.
  let isOneTime: Bool
  /// The common line (standardised) on which all observations lie, if they do.
  let commonLine: Pair?
  /// Sums of squares up to this are what rounding leaves of 0.
  let noise: Double

  /// `nil` unless there are observations and all are finite.
  init?(_ observations: [GrowthObservation]) {
    guard !observations.isEmpty,
      observations.allSatisfy({ $0.time.isUsable && $0.value.isUsable })
    else { return nil }
    count = observations.count
    let time = Standardiser(observations.map(\.time))
    let value = Standardiser(observations.map(\.value))
    let standardised = observations.map {
      GrowthObservation(person: $0.person, time: time($0.time), value: value($0.value))
    }
    // A slope by so short a time would not be finite.
    guard time.scale > 1e-150 else { return nil }
    let first = standardised[0].time
    isOneTime = standardised.allSatisfy { $0.time == first }
    let size =
      8 * Double.ulpOfOne
      * (4 + (time.center / time.scale).magnitude + (value.center / value.scale).magnitude)
    noise = size * size * Double(count)
    // As one person's, the line through all of them is the least squares line.
    let together = standardised.map {
      GrowthObservation(person: 0, time: $0.time, value: $0.value)
    }
    let pooled = PersonLine.all(together)[0]
    commonLine =
      pooled.residualSquares <= noise ? Pair(first: pooled.level, second: pooled.slope) : nil
    lines = PersonLine.all(standardised)
    (self.time, self.value) = (time, value)
  }

  var measurementsPerPerson: Double { Double(count) / Double(lines.count) }

  // Back to the units of the observations.

  /// Level at time 0 and slope.
  func original(_ line: Pair) -> Pair {
    let turned = originalEffect(line)
    return Pair(first: value.center + turned.first, second: turned.second)
  }

  /// A difference of two lines.
  func originalEffect(_ line: Pair) -> Pair {
    Pair(
      first: value.scale * (line.first - line.second * (time.center / time.scale)),
      second: value.scale / time.scale * line.second)
  }

  /// The covariance of level and slope, except for the square of `value.scale`.
  func original(_ covariance: Symmetric2) -> Symmetric2 {
    let shift = time.center / time.scale
    let cross = covariance.cross - shift * covariance.second
    return Symmetric2(
      first: covariance.first - shift * (covariance.cross + cross),
      cross: cross / time.scale, second: covariance.second / time.scale / time.scale)
  }
}
