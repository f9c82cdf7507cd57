internal import CGSL

/// A dense matrix, by rows: a thin coat over the GNU Scientific Library, which does the sums.
struct Matrix: Sendable, Equatable {
  let rows: Int
  let columns: Int
  private(set) var elements: [Double]

  /// `elements` from left to right, then from top to bottom.
  init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows > 0 && columns > 0, "a matrix has at least one row and one column")
    precondition(elements.count == rows * columns, "a matrix has rows times columns elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix of zeros.
  init(rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: Array(repeating: 0, count: rows * columns))
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "the inner dimensions of a product must agree")
    var product = Matrix(rows: left.rows, columns: right.columns)
    left.read { first in
      right.read { second in
        product.change { result in
          _ = gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, first, second, 0, result)
        }
      }
    }
    return product
  }

  /// Lends the matrix to GSL for reading.
  func read<Result>(_ body: (UnsafePointer<gsl_matrix>) -> Result) -> Result {
    elements.withUnsafeBufferPointer { buffer in
      var view = gsl_matrix_const_view_array(buffer.baseAddress, rows, columns)
      return withUnsafePointer(to: &view.matrix, body)
    }
  }

  /// Lends the matrix to GSL, which may change its elements.
  mutating func change<Result>(_ body: (UnsafeMutablePointer<gsl_matrix>) -> Result) -> Result {
    let (rows, columns) = (rows, columns)
    GSL.neverAborts()
    return elements.withUnsafeMutableBufferPointer { buffer in
      var view = gsl_matrix_view_array(buffer.baseAddress, rows, columns)
      return withUnsafeMutablePointer(to: &view.matrix, body)
    }
  }
}

/// What every use of the GNU Scientific Library needs.
enum GSL {
  private static let isQuiet: Bool = {
    _ = gsl_set_error_handler_off()
    return true
  }()

  /// Makes GSL report errors by its return values; unless told so it aborts the process.
  static func neverAborts() { _ = isQuiet }
}

extension [Double] {
  /// Lends the numbers to GSL for reading.
  func readVector<Result>(_ body: (UnsafePointer<gsl_vector>) -> Result) -> Result {
    withUnsafeBufferPointer { buffer in
      var view = gsl_vector_const_view_array(buffer.baseAddress, buffer.count)
      return withUnsafePointer(to: &view.vector, body)
    }
  }

  /// Lends the numbers to GSL, which may change them.
  mutating func changeVector<Result>(
    _ body: (UnsafeMutablePointer<gsl_vector>) -> Result
  ) -> Result {
    withUnsafeMutableBufferPointer { buffer in
      var view = gsl_vector_view_array(buffer.baseAddress, buffer.count)
      return withUnsafeMutablePointer(to: &view.vector, body)
    }
  }
}
