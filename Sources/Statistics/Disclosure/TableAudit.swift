internal import CLinearProgram

/// The attacker's own computation: for each hidden cell of a table, the least and the greatest
/// value that agree with everything published, by linear programming.
///
/// It knows nothing of how the cells were chosen. The programme's corners are whole numbers
/// because rows and columns alone relate the cells, so rounding only removes the solver's noise.
enum TableAudit {
  /// The intervals of the hidden cells in their order; `nil` if the solver fails or answers what
  /// is no whole number.
  static func intervals(_ table: HiddenCells) -> [ClosedRange<Int>]? {
    let hidden = table.counts.indices.filter { table.isHidden[$0] }
    var sums = [Double](repeating: 0, count: table.rows + table.columns)
    var lines: [Int32] = []
    var cells: [Int32] = []
    for (place, cell) in hidden.enumerated() {
      for line in [cell / table.columns, table.rows + cell % table.columns] {
        sums[line] += Double(table.counts[cell])
        lines.append(Int32(line))
        cells.append(Int32(place))
      }
    }
    var least = [Double](repeating: 0, count: hidden.count)
    var greatest = least
    let code = clp_ranges(
      sums.count, hidden.count, lines.count, lines, cells,
      [Double](repeating: 1, count: lines.count), sums,
      [Double](repeating: 0, count: hidden.count),
      [Double](repeating: .infinity, count: hidden.count), hidden.count,
      hidden.indices.map(Int32.init), &least, &greatest)
    guard code == Int32(CLP_OK) else { return nil }
    var intervals: [ClosedRange<Int>] = []
    for (low, high) in zip(least, greatest) {
      guard let low = whole(low), let high = whole(high), low <= high else { return nil }
      intervals.append(low...high)
    }
    return intervals
  }

  private static func whole(_ value: Double) -> Int? {
    let rounded = value.rounded()
    guard (value - rounded).magnitude <= 1e-6 * max(1, value.magnitude) else { return nil }
    return Int(exactly: rounded)
  }
}
