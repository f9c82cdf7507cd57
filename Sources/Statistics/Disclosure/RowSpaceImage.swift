/// Independent rows of zeros and ones, modulo one prime.
struct RowSpaceImage {
  let field: PrimeField
  private let columns: Int
  private let basis: [[Int]]
  private let pivots: [Int]
  /// Place of a column among the pivots, or −1.
  private let placeOfColumn: [Int]
  /// Inverse of the basis in its pivot columns, row by row: row of the basis × pivot column
  /// becomes pivot column × row of the basis.
  private let inverse: [UInt64]

  /// `nil` when the rows are not independent modulo this prime.
  init?(_ basis: [[Int]], _ pivots: [Int], _ columns: Int, _ field: PrimeField) {
    var placeOfColumn = [Int](repeating: -1, count: columns)
    for (place, column) in pivots.enumerated() { placeOfColumn[column] = place }
    let rank = basis.count
    var square = [UInt64](repeating: 0, count: rank * rank)
    for (row, ones) in basis.enumerated() {
      for column in ones where placeOfColumn[column] >= 0 {
        square[row * rank + placeOfColumn[column]] = field.one
      }
    }
    guard let inverse = Self.inverse(square, rank, field) else { return nil }
    self.inverse = inverse
    (self.field, self.columns, self.basis, self.pivots) = (field, columns, basis, pivots)
    self.placeOfColumn = placeOfColumn
  }

  /// Whether a row of zeros and ones is a combination of the basis: its pivot columns say which,
  /// and then all other columns must agree.
  func contains(_ row: [Int]) -> Bool {
    let rank = basis.count
    var factors = [UInt64](repeating: 0, count: rank)
    for column in row where placeOfColumn[column] >= 0 {
      let place = placeOfColumn[column] * rank
      for index in 0..<rank { factors[index] = field.sum(factors[index], inverse[place + index]) }
    }
    var rest = [UInt64](repeating: 0, count: columns)
    for column in row { rest[column] = field.one }
    for (factor, ones) in zip(factors, basis) where factor != 0 {
      for column in ones { rest[column] = field.difference(rest[column], factor) }
    }
    return rest.allSatisfy { $0 == 0 }
  }

  /// A random solution x of basis · x = 0, one number per column.
  func kernelVector(seed: UInt64) -> [UInt64] {
    var random = SplitMix64(seed: seed)
    let rank = basis.count
    var values = (0..<columns).map { column in
      placeOfColumn[column] < 0 ? field.element(random.next()) : 0
    }
    let sums = basis.map { ones in ones.reduce(0) { field.sum($0, values[$1]) } }
    for (place, column) in pivots.enumerated() {
      for (index, sum) in sums.enumerated() {
        let part = field.product(inverse[place * rank + index], sum)
        values[column] = field.difference(values[column], part)
      }
    }
    return values
  }

  /// Rows that are independent modulo a prime, as many as there are, and columns in which they
  /// are.
  static func basis(
    _ rows: [[Int]], _ columns: Int, _ field: PrimeField
  ) -> (rows: [Int], pivots: [Int]) {
    var reduced: [[UInt64]] = []
    var chosen: [Int] = []
    var pivots: [Int] = []
    for (index, ones) in rows.enumerated() {
      var row = [UInt64](repeating: 0, count: columns)
      for column in ones { row[column] = field.one }
      for (place, pivot) in pivots.enumerated() where row[pivot] != 0 {
        let factor = row[pivot]
        for column in 0..<columns where reduced[place][column] != 0 {
          row[column] = field.difference(row[column], field.product(factor, reduced[place][column]))
        }
      }
      guard let pivot = row.firstIndex(where: { $0 != 0 }) else { continue }
      let scale = field.reciprocal(row[pivot])
      reduced.append(row.map { field.product($0, scale) })
      chosen.append(index)
      pivots.append(pivot)
    }
    return (chosen, pivots)
  }

  /// By Gauss and Jordan, in place; `nil` if there is none.
  private static func inverse(
    _ square: [UInt64], _ size: Int, _ field: PrimeField
  ) -> [UInt64]? {
    var matrix = square
    var order = Array(0..<size)
    for pivot in 0..<size {
      guard let found = (pivot..<size).first(where: { matrix[$0 * size + pivot] != 0 }) else {
        return nil
      }
      if found != pivot {
        for column in 0..<size { matrix.swapAt(found * size + column, pivot * size + column) }
        order.swapAt(found, pivot)
      }
      eliminate(pivot, in: &matrix, size, field)
    }
    // Exchanged rows are exchanged columns of the inverse.
    var inverse = matrix
    for row in 0..<size {
      for (column, original) in order.enumerated() {
        inverse[row * size + original] = matrix[row * size + column]
      }
    }
    return inverse
  }

  /// One step: the column of the pivot becomes that of the inverse.
  private static func eliminate(
    _ pivot: Int, in matrix: inout [UInt64], _ size: Int, _ field: PrimeField
  ) {
    let own = pivot * size
    let scale = field.reciprocal(matrix[own + pivot])
    matrix[own + pivot] = field.one
    for column in 0..<size { matrix[own + column] = field.product(matrix[own + column], scale) }
    matrix.withUnsafeMutableBufferPointer { matrix in
      for row in 0..<size where row != pivot && matrix[row * size + pivot] != 0 {
        let factor = matrix[row * size + pivot]
        matrix[row * size + pivot] = 0
        for column in 0..<size {
          let part = field.product(factor, matrix[own + column])
          matrix[row * size + column] = field.difference(matrix[row * size + column], part)
        }
      }
    }
  }
}
