internal import Glibc

/// How often each pair of steps of two ordinal items occurs, and how likely that is for a
/// correlation of the variables behind them.
///
/// Only cells that occur are kept, with the corners they touch: a table of n people has at most
/// n of them, however many steps the items have.
struct OrdinalTable {
  private struct Cell {
    let count: Double
    /// Places in `corners`: upper right, upper left, lower right, lower left.
    let corners: (Int, Int, Int, Int)
  }

  private let cells: [Cell]
  /// Two cuts, with the shares below each.
  private let corners: [(x: Double, y: Double, below: Double, left: Double)]

  init(_ first: OrdinalItem, _ second: OrdinalItem) {
    var counts: [Int: Double] = [:]
    for (row, column) in zip(first.steps, second.steps) {
      counts[row * second.stepCount + column, default: 0] += 1
    }
    if first.stepCount == 2, second.stepCount == 2 { Self.fillEmptyCell(&counts) }
    let width = second.stepCount + 1
    var corners: [(x: Double, y: Double, below: Double, left: Double)] = []
    var places: [Int: Int] = [:]
    func place(_ row: Int, _ column: Int) -> Int {
      let key = row * width + column
      if let place = places[key] { return place }
      let (x, y) = (first.threshold(below: row), second.threshold(below: column))
      corners.append(
        (x, y, Distribution.normalProbability(x), Distribution.normalProbability(y)))
      places[key] = corners.count - 1
      return corners.count - 1
    }
    // In order of the keys, so that sums do not depend on the hashing.
    cells = counts.sorted { $0.key < $1.key }.map { key, count in
      let (row, column) = key.quotientAndRemainder(dividingBy: second.stepCount)
      return Cell(
        count: count,
        corners: (
          place(row + 1, column + 1), place(row + 1, column), place(row, column + 1),
          place(row, column)
        ))
    }
    self.corners = corners
  }

  /// Moves half a person into the only empty cell of a 2 × 2 table, margins kept.
  private static func fillEmptyCell(_ counts: inout [Int: Double]) {
    let empty = (0..<4).filter { counts[$0] == nil }
    guard empty.count == 1, let cell = empty.first else { return }
    let sign = cell == 0 || cell == 3 ? 0.5 : -0.5
    for (key, share) in [(0, sign), (3, sign), (1, -sign), (2, -sign)] {
      counts[key, default: 0] += share
    }
  }

  /// Logarithm of the likelihood. A cell that cannot occur counts as one in 10¹⁶.
  func logLikelihood(_ correlation: Double) -> Double {
    let below = probabilities(BivariateNormal(correlation: correlation))
    return exactSum(cells.map { $0.count * log(max(sum($0, below), 1e-16)) })
  }

  /// Score divided by expected information; `nil` where a cell is too unlikely for that.
  func scoringStep(_ correlation: Double) -> Double? {
    guard correlation.magnitude < 1 else { return nil }
    let normal = BivariateNormal(correlation: correlation)
    let below = probabilities(normal)
    let slopes = corners.map { normal.density($0.x, $0.y) }
    var (score, information) = (0.0, 0.0)
    for cell in cells {
      let probability = sum(cell, below)
      guard probability > 1e-11 else { return nil }
      let relative = sum(cell, slopes) / probability
      score += cell.count * relative
      information += cell.count * relative * relative
    }
    return information > 0 ? score / information : nil
  }

  private func probabilities(_ normal: BivariateNormal) -> [Double] {
    corners.map { normal.probability($0.x, $0.y, $0.below, $0.left) }
  }

  private func sum(_ cell: Cell, _ values: [Double]) -> Double {
    let (upperRight, upperLeft, lowerRight, lowerLeft) = cell.corners
    return values[upperRight] - values[upperLeft] - values[lowerRight] + values[lowerLeft]
  }
}
