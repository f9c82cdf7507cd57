internal import CGSL
internal import Glibc

/// The factor of a symmetric positive definite matrix, for solving with it.
struct Cholesky: Sendable {
  private let factor: Matrix

  /// Reads the lower triangle of `matrix`. `nil` if it is not positive definite, or so little
  /// that nothing but rounding is left of one of its pivots.
  init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has a Cholesky factor")
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    var factor = matrix
    guard factor.change({ gsl_linalg_cholesky_decomp1($0) }) == Int32(GSL_SUCCESS) else {
      return nil
    }
    for index in 0..<matrix.rows {
      let pivot = factor[index, index] * factor[index, index]
      guard pivot > 1e-13 * matrix[index, index] else { return nil }
    }
    self.factor = factor
  }

  /// The x with matrix · x = `right`.
  func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == factor.rows, "one number a row")
    var solution = right
    factor.read { factor in
      solution.changeVector { _ = gsl_linalg_cholesky_svx(factor, $0) }
    }
    return solution
  }

  var inverse: Matrix {
    var inverse = factor
    inverse.change { _ = gsl_linalg_cholesky_invert($0) }
    return inverse
  }

  var logDeterminant: Double {
    2 * (0..<factor.rows).reduce(0) { $0 + log(factor[$1, $1]) }
  }
}
