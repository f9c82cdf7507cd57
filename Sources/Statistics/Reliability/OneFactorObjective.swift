/// The discrepancy between a correlation matrix R and one factor, and its minimum by Newton's
/// method with exact second derivatives.
struct OneFactorObjective {
  let correlations: SquareMatrix
  /// ln|R|.
  let logDeterminant: Double

  /// Loadings, then uniquenesses; with the discrepancy and its derivatives there.
  struct Point {
    let parameters: [Double]
    let value: Double
    let gradient: [Double]
    let hessian: SquareMatrix

    var slope: Double { gradient.map(\.magnitude).max() ?? 0 }
  }

  /// Steps downhill until the gradient vanishes.
  ///
  /// Where the second derivatives do not curve upwards, or a step leads uphill, they are damped
  /// (Levenberg–Marquardt). A minimum that is flat in some direction is `singular`.
  func minimize(from start: [Double]) throws(OneFactorModel.Failure) -> Point {
    guard var point = evaluate(start) else { throw .notConverged }
    var damping = 1e-3
    var steps = 0
    while point.slope > 1e-12, steps < 1000, damping < 1e12 {
      steps += 1
      guard let next = step(from: point, damping: damping), isBetter(next, than: point) else {
        // At the floor of rounding nothing is better any more.
        damping = max(damping, 1e-12) * 8
        continue
      }
      point = next
      damping = damping < 1e-12 ? 0 : damping / 8
    }
    // A loading of hundreds is on its way to infinity.
    guard point.slope < 1e-7, point.parameters.allSatisfy({ $0.magnitude < 1e3 }) else {
      throw .notConverged
    }
    guard point.hessian.cholesky(tolerance: 1e-9) != nil else { throw .singular }
    return point
  }

  private func isBetter(_ next: Point, than point: Point) -> Bool {
    // Near the minimum the value has no digits left to compare; the gradient has.
    next.value < point.value - 1e-12
      || (next.value < point.value + 1e-12 && next.slope < point.slope)
  }

  private func step(from point: Point, damping: Double) -> Point? {
    let addend = point.hessian.diagonal.map { damping * max($0.magnitude, 1e-3) }
    guard let factor = point.hessian.shifted(diagonal: addend).cholesky() else { return nil }
    let step = factor.solve(point.gradient)
    return evaluate(zip(point.parameters, step).map { $0 - $1 })
  }

  /// The discrepancy with its derivatives; `nil` where Σ is not positive definite.
  ///
  /// With A = Σ⁻¹, B = ARA: the differential is tr((A − B)dΣ), the second one
  /// tr(dΣ·A·dΣ·(2B − A)) + tr((A − B)d²Σ).
  func evaluate(_ parameters: [Double]) -> Point? {
    let order = correlations.order
    let loadings = Array(parameters.prefix(order))
    var model = SquareMatrix(order: order)
    for row in 0..<order {
      for column in 0..<order { model[row, column] = loadings[row] * loadings[column] }
    }
    guard let factor = model.shifted(diagonal: Array(parameters.suffix(order))).cholesky() else {
      return nil
    }
    let inverse = factor.inverse()
    let weighted = inverse.product(correlations).product(inverse)
    var first = inverse
    var second = weighted
    for row in 0..<order {
      for column in 0..<order {
        first[row, column] -= weighted[row, column]
        second[row, column] = 2 * weighted[row, column] - inverse[row, column]
      }
    }
    let trace = exactSum(
      (0..<order * order).map { inverse.elements[$0] * correlations.elements[$0] })
    let value = factor.logDeterminant + trace - logDeterminant - Double(order)
    guard value.isFinite else { return nil }
    return Point(
      parameters: parameters, value: value,
      gradient: first.times(loadings).map { 2 * $0 } + first.diagonal,
      hessian: hessian(loadings, inverse: inverse, first: first, second: second))
  }

  private func hessian(
    _ loadings: [Double], inverse: SquareMatrix, first: SquareMatrix, second: SquareMatrix
  ) -> SquareMatrix {
    let order = loadings.count
    let left = inverse.times(loadings)
    let right = second.times(loadings)
    let leftSquare = exactSum(zip(loadings, left).map { $0 * $1 })
    let rightSquare = exactSum(zip(loadings, right).map { $0 * $1 })
    var hessian = SquareMatrix(order: 2 * order)
    for row in 0..<order {
      for column in 0..<order {
        let (a, g) = (inverse[row, column], second[row, column])
        hessian[row, column] =
          left[column] * right[row] + left[row] * right[column] + leftSquare * g
          + rightSquare * a + 2 * first[row, column]
        let mixed = left[column] * g + a * right[column]
        hessian[row, order + column] = mixed
        hessian[order + column, row] = mixed
        hessian[order + row, order + column] = a * g
      }
    }
    return hessian
  }
}
