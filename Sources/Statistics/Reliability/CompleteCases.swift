/// The people who answered every item of a scale, item by item.
///
/// Reliability coefficients are made of whole rows: who skipped one item is left out of all
/// (listwise), and counted.
struct CompleteCases: Sendable {
  /// Why nothing can be computed from these items; `nil` if something can.
  let problem: Status?
  /// One column per item, all of the same length.
  let columns: [[Double]]
  /// People left out because an answer is missing.
  let incomplete: Int

  /// `items` holds one column per item and one entry per person, `nil` for missing. Needs
  /// columns of equal length.
  init(_ items: [[Double?]], minimumItems: Int) {
    let people = items.first?.count ?? 0
    precondition(items.allSatisfy { $0.count == people }, "items need one entry per person")
    let isUnusable = items.contains { column in
      column.contains { $0.map { !$0.isUsable } ?? false }
    }
    let whole =
      isUnusable
      ? []
      : (0..<people).filter { person in
        items.allSatisfy { $0[person] != nil }
      }
    columns = items.map { column in whole.compactMap { column[$0] } }
    incomplete = isUnusable ? 0 : people - whole.count
    problem =
      if isUnusable {
        .invalidCodes
      } else if items.count < minimumItems {
        .tooFewItems
      } else if whole.isEmpty {
        .noData
      } else if whole.count < 2 {
        .insufficientN
      } else {
        nil
      }
  }

  var count: Int { columns.first?.count ?? 0 }

  /// Sample covariances of the items with denominator n − 1, in squared units of the answers.
  func covariances() -> SquareMatrix {
    let centered = columns.map { column in
      let center = center(column) ?? 0
      return column.map { $0 - center }
    }
    var matrix = SquareMatrix(order: columns.count)
    for (row, first) in centered.enumerated() {
      for column in row..<centered.count {
        var sum = 0.0
        for (x, y) in zip(first, centered[column]) { sum += x * y }
        let covariance = sum / Double(count - 1)
        matrix[row, column] = covariance
        matrix[column, row] = covariance
      }
    }
    return matrix
  }
}
