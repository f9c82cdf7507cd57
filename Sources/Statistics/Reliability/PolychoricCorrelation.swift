internal import CGSL
internal import Glibc

/// The correlation of the two normal variables behind a pair of ordinal items, by two-step
/// maximum likelihood: cuts from each item alone, then the correlation given the cuts.
///
/// ±1 where the likelihood rises to the end, as when one item follows from the other. A 2 × 2
/// table with one empty cell would nearly always end there; as lavaan does, half a person is
/// moved along the diagonals first, which keeps the margins.
///
/// Source: Olsson (1979), doi:10.1007/BF02296207.
struct PolychoricCorrelation {
  private let table: OrdinalTable

  /// The correlation, or `nil` when an item has one step only.
  static func estimate(_ first: OrdinalItem, _ second: OrdinalItem) -> Double? {
    guard first.stepCount > 1, second.stepCount > 1 else { return nil }
    return PolychoricCorrelation(table: OrdinalTable(first, second)).maximum()
  }

  /// Where to look: tanh of even steps, and the ends themselves.
  private static let grid: [Double] = {
    let inner = stride(from: -6, through: 6, by: 0.75).map { tanh($0) }
    return [-1] + inner + [1]
  }()

  private func maximum() -> Double {
    let grid = Self.grid
    let heights = grid.map(table.logLikelihood)
    let top = heights.indices.max { heights[$0] < heights[$1] } ?? 0
    guard top > 0, top < grid.count - 1 else { return grid[top] }
    let bracket = grid[top - 1]...grid[top + 1]
    return polished(refined(grid[top], in: bracket, to: 1e-3))
      ?? refined(grid[top], in: bracket, to: 1e-8)
  }

  /// Brent's minimiser between two points that are both worse than `start`.
  private func refined(
    _ start: Double, in bracket: ClosedRange<Double>, to width: Double
  ) -> Double {
    GSL.neverAborts()
    guard let minimizer = gsl_min_fminimizer_alloc(cgsl_min_brent()) else { return start }
    defer { gsl_min_fminimizer_free(minimizer) }
    return withUnsafePointer(to: table) { table in
      var function = gsl_function(
        function: { correlation, table in
          let table = table?.assumingMemoryBound(to: OrdinalTable.self).pointee
          return -(table?.logLikelihood(correlation) ?? 0)
        }, params: UnsafeMutableRawPointer(mutating: table))
      var code = gsl_min_fminimizer_set(
        minimizer, &function, start, bracket.lowerBound, bracket.upperBound)
      var steps = 0
      while Int(code) == GSL_SUCCESS, steps < 60 {
        steps += 1
        code = gsl_min_fminimizer_iterate(minimizer)
        let left =
          gsl_min_fminimizer_x_upper(minimizer) - gsl_min_fminimizer_x_lower(minimizer)
        if left < width { break }
      }
      return steps == 0 ? start : gsl_min_fminimizer_x_minimum(minimizer)
    }
  }

  /// Fisher scoring from close by: the likelihood is too flat at its top for the last digits,
  /// its slope is not. `nil` if it leads away or nowhere.
  private func polished(_ start: Double) -> Double? {
    var correlation = start
    for _ in 0..<20 {
      guard let step = table.scoringStep(correlation) else { return nil }
      correlation += step
      guard correlation.magnitude < 1, (correlation - start).magnitude < 0.01 else { return nil }
      if step.magnitude < 1e-11 { return correlation }
    }
    return nil
  }
}
