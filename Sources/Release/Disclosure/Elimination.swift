/// Exact elimination over whole numbers: which unknowns do the equations determine?
enum Elimination {
  /// Columns whose unknown has one value only, whatever the right-hand sides are. The rows are
  /// brought to reduced form; an unknown is determined when it stands alone in a row.
  static func determinedColumns(_ rows: [[Int]]) -> [Int] {
    guard let width = rows.first?.count else { return [] }
    var rows = rows
    var pivotRow = 0
    for column in 0..<width {
      guard pivotRow < rows.count else { break }
      guard let found = (pivotRow..<rows.count).first(where: { rows[$0][column] != 0 }) else {
        continue
      }
      rows.swapAt(pivotRow, found)
      for other in rows.indices where other != pivotRow && rows[other][column] != 0 {
        let (a, b) = (rows[pivotRow][column], rows[other][column])
        for index in 0..<width {
          rows[other][index] = rows[other][index] * a - rows[pivotRow][index] * b
        }
        reduce(&rows[other])
      }
      pivotRow += 1
    }
    var determined: [Int] = []
    for row in rows {
      let filled = row.indices.filter { row[$0] != 0 }
      if filled.count == 1 { determined.append(filled[0]) }
    }
    return determined.sorted()
  }

  /// Divides a row by its greatest common divisor, so that the numbers stay small.
  private static func reduce(_ row: inout [Int]) {
    var divisor = 0
    for value in row {
      var (a, b) = (divisor, abs(value))
      while b != 0 { (a, b) = (b, a % b) }
      divisor = a
    }
    guard divisor > 1 else { return }
    for index in row.indices { row[index] /= divisor }
  }
}
