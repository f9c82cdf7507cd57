internal import Glibc

/// The REML criterion of y = β₀ + β₁t + bᵢ + ε as a function of the variance ratio
/// λ = var(b)/var(ε) alone: for each λ the best β and var(ε) are known in closed form.
///
/// Within a person of n measurements V = I + λ·11′, and the person's means of time and value enter
/// with weight 1′V⁻¹1 = n/(1 + λn). Persons with the same n are therefore added up beforehand,
/// and an evaluation costs as much as there are different n.
struct InterceptProfile: Sendable {
  private let patterns: [InterceptPattern]
  /// Slope within persons, with the squares that carry it and those it leaves.
  private let withinSlope: Double
  private let timeSquares: Double
  private let residualSquares: Double
  private let degreesOfFreedom: Double

  /// - Parameter hasSlope: whether time has a slope; without, all times must be 0.
  init(_ lines: [PersonLine], degreesOfFreedom: Double, hasSlope: Bool) {
    self.degreesOfFreedom = degreesOfFreedom
    var byCount: [Double: InterceptPattern] = [:]
    for line in lines {
      byCount[line.count, default: .init(measurements: line.count)].add(line)
    }
    patterns = byCount.values.sorted { $0.measurements < $1.measurements }
    let within = PersonLine.commonSlope(lines)
    (withinSlope, residualSquares) = (within.slope, within.residualSquares)
    // A slope that nothing depends on comes out as 0 and adds log 1 to the criterion.
    timeSquares = hasSlope ? within.timeSquares : 1
  }

  /// The best fit with this ratio, and how the criterion changes with it.
  func fit(_ ratio: Double) -> (fit: ProfiledFit, derivative: Double) {
    var information = Symmetric2(first: 0, cross: 0, second: timeSquares)
    var score = Pair(first: 0, second: timeSquares * withinSlope)
    var logDeterminant = 0.0
    for pattern in patterns {
      let weight = pattern.weight(ratio)
      information = information + weight * pattern.design
      score = score + weight * pattern.score
      logDeterminant += pattern.persons * log1p(ratio * pattern.measurements)
    }
    let inverse = information.inverse
    let fixed = inverse * score
    let turn = fixed.second - withinSlope
    var squares = residualSquares + turn * turn * timeSquares
    var (trace, pull) = (0.0, 0.0)
    for pattern in patterns {
      let weight = pattern.weight(ratio)
      let between = pattern.squares(around: fixed)
      squares += weight * between
      trace += weight * pattern.persons - weight * weight * inverse.trace(times: pattern.design)
      pull += weight * weight * between
    }
    let fit = ProfiledFit(
      fixed: fixed, inverseInformation: inverse, squares: squares,
      deviance: logDeterminant + log(information.determinant) + degreesOfFreedom * log(squares))
    return (fit, trace - degreesOfFreedom * pull / squares)
  }
}
