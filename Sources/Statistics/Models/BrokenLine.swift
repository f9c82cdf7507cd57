/// Two straight lines through a series, one before and one after a break, by least squares.
struct BrokenLine: Sendable {
  /// Level, slope, change of level, change of slope.
  let coefficients: [Double]
  private let squares: LeastSquares
  /// One for each step of the series, 0 where the value is missing.
  private let residuals: [Double]
  private let isPresent: [Bool]
  private let design: Matrix
  /// Whether anything but rounding is left beside the lines.
  let hasResiduals: Bool

  private static let columns = 4

  /// `nil` unless two values lie before `firstAfter` (counted from 1) and two from it on.
  /// There must be values, and they must be finite.
  init?(_ values: [Double?], firstAfter: Int) {
    guard firstAfter > 2, firstAfter < values.count else { return nil }
    var rows: [Double] = []
    var response: [Double] = []
    var before = 0
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      let step = index + 1
      let isAfter = step >= firstAfter
      before += isAfter ? 0 : 1
      rows += [1, Double(step), isAfter ? 1 : 0, isAfter ? Double(step - firstAfter) : 0]
      response.append(value)
    }
    guard before >= 2, response.count - before >= 2 else { return nil }
    design = Matrix(rows: response.count, columns: Self.columns, elements: rows)
    // A series far from 0 would lose the digits of what is left beside the lines.
    guard let center = mean(response),
      let squares = LeastSquares(design, response: response.map { $0 - center })
    else { return nil }
    self.squares = squares
    coefficients = [squares.coefficients[0] + center] + squares.coefficients.dropFirst()
    let size = response.reduce(0) { max($0, ($1 - center).magnitude) }
    let largest = squares.residuals.reduce(0) { max($0, $1.magnitude) }
    let rounding = 1e-12 * size + 4 * .ulpOfOne * center.magnitude
    hasResiduals = response.count > Self.columns && largest > rounding
    // Where two values make a line of their own nothing is left, not what rounding leaves.
    var left = squares.residuals.lazy.map { $0.magnitude > rounding ? $0 : 0 }.makeIterator()
    residuals = values.map { $0 == nil ? 0 : left.next() ?? 0 }
    isPresent = values.map { $0 != nil }
  }

  private var degreesOfFreedom: Double { Double(squares.residuals.count - Self.columns) }

  private var residualSquares: Double { squares.residuals.reduce(0) { $0 + $1 * $1 } }

  /// Share of the variance of `values` that lies on the lines; `nil` if they are all equal.
  func rSquared(of values: [Double]) -> Double? {
    guard let center = mean(values), let first = values.first,
      values.contains(where: { $0 != first })
    else { return nil }
    let total = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return hasResiduals ? 1 - residualSquares / total : 1
  }

  /// `nil` if the lines leave nothing.
  var residualSummary: InterruptedTimeSeries.Residuals? {
    guard hasResiduals else { return nil }
    var steps = 0.0
    var products = 0.0
    // Where a value is missing there is no step from it or to it.
    for index in residuals.indices.dropFirst() where isPresent[index] && isPresent[index - 1] {
      let step = residuals[index] - residuals[index - 1]
      steps += step * step
      products += residuals[index] * residuals[index - 1]
    }
    return .init(
      standardDeviation: (residualSquares / degreesOfFreedom).squareRoot(),
      durbinWatson: steps / residualSquares, lag1Autocorrelation: products / residualSquares)
  }

  /// The ordinary and the Newey–West standard error of each coefficient; `nil` if the lines
  /// leave nothing to judge by.
  func errors(lag: Int, isSmallSample: Bool) -> [(ordinary: Double, neweyWest: Double?)]? {
    guard hasResiduals else { return nil }
    let count = Double(squares.residuals.count)
    let inverse = squares.inverseCrossProduct
    let robust = inverse * scores(lag) * inverse
    return (0..<Self.columns).map { index in
      let ordinary = residualSquares / degreesOfFreedom * inverse[index, index]
      let scaled = robust[index, index] * (isSmallSample ? count / degreesOfFreedom : 1)
      // Of a line through two values nothing is left; an error of 0 would be a claim.
      let isLeft = scaled > 1e-10 * ordinary
      return (ordinary.squareRoot(), isLeft ? scaled.squareRoot() : nil)
    }
  }

  /// Σ over pairs at most `lag` steps apart of their scores xe, weighted by Bartlett's
  /// 1 − distance/(lag + 1). A missing value counts as residual 0 and keeps its place.
  ///
  /// Source for the missing values: Parzen (1963), Sankhyā A 25, 383–392.
  private func scores(_ lag: Int) -> Matrix {
    var scores = Matrix(rows: residuals.count, columns: Self.columns)
    var row = 0
    for index in residuals.indices where isPresent[index] {
      for column in 0..<Self.columns {
        scores[index, column] = design[row, column] * residuals[index]
      }
      row += 1
    }
    var smoothed = scores
    for distance in 1..<max(1, min(lag, residuals.count - 1) + 1) {
      let weight = 1 - Double(distance) / (Double(lag) + 1)
      for index in distance..<residuals.count {
        for column in 0..<Self.columns {
          smoothed[index, column] += weight * scores[index - distance, column]
          smoothed[index - distance, column] += weight * scores[index, column]
        }
      }
    }
    return scores.transposed * smoothed
  }
}
