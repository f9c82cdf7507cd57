internal import CGSL

/// Ordinary least squares: the coefficients with which `design` comes closest to `response`.
///
/// By a QR decomposition with column pivoting of the design with its columns brought to length
/// 1, so that the unit in which a column is measured has no say in what counts as collinear.
struct LeastSquares: Sendable {
  /// One for each column of the design.
  let coefficients: [Double]
  /// Response minus fitted value, one for each row.
  let residuals: [Double]
  /// (X′X)⁻¹, which times the residual variance is the covariance of the coefficients.
  let inverseCrossProduct: Matrix

  /// `nil` if a column is a combination of the others, or there are fewer rows than columns.
  init?(_ design: Matrix, response: [Double]) {
    precondition(response.count == design.rows, "one response for each row of the design")
    let (rows, columns) = (design.rows, design.columns)
    guard rows >= columns else { return nil }
    var scaled = design
    var lengths: [Double] = []
    for column in 0..<columns {
      let length = (0..<rows).reduce(0) { $0 + design[$1, column] * design[$1, column] }
        .squareRoot()
      guard length > 0, length.isFinite else { return nil }
      for row in 0..<rows { scaled[row, column] /= length }
      lengths.append(length)
    }
    guard let (solution, residuals, inverse) = Self.solve(scaled, response) else { return nil }
    coefficients = zip(solution, lengths).map { $0 / $1 }
    self.residuals = residuals
    var cross = inverse
    for row in 0..<columns {
      for column in 0..<columns { cross[row, column] /= lengths[row] * lengths[column] }
    }
    inverseCrossProduct = cross
  }

  /// Below it a column of length 1 counts as a combination of the others.
  private static let tolerance = 1e-10

  private static func solve(
    _ design: Matrix, _ response: [Double]
  ) -> (solution: [Double], residuals: [Double], inverse: Matrix)? {
    let columns = design.columns
    var factor = design
    var reflectors = Array(repeating: 0.0, count: columns)
    var norms = Array(repeating: 0.0, count: columns)
    var solution = Array(repeating: 0.0, count: columns)
    var residuals = response
    guard let order = gsl_permutation_alloc(columns) else { return nil }
    defer { gsl_permutation_free(order) }
    let status = factor.change { qr -> Int32 in
      reflectors.changeVector { tau in
        var sign: Int32 = 0
        let decomposed = norms.changeVector {
          gsl_linalg_QRPT_decomp(qr, tau, order, &sign, $0)
        }
        // The pivots fall in size, so the last one tells the rank.
        let last = gsl_matrix_get(qr, columns - 1, columns - 1).magnitude
        guard decomposed == Int32(GSL_SUCCESS), last > tolerance else {
          return Int32(GSL_ESING)
        }
        return solution.changeVector { solution in
          residuals.changeVector { residual in
            response.readVector { gsl_linalg_QRPT_lssolve(qr, tau, order, $0, solution, residual) }
          }
        }
      }
    }
    guard status == Int32(GSL_SUCCESS) else { return nil }
    var triangle = Matrix(rows: columns, columns: columns)
    for row in 0..<columns {
      for column in row..<columns { triangle[row, column] = factor[row, column] }
    }
    // X = QRPᵀ, so (X′X)⁻¹ = P R⁻¹R⁻ᵀ Pᵀ.
    triangle.change { _ = gsl_linalg_tri_upper_invert($0) }
    let product = triangle * triangle.transposed
    var inverse = product
    for row in 0..<columns {
      for column in 0..<columns {
        inverse[gsl_permutation_get(order, row), gsl_permutation_get(order, column)] =
          product[row, column]
      }
    }
    return (solution, residuals, inverse)
  }
}
