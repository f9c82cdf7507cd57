/// One common factor behind correlated items, by maximum likelihood:
/// Σ = λλ' + diag(ψ) with the factor's variance fixed at 1.
///
/// Uniquenesses ψ are not held above 0. A negative one (a Heywood case) is what the likelihood
/// prefers and is returned as found, for the caller to say so.
///
/// Source: Jöreskog (1967), doi:10.1007/BF02289658.
struct OneFactorModel: Sendable {
  enum Failure: Error, Equatable {
    /// The items' correlation matrix is not positive definite, or the data do not tell one
    /// solution from another.
    case singular
    case notConverged
  }

  /// In the metric of the correlations; their sum is not negative.
  let loadings: [Double]
  let uniquenesses: [Double]
  /// ln|Σ| + tr(RΣ⁻¹) − ln|R| − k at the minimum, 0 for a perfect fit.
  let discrepancy: Double

  /// Fits the model to a correlation matrix of at least three items.
  init(correlations: SquareMatrix) throws(Failure) {
    guard let factor = correlations.cholesky(tolerance: 1e-10) else { throw .singular }
    let objective = OneFactorObjective(
      correlations: correlations, logDeterminant: factor.logDeterminant)
    let starts = [
      Self.start(correlations, uniquenesses: Self.squaredMultiple(factor)),
      Self.start(correlations, uniquenesses: Array(repeating: 0.5, count: correlations.order)),
    ]
    var best: OneFactorObjective.Point?
    var failure = Failure.notConverged
    // Several minima are possible; the lowest is the maximum of the likelihood.
    for start in starts.compactMap(\.self) {
      do throws(Failure) {
        let point = try objective.minimize(from: start)
        if best.map({ point.value < $0.value - 1e-10 }) ?? true { best = point }
      } catch {
        if error == .singular { failure = .singular }
      }
    }
    guard let best else { throw failure }
    let order = correlations.order
    let sign = exactSum(best.parameters.prefix(order)) < 0 ? -1.0 : 1.0
    loadings = best.parameters.prefix(order).map { sign * $0 }
    uniquenesses = Array(best.parameters.suffix(order))
    discrepancy = max(0, best.value)
  }

  /// 1/(R⁻¹)ᵢᵢ shrunk for one factor, the usual first guess of the uniquenesses.
  private static func squaredMultiple(_ factor: CholeskyFactor) -> [Double] {
    let diagonal = factor.inverse().diagonal
    return diagonal.map { (1 - 0.5 / Double(diagonal.count)) / $0 }
  }

  /// The loadings that are best for given uniquenesses, from the first principal axis of
  /// ψ^−½ R ψ^−½; together with them the point to start from.
  private static func start(
    _ correlations: SquareMatrix, uniquenesses: [Double]
  ) -> [Double]? {
    let roots = uniquenesses.map { $0.squareRoot() }
    var scaled = correlations
    for row in roots.indices {
      for column in roots.indices { scaled[row, column] /= roots[row] * roots[column] }
    }
    guard let axis = scaled.largestEigenpair() else { return nil }
    let length = max(axis.value - 1, 0.1).squareRoot()
    return zip(roots, axis.vector).map { $0 * $1 * length } + uniquenesses
  }
}
