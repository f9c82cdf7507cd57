internal import Glibc

extension GrowthModel {
  /// Below it lme4 calls a relative standard deviation 0, and so do we.
  static let singularBelow = 1e-5

  static func fitIntercepts(_ data: MixedModelData) -> (Status, Estimates?) {
    guard data.lines.count > 1, data.count > data.lines.count else {
      return (.insufficientN, nil)
    }
    guard !data.isOneTime else { return (.singular, nil) }
    if let line = data.commonLine { return (.singular, flat(line, data)) }
    guard let fit = InterceptFit(data, hasSlope: true) else { return (.notConverged, nil) }
    let fixed = data.original(fit.profiled.fixed)
    let covariance = data.original(fit.profiled.inverseInformation)
    let error = fit.residual * data.value.scale
    let deviation = fit.relativeDeviation * error
    let estimates = Estimates(
      intercept: fixed.first, slope: fixed.second,
      interceptStandardError: error * covariance.first.squareRoot(),
      slopeStandardError: error * covariance.second.squareRoot(),
      fixedCovariance: error * error * covariance.cross, sdIntercept: deviation, sdSlope: nil,
      correlation: nil, sdResidual: error,
      remlCriterion: data.criterion(fit.profiled, parameters: 2),
      intraclassCorrelation: fit.ratio / (1 + fit.ratio),
      effects: data.lines.map { line in
        Effect(person: line.person, intercept: data.value.scale * fit.effect(line), slope: nil)
      })
    return (fit.relativeDeviation < singularBelow ? .singular : .ok, estimates)
  }

  /// All observations lie on one line: nothing varies around it.
  static func flat(_ line: Pair, _ data: MixedModelData, hasSlopes: Bool = false) -> Estimates {
    let fixed = data.original(line)
    return Estimates(
      intercept: fixed.first, slope: fixed.second, interceptStandardError: 0,
      slopeStandardError: 0, fixedCovariance: 0, sdIntercept: 0, sdSlope: hasSlopes ? 0 : nil,
      correlation: nil, sdResidual: 0, remlCriterion: nil, intraclassCorrelation: nil,
      effects: data.lines.map {
        Effect(person: $0.person, intercept: 0, slope: hasSlopes ? 0 : nil)
      })
  }
}

/// The best model with random intercepts, in standardised units.
struct InterceptFit: Sendable {
  /// Variance between persons by residual variance.
  let ratio: Double
  let profiled: ProfiledFit
  /// Residual standard deviation.
  let residual: Double

  var relativeDeviation: Double { ratio.squareRoot() }

  /// `nil` if the likelihood has no maximum.
  init?(_ data: MixedModelData, hasSlope: Bool) {
    guard PersonLine.commonSlope(data.lines).residualSquares > data.noise else { return nil }
    let degreesOfFreedom = Double(data.count - (hasSlope ? 2 : 1))
    let profile = InterceptProfile(
      data.lines, degreesOfFreedom: degreesOfFreedom, hasSlope: hasSlope)
    guard let ratio = profile.bestRatio(typicalCount: data.measurementsPerPerson) else {
      return nil
    }
    self.ratio = ratio
    profiled = profile.fit(ratio).fit
    residual = (profiled.squares / degreesOfFreedom).squareRoot()
  }

  /// What is predicted for one person.
  func effect(_ line: PersonLine) -> Double {
    let distance =
      line.meanValue - profiled.fixed.first - profiled.fixed.second * line.meanTime
    return ratio * line.count / (1 + ratio * line.count) * distance
  }
}

extension MixedModelData {
  /// −2 log of the restricted likelihood in the units of the observations, as lme4 counts it.
  func criterion(_ fit: ProfiledFit, parameters: Int) -> Double {
    let degreesOfFreedom = Double(count - parameters)
    let unit = degreesOfFreedom * 2 * log(value.scale) + 2 * log(time.scale)
    return fit.deviance + unit + degreesOfFreedom * (1 + log(2 * .pi / degreesOfFreedom))
  }
}
