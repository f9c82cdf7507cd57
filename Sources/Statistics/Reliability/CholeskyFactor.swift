internal import CGSL
internal import Glibc

/// A positive definite matrix as the product of a triangle with its transpose.
struct CholeskyFactor: Sendable {
  let factor: SquareMatrix

  /// Natural logarithm of the matrix's determinant.
  var logDeterminant: Double {
    2 * exactSum(factor.diagonal.map { log($0) })
  }

  func inverse() -> SquareMatrix {
    var inverse = factor
    _ = inverse.withMatrix { gsl_linalg_cholesky_invert($0) }
    return inverse
  }

  /// The x with matrix · x = `right`.
  func solve(_ right: [Double]) -> [Double] {
    var factor = factor
    var solution = right
    _ = factor.withMatrix { matrix in
      solution.withUnsafeMutableBufferPointer { buffer in
        var view = gsl_vector_view_array(buffer.baseAddress, buffer.count)
        return gsl_linalg_cholesky_svx(matrix, &view.vector)
      }
    }
    return solution
  }
}
