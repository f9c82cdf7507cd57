internal import Glibc

/// The REML criterion of y = β₀ + β₁t + b₀ᵢ + b₁ᵢt + ε as a function of the relative Cholesky
/// factor Λ of the random effects alone: cov(b) = var(ε)·ΛΛ′. For each Λ the best β and var(ε)
/// are known in closed form.
///
/// As the fixed and the random effects are the same two, a person enters with their own straight
/// line only, and persons measured at the same times are added up beforehand.
///
/// Sources: Laird & Ware (1982), Biometrics 38, 963–974, doi:10.2307/2529876; Bates, Mächler,
/// Bolker & Walker (2015), Journal of Statistical Software 67(1), doi:10.18637/jss.v067.i01.
struct SlopeProfile: Sendable {
  private var patterns: [SlopePattern] = []
  private let residualSquares: Double
  private let degreesOfFreedom: Double

  init(_ lines: [PersonLine], degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    residualSquares = lines.reduce(0) { $0 + $1.residualSquares }
    struct Times: Hashable { var count, mean, squares: Double }
    var index: [Times: Int] = [:]
    for line in lines {
      let times = Times(count: line.count, mean: line.meanTime, squares: line.timeSquares)
      let place = index[times, default: patterns.count]
      if place == patterns.count {
        index[times] = place
        patterns.append(SlopePattern(line))
      }
      patterns[place].add(line)
    }
  }

  /// The best fit with this factor.
  func fit(_ factor: RelativeFactor) -> ProfiledFit {
    var information = Symmetric2.zero
    var score = Pair.zero
    var logDeterminant = 0.0
    for pattern in patterns {
      let (weight, determinant) = pattern.weight(factor)
      information = information + pattern.persons * weight
      score = score + pattern.persons * (weight * pattern.line)
      logDeterminant += pattern.persons * log(determinant)
    }
    let inverse = information.inverse
    let fixed = inverse * score
    var squares = residualSquares
    for pattern in patterns {
      let (weight, _) = pattern.weight(factor)
      squares += weight.trace(times: pattern.squares(around: fixed))
    }
    return ProfiledFit(
      fixed: fixed, inverseInformation: inverse, squares: squares,
      deviance: logDeterminant + log(information.determinant) + degreesOfFreedom * log(squares))
  }

  /// How the criterion changes with Σ: the symmetric matrix G with d = tr(G dΣ).
  func slope(_ factor: RelativeFactor, _ fit: ProfiledFit) -> Symmetric2 {
    var change = Symmetric2.zero
    for pattern in patterns {
      let (weight, _) = pattern.weight(factor)
      let pull = weight.sandwich(pattern.squares(around: fit.fixed))
      change =
        change + pattern.persons * (weight - weight.sandwich(fit.inverseInformation))
        - degreesOfFreedom / fit.squares * pull
    }
    return change
  }
}
