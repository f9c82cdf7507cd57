import Testing

@testable import Statistics

/// Rows and tables of small counts, against trying everything.
@Suite struct SuppressionTests {
  private static let seeds: ClosedRange<UInt64> = 1...150

  /// All sets of `candidates`, the best first: cost, number, place.
  private func subsets(_ candidates: [Int], _ counts: [Int]) -> [[Int]] {
    (0..<(1 << candidates.count)).map { mask in
      candidates.indices.filter { mask >> $0 & 1 == 1 }.map { candidates[$0] }
    }.sorted { first, second in
      let (a, b) = (first.reduce(0) { $0 + counts[$1] }, second.reduce(0) { $0 + counts[$1] })
      if a != b { return a < b }
      if first.count != second.count { return first.count < second.count }
      return first.lexicographicallyPrecedes(second)
    }
  }

  @Test(arguments: seeds) func `the best of all sets of a row is found`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let counts = (0..<Int.random(in: 0...9, using: &random)).map { _ in
      Int.random(in: 0...20, using: &random)
    }
    let minimum = Int.random(in: 1...8, using: &random)
    let width = Int.random(in: 0...60, using: &random)
    let row = RowSuppression(counts: counts, minimumCell: minimum, protectionWidth: width)
    let best = subsets(counts.indices.filter { counts[$0] >= minimum }, counts).first { extra in
      let hidden = row.primary + extra
      return hidden.isEmpty
        || (!row.primary.isEmpty && hidden.count >= 2
          && hidden.reduce(0) { $0 + counts[$1] } >= width)
    }
    #expect(row.complementary == (row.primary.isEmpty ? [] : best), "seed \(seed)")
    #expect(row.isCheapest, "seed \(seed)")
    #expect(row.cost == row.complementary?.reduce(0) { $0 + counts[$1] }, "seed \(seed)")
  }

  @Test func `a very wide protection is met without a search`() {
    let counts = [3, 9_000_000, 2_000_000, 4_000_000]
    let row = RowSuppression(counts: counts, minimumCell: 5, protectionWidth: 5_000_000)
    #expect(row.complementary == [2, 3] && row.cost == 6_000_000 && !row.isCheapest)
    let impossible = RowSuppression(counts: counts, minimumCell: 5, protectionWidth: 20_000_000)
    #expect(impossible.complementary == nil)
  }

  @Test func `a row follows only its counts`() {
    #expect(RowSuppression(counts: [], minimumCell: 5).complementary == [])
    #expect(RowSuppression(counts: [4], minimumCell: 5).complementary == nil)
    #expect(RowSuppression(counts: [4, 0], minimumCell: 5).complementary == nil)
    #expect(RowSuppression(counts: [4, 9, 9], minimumCell: 5).complementary == [1])
    let long = [3] + Array(repeating: 40, count: 2_000) + [7]
    #expect(RowSuppression(counts: long, minimumCell: 5).complementary == [2001])
  }

  private func table(_ seed: UInt64, rows: Int, columns: Int, upTo most: Int) -> [[Int]] {
    var random = Xoshiro256StarStar(seed: seed)
    let zeros = Int.random(in: 0...4, using: &random)
    return (0..<rows).map { _ in
      (0..<columns).map { _ in
        Int.random(in: 0..<10, using: &random) < zeros
          ? 0 : Int.random(in: 0...most, using: &random)
      }
    }
  }

  /// The least and greatest value of each hidden cell over all tables of whole numbers with the
  /// same totals, tried one by one.
  private func enumerated(_ table: HiddenCells) -> [ClosedRange<Int>] {
    let hidden = table.counts.indices.filter { table.isHidden[$0] }
    var rows = [Int](repeating: 0, count: table.rows)
    var columns = [Int](repeating: 0, count: table.columns)
    for cell in hidden {
      rows[cell / table.columns] += table.counts[cell]
      columns[cell % table.columns] += table.counts[cell]
    }
    var seen = hidden.map { table.counts[$0]...table.counts[$0] }
    var values: [Int] = []
    func fill() {
      guard values.count < hidden.count else {
        guard rows.allSatisfy({ $0 == 0 }), columns.allSatisfy({ $0 == 0 }) else { return }
        for (place, value) in values.enumerated() {
          seen[place] =
            min(seen[place].lowerBound, value)...max(seen[place].upperBound, value)
        }
        return
      }
      let cell = hidden[values.count]
      let (row, column) = (cell / table.columns, cell % table.columns)
      for value in 0...min(rows[row], columns[column]) {
        values.append(value)
        rows[row] -= value
        columns[column] -= value
        fill()
        rows[row] += value
        columns[column] += value
        values.removeLast()
      }
    }
    fill()
    return seen
  }

  @Test(arguments: seeds) func `flow, programme and enumeration see the same`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let counts = table(seed, rows: 3, columns: 3, upTo: 4).flatMap(\.self)
    let cells = HiddenCells(
      rows: 3, columns: 3, counts: counts,
      isHidden: counts.map { _ in Int.random(in: 0..<3, using: &random) > 0 })
    let expected = enumerated(cells)
    let hidden = counts.indices.filter { cells.isHidden[$0] }
    #expect(hidden.map(cells.interval) == expected, "seed \(seed)")
    #expect(TableAudit.intervals(cells) == expected, "seed \(seed)")
    for (cell, interval) in zip(hidden, expected) {
      let width = interval.upperBound - interval.lowerBound
      #expect(cells.leaves(cell, width: width), "seed \(seed)")
      #expect(!cells.leaves(cell, width: width + 1), "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func `the best of all sets of a table is found`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let (rows, columns) = [(2, 2), (2, 3), (3, 3), (3, 4)][Int.random(in: 0..<4, using: &random)]
    let counts = table(seed, rows: rows, columns: columns, upTo: [6, 9, 15][Int(seed % 3)])
    let minimum = Int.random(in: 2...6, using: &random)
    let width = [nil, 0, 1, 9][Int.random(in: 0..<4, using: &random)]
    let answer = TableSuppression(counts: counts, minimumCell: minimum, protectionWidth: width)
    let flat = counts.flatMap(\.self)
    let isPrimary = flat.map { $0 > 0 && $0 < minimum }
    let candidates = flat.indices.filter { flat[$0] >= max(1, minimum) }
    let best = subsets(candidates, flat).first { extra in
      var table = HiddenCells(rows: rows, columns: columns, counts: flat, isHidden: isPrimary)
      for cell in extra { table.isHidden[cell] = true }
      return flat.indices.allSatisfy { cell in
        guard table.isHidden[cell] else { return true }
        let interval = table.interval(cell)
        let wide = interval.upperBound - interval.lowerBound
        return wide >= 1 && (!isPrimary[cell] || wide >= width ?? minimum - 1)
      }
    }
    #expect(answer.complementary?.map { $0.row * columns + $0.column } == best, "seed \(seed)")
    #expect(answer.isCheapest, "seed \(seed)")
    #expect(answer.withholdsTable == (best == nil))
  }

  @Test(arguments: [(20, 12, 60), (12, 20, 15), (30, 9, 300)])
  func `a large table is safe and no cell too many is hidden`(
    rows: Int, columns: Int, most: Int
  ) throws {
    for seed in UInt64(1)...3 {
      let counts = table(seed, rows: rows, columns: columns, upTo: most)
      let answer = TableSuppression(counts: counts, minimumCell: 5)
      let extra = try #require(answer.complementary, "seed \(seed)")
      let primary = Set(answer.primary)
      for interval in answer.intervals {
        let wide = interval.values.upperBound - interval.values.lowerBound
        #expect(wide >= (primary.contains(interval.cell) ? 4 : 1), "seed \(seed)")
        #expect(interval.values.contains(counts[interval.cell.row][interval.cell.column]))
      }
      #expect(answer.intervals.count == primary.count + extra.count)
      // Showing any one of them again would give a primary cell away.
      for shown in extra {
        var cells = HiddenCells(
          rows: rows, columns: columns, counts: counts.flatMap(\.self),
          isHidden: [Bool](repeating: false, count: rows * columns))
        for cell in answer.primary + extra where cell != shown {
          cells.isHidden[cell.row * columns + cell.column] = true
        }
        let exposed = answer.primary.contains {
          !cells.leaves($0.row * columns + $0.column, width: 4)
        }
        #expect(exposed, "seed \(seed)")
      }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `the quick set costs little more than the cheapest`(seed: UInt64) throws {
    let counts = table(seed, rows: 6, columns: 6, upTo: 30)
    let flat = counts.flatMap(\.self)
    let exact = TableSuppression(counts: counts, minimumCell: 5)
    let primary = flat.indices.filter { (1..<5).contains(flat[$0]) }
    let cells = HiddenCells(
      rows: 6, columns: 6, counts: flat, isHidden: flat.map { (1..<5).contains($0) })
    let quick = TableProtection(cells, primary: primary, width: 4).good()
    let cost = try #require(exact.cost, "seed \(seed)")
    let quickCost = quick.reduce(0) { $0 + flat[$1] }
    #expect(quickCost >= cost && quickCost <= 2 * cost, "seed \(seed): \(quickCost) for \(cost)")
  }

  @Test(arguments: seeds) func `the best of all covers is found`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let costs = (0..<Int.random(in: 0...9, using: &random)).map { _ in
      Int.random(in: 1...6, using: &random)
    }
    // Enough: so much weight, and one element of each of some pairs.
    let weights = costs.map { _ in Int.random(in: 0...9, using: &random) }
    let least = Int.random(in: 0...25, using: &random)
    let pairs = (0..<(costs.isEmpty ? 0 : 3)).map { _ in
      (0..<2).map { _ in Int.random(in: 0..<costs.count, using: &random) }
    }
    func isEnough(_ elements: [Int]) -> Bool {
      elements.reduce(0) { $0 + weights[$1] } >= least
        && pairs.allSatisfy { $0.contains(where: elements.contains) }
    }
    let found = CheapestCover.find(costs: costs, isEnough: isEnough)
    #expect(
      found?.elements == subsets(Array(costs.indices), costs).first(where: isEnough),
      "seed \(seed)")
    #expect(found?.isCheapest != false, "seed \(seed)")
  }

  @Test func `a cover of very many is enough and has no element too many`() throws {
    let costs = (0..<300).map { $0 * 37 % 101 + 1 }
    func isEnough(_ elements: [Int]) -> Bool { elements.reduce(0, +) >= 2_000 }
    let found = try #require(CheapestCover.find(costs: costs, isEnough: isEnough))
    #expect(!found.isCheapest && isEnough(found.elements))
    for element in found.elements {
      #expect(!isEnough(found.elements.filter { $0 != element }))
    }
    #expect(CheapestCover.find(costs: costs) { _ in false } == nil)
  }

  @Test func `edges of tables`() {
    #expect(TableSuppression(counts: [], minimumCell: 5).complementary == [])
    #expect(TableSuppression(counts: [[]], minimumCell: 5).complementary == [])
    #expect(TableSuppression(counts: [[3]], minimumCell: 5).complementary == nil)
    // With one row the column totals are the cells.
    #expect(TableSuppression(counts: [[3, 9, 9]], minimumCell: 5).complementary == nil)
    #expect(TableSuppression(counts: [[3, 9], [9, 9]], minimumCell: 1).primary == [])
    let large = 1 << 30
    let table = TableSuppression(counts: [[2, large], [large, large + 1]], minimumCell: 5)
    #expect(table.cost == 3 * large + 1)
    #expect(table.intervals.first?.values == 0...(large + 2))
  }
}
