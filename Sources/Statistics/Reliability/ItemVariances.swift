/// What alpha is made of: variances of items, of their sum, and of the sum without one of them.
struct ItemVariances {
  let covariances: SquareMatrix
  /// Variance of the sum of all items.
  let total: Double
  private let rowSums: [Double]
  /// Below this a variance is what rounding left of zero.
  private let noise: Double

  init(_ covariances: SquareMatrix) {
    self.covariances = covariances
    rowSums = (0..<covariances.order).map { row in
      exactSum((0..<covariances.order).map { covariances[row, $0] })
    }
    total = exactSum(covariances.elements)
    noise = 1e-13 * exactSum(covariances.elements.map(\.magnitude))
  }

  /// Alpha of all items, or of all but one; `nil` when their sum has no variance.
  func alpha(without item: Int? = nil) -> Double? {
    let items = Double(covariances.order - (item == nil ? 0 : 1))
    let sum = item.map(rest) ?? total
    guard sum > noise else { return nil }
    let own = covariances.diagonal.enumerated().filter { $0.offset != item }.map(\.element)
    return items / (items - 1) * (1 - exactSum(own) / sum)
  }

  /// Mean of the correlations of two different items; `nil` when an item does not vary.
  var meanCorrelation: Double? {
    let deviations = covariances.diagonal.map { $0.squareRoot() }
    guard deviations.allSatisfy({ $0 > 0 }) else { return nil }
    var correlations: [Double] = []
    for row in 0..<covariances.order {
      for column in 0..<row {
        correlations.append(covariances[row, column] / (deviations[row] * deviations[column]))
      }
    }
    return mean(correlations)
  }

  /// Correlation of an item with the sum of the others; `nil` when either does not vary.
  func restCorrelation(_ item: Int) -> Double? {
    let own = covariances[item, item]
    let rest = rest(item)
    guard own > 0, rest > noise else { return nil }
    return clamped((rowSums[item] - own) / (own.squareRoot() * rest.squareRoot()))
  }

  /// Variance of the sum of the other items.
  private func rest(_ item: Int) -> Double {
    total - 2 * rowSums[item] + covariances[item, item]
  }
}

/// A correlation that rounding may have carried past ±1.
func clamped(_ correlation: Double) -> Double { min(1, max(-1, correlation)) }
