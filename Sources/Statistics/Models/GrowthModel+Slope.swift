extension GrowthModel {
  static func fitSlopes(_ data: MixedModelData) -> (Status, Estimates?) {
    // What level and slope of each person can take up.
    let takenUp = data.lines.reduce(0) { $0 + ($1.timeSquares > 0 ? 2 : 1) }
    guard data.lines.count > 1, data.count > takenUp else { return (.insufficientN, nil) }
    guard !data.isOneTime else { return (.singular, nil) }
    if let line = data.commonLine { return (.singular, flat(line, data, hasSlopes: true)) }
    guard data.lines.reduce(0, { $0 + $1.residualSquares }) > data.noise else {
      return (.notConverged, nil)
    }
    let degreesOfFreedom = Double(data.count - 2)
    let profile = SlopeProfile(data.lines, degreesOfFreedom: degreesOfFreedom)
    guard let factor = SlopeMinimum(profile: profile).factor() else {
      return (.notConverged, nil)
    }
    let fit = profile.fit(factor)
    let fixed = data.original(fit.fixed)
    let covariance = data.original(fit.inverseInformation)
    let error = (fit.squares / degreesOfFreedom).squareRoot() * data.value.scale
    let spread = RandomSpread(factor, data.time)
    let estimates = Estimates(
      intercept: fixed.first, slope: fixed.second,
      interceptStandardError: error * covariance.first.squareRoot(),
      slopeStandardError: error * covariance.second.squareRoot(),
      fixedCovariance: error * error * covariance.cross, sdIntercept: error * spread.level,
      sdSlope: error * spread.slope, correlation: spread.correlation, sdResidual: error,
      remlCriterion: data.criterion(fit, parameters: 2), intraclassCorrelation: nil,
      effects: data.lines.map { line in
        let effect = data.originalEffect(line.effect(factor, fit))
        return Effect(person: line.person, intercept: effect.first, slope: effect.second)
      })
    let isSingular = min(spread.level, spread.slopeGivenLevel) < singularBelow
    return (isSingular ? .singular : .ok, estimates)
  }
}

/// Standard deviations of level (at time 0) and slope, relative to the residual one, in the
/// original unit of time.
private struct RandomSpread {
  let level: Double
  let slope: Double
  let correlation: Double?
  /// Of the slope among persons with the same level; lme4 judges by it.
  let slopeGivenLevel: Double

  init(_ factor: RelativeFactor, _ time: Standardiser) {
    let shift = time.center / time.scale
    let top = Pair(first: factor.level - shift * factor.cross, second: -shift * factor.slope)
    let bottom = 1 / time.scale * Pair(first: factor.cross, second: factor.slope)
    level = top.dot(top).squareRoot()
    slope = bottom.dot(bottom).squareRoot()
    let isDefined = level > 0 && slope > 0
    let cosine = top.dot(bottom) / (level * slope)
    correlation = isDefined ? min(max(cosine, -1), 1) : nil
    slopeGivenLevel =
      level > 0 ? (factor.level * factor.slope / time.scale).magnitude / level : 0
  }
}

extension PersonLine {
  /// What is predicted for the person, standardised: ΣW(b − β).
  fileprivate func effect(_ factor: RelativeFactor, _ fit: ProfiledFit) -> Pair {
    let (weight, _) = factor.weight(design, determinant: designDeterminant)
    let distance = Pair(first: level, second: slope) - fit.fixed
    return factor.covariance * (weight * distance)
  }
}
