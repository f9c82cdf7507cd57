internal import CGSL

/// A small dense square matrix; decompositions come from the GNU Scientific Library.
struct SquareMatrix: Sendable, Equatable {
  let order: Int
  private(set) var elements: [Double]

  /// All zero.
  init(order: Int) {
    self.order = order
    elements = Array(repeating: 0, count: order * order)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * order + column] }
    set { elements[row * order + column] = newValue }
  }

  var diagonal: [Double] { (0..<order).map { self[$0, $0] } }

  /// The product with a column.
  func times(_ vector: [Double]) -> [Double] {
    (0..<order).map { row in
      var sum = 0.0
      for column in 0..<order { sum += self[row, column] * vector[column] }
      return sum
    }
  }

  func product(_ other: SquareMatrix) -> SquareMatrix {
    var product = SquareMatrix(order: order)
    for row in 0..<order {
      for inner in 0..<order {
        let factor = self[row, inner]
        for column in 0..<order { product[row, column] += factor * other[inner, column] }
      }
    }
    return product
  }

  /// With `addend` added to the diagonal.
  func shifted(diagonal addend: [Double]) -> SquareMatrix {
    var copy = self
    for index in 0..<order { copy[index, index] += addend[index] }
    return copy
  }

  /// The Cholesky factor of a symmetric matrix, or `nil` if it is not positive definite: if a
  /// pivot falls to `tolerance` of its diagonal element.
  func cholesky(tolerance: Double = 0) -> CholeskyFactor? {
    guard elements.allSatisfy(\.isFinite) else { return nil }
    GSL.neverAborts()
    var factor = self
    let code = factor.withMatrix { gsl_linalg_cholesky_decomp1($0) }
    guard Int(code) == GSL_SUCCESS else { return nil }
    for index in 0..<order {
      let pivot = factor[index, index] * factor[index, index]
      guard pivot > tolerance * self[index, index].magnitude else { return nil }
    }
    return CholeskyFactor(factor: factor)
  }

  /// The largest eigenvalue of a symmetric matrix with its unit vector, or `nil` if it is not
  /// found.
  func largestEigenpair() -> (value: Double, vector: [Double])? {
    guard order > 0, elements.allSatisfy(\.isFinite) else { return nil }
    GSL.neverAborts()
    var copy = self
    var vectors = SquareMatrix(order: order)
    var values = Array(repeating: 0.0, count: order)
    guard let workspace = gsl_eigen_symmv_alloc(order) else { return nil }
    defer { gsl_eigen_symmv_free(workspace) }
    let code = copy.withMatrix { matrix in
      vectors.withMatrix { vectors in
        values.withUnsafeMutableBufferPointer { buffer in
          var view = gsl_vector_view_array(buffer.baseAddress, buffer.count)
          return gsl_eigen_symmv(matrix, &view.vector, vectors, workspace)
        }
      }
    }
    guard Int(code) == GSL_SUCCESS,
      let largest = values.indices.max(by: { values[$0] < values[$1] })
    else { return nil }
    return (values[largest], (0..<order).map { vectors[$0, largest] })
  }

  /// Lends the elements to GSL.
  mutating func withMatrix<Result>(
    _ body: (UnsafeMutablePointer<gsl_matrix>) -> Result
  ) -> Result {
    let order = order
    return elements.withUnsafeMutableBufferPointer { buffer in
      var view = gsl_matrix_view_array(buffer.baseAddress, order, order)
      return body(&view.matrix)
    }
  }
}
