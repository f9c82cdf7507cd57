internal import Glibc

extension InterceptProfile {
  /// The variance ratio λ ≥ 0 with the least criterion; `nil` if that falls for ever.
  ///
  /// - Parameter typicalCount: measurements per person, which set the scale of λ.
  func bestRatio(typicalCount: Double) -> Double? {
    // The criterion can dip more than once when persons differ in how often they were measured,
    // so look everywhere first.
    let ratios =
      [0]
      + stride(from: -6.0, through: 10, by: 0.125).map { pow(10, $0) / typicalCount }
    let fits = ratios.map(fit)
    guard
      fits.allSatisfy({ $0.fit.deviance.isFinite }),
      let best = fits.indices.min(by: { fits[$0].fit.deviance < fits[$1].fit.deviance })
    else { return nil }
    if best == 0, fits[0].derivative >= 0 { return 0 }
    let (low, high) = fits[best].derivative > 0 ? (best - 1, best) : (best, best + 1)
    guard low >= 0, high < ratios.count, fits[low].derivative < 0, fits[high].derivative >= 0
    else { return nil }
    return Solver.root(from: ratios[low], to: ratios[high]) { fit($0).derivative }
  }
}
