import Testing

@testable import Statistics

@Suite struct MatrixTests {
  private func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
    var random = Xoshiro256StarStar(seed: seed)
    return Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in Double.random(in: -3...3, using: &random) })
  }

  private func distance(_ first: Matrix, _ second: Matrix) -> Double {
    zip(first.elements, second.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  private func identity(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }

  @Test(arguments: 1...6)
  func `a Cholesky factor solves and inverts`(size: Int) throws {
    let seed = UInt64(size)
    let root = random(size + 2, size, seed)
    let matrix = root.transposed * root
    let factor = try #require(Cholesky(matrix), "seed \(seed)")
    #expect(distance(factor.inverse * matrix, identity(size)) < 1e-10, "seed \(seed)")
    let wanted = (0..<size).map(Double.init)
    let right = matrix * Matrix(rows: size, columns: 1, elements: wanted)
    for (found, value) in zip(factor.solve(right.elements), wanted) {
      #expect(abs(found - value) < 1e-10, "seed \(seed)")
    }
  }

  @Test func `a matrix that is not positive definite has no factor`() {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: [1, 1, 1, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, elements: [.nan])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, elements: [0])) == nil)
    let diagonal = Cholesky(Matrix(rows: 2, columns: 2, elements: [4, 0, 0, 0.25]))
    #expect(diagonal?.logDeterminant == 0)
  }

  @Test(arguments: 1...6)
  func `least squares leaves what no column explains`(seed: UInt64) throws {
    let design = random(12, 4, seed)
    let response = random(12, 1, seed + 100)
    let fit = try #require(LeastSquares(design, response: response.elements), "seed \(seed)")
    let left = Matrix(rows: 12, columns: 1, elements: fit.residuals)
    #expect(
      distance(design.transposed * left, Matrix(rows: 4, columns: 1)) < 1e-12, "seed \(seed)")
    let cross = design.transposed * design
    #expect(distance(fit.inverseCrossProduct * cross, identity(4)) < 1e-10, "seed \(seed)")
    let normal = fit.inverseCrossProduct * (design.transposed * response)
    #expect(
      distance(normal, Matrix(rows: 4, columns: 1, elements: fit.coefficients)) < 1e-12,
      "seed \(seed)")
  }

  @Test func `units have no say in what is collinear`() {
    let steps = (0..<10).map(Double.init)
    func fit(_ scale: Double, _ bend: Double) -> LeastSquares? {
      let rows = steps.flatMap { [1e-9, $0 * scale, $0 * scale * 2 + bend * $0 * $0 * scale] }
      return LeastSquares(Matrix(rows: 10, columns: 3, elements: rows), response: steps)
    }
    #expect(fit(1, 0) == nil && fit(1e12, 0) == nil)
    #expect(fit(1, 1) != nil && fit(1e12, 1) != nil && fit(1e-12, 1) != nil)
    let few = Matrix(rows: 1, columns: 2, elements: [1, 2])
    #expect(LeastSquares(few, response: [1]) == nil)
  }

  @Test func `a minimum and a root are found`() throws {
    let lowest = try #require(
      Solver.minimum(from: [5, 5], step: 1) { ($0[0] - 1) * ($0[0] - 1) + $0[1] * $0[1] })
    #expect(abs(lowest[0] - 1) < 1e-5 && abs(lowest[1]) < 1e-5)
    #expect(Solver.minimum(from: [1], step: 1) { _ in .nan } == nil)
    let root = try #require(Solver.root(from: 0, to: 2) { $0 * $0 - 2 })
    #expect(abs(root - 2.0.squareRoot()) < 1e-15)
    #expect(Solver.root(from: 2, to: 3) { $0 * $0 - 2 } == nil)
  }
}
