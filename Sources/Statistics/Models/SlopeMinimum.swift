/// Finds the relative Cholesky factor with the least REML criterion: a simplex for the region,
/// then Newton steps on the exact gradient for the digits that function values cannot give.
struct SlopeMinimum {
  let profile: SlopeProfile

  /// `nil` if the criterion falls for ever or is undefined.
  func factor() -> RelativeFactor? {
    guard let inside = search([1, 0, 1], { $0 }) else { return nil }
    // A variance of 0 or a correlation of ±1 lies on the edge, which a search from inside
    // approaches without reaching it; on the edge a factor has one column.
    let lead = [inside[0], inside[1]]
    let edges = [lead, [1, 0]].compactMap { search($0) { $0 + [0] } } + [[0, 0]]
    let edge = edges.map { $0 + [0] }.min { deviance($0) < deviance($1) }
    guard let edge else { return nil }
    let best = deviance(edge) <= deviance(inside) + 1e-9 ? edge : inside
    let isBounded = best.allSatisfy { $0.magnitude < 1e6 }
    return isBounded && deviance(best).isFinite ? Self.factor(best) : nil
  }

  private static func factor(_ theta: [Double]) -> RelativeFactor {
    RelativeFactor(level: theta[0], cross: theta[1], slope: theta[2])
  }

  private func deviance(_ theta: [Double]) -> Double { profile.fit(Self.factor(theta)).deviance }

  /// The least point near `start`; `whole` gives all three numbers for those that may move.
  private func search(
    _ start: [Double], _ whole: @escaping ([Double]) -> [Double]
  ) -> [Double]? {
    Solver.minimum(from: start, step: 0.5) { deviance(whole($0)) }.map { polish($0, whole) }
  }

  /// Newton steps while they lead down.
  private func polish(_ start: [Double], _ whole: ([Double]) -> [Double]) -> [Double] {
    var theta = start
    var reached = deviance(whole(theta))
    for _ in 0..<20 {
      let gradient = gradient(whole(theta), free: theta.count)
      guard let factor = Cholesky(curvature(theta, whole)) else { return theta }
      let step = factor.solve(gradient)
      let next = zip(theta, step).map { $0 - $1 }
      let value = deviance(whole(next))
      // The criterion itself is known to about 13 digits only.
      guard value <= reached + 1e-12 * reached.magnitude else { return theta }
      theta = next
      reached = value
      let size = step.reduce(0) { max($0, $1.magnitude) }
      if size < 1e-11 { break }
    }
    return theta
  }

  /// 2GΛ, the change of the criterion with the elements of the factor.
  private func gradient(_ theta: [Double], free: Int) -> [Double] {
    let factor = Self.factor(theta)
    let change = profile.slope(factor, profile.fit(factor))
    let column = change * Pair(first: factor.level, second: factor.cross)
    return Array(
      [2 * column.first, 2 * column.second, 2 * change.second * factor.slope].prefix(free))
  }

  /// The second derivatives, as differences of the gradient.
  private func curvature(_ theta: [Double], _ whole: ([Double]) -> [Double]) -> Matrix {
    let free = theta.count
    var matrix = Matrix(rows: free, columns: free)
    for row in 0..<free {
      let step = 1e-5 * max(1, theta[row].magnitude)
      var (above, below) = (theta, theta)
      above[row] += step
      below[row] -= step
      let up = gradient(whole(above), free: free)
      let down = gradient(whole(below), free: free)
      for column in 0..<free { matrix[row, column] = (up[column] - down[column]) / (2 * step) }
    }
    return matrix
  }
}
