/// The cheapest further cells of a two-way table of counts to hide, so that its published row,
/// column and grand totals give no small cell away.
///
/// Cells from 1 up to one below the minimum are hidden for their own sake (primary); zeros are
/// published and give no cover. Whoever knows all else can compute, for every hidden cell, the
/// least and the greatest value it can have. The set is safe when that interval is at least the
/// protection width wide for every primary cell and leaves no hidden cell one value only.
///
/// Of the safe sets it is the one with the least sum of counts, then the fewest cells, then the
/// earliest cells row by row. That is certain for tables of up to 25 cells. Beyond, the exact
/// search is given up after a fixed number of steps (at once with more than 128 candidates) and
/// replaced by a good set, found by cheapest paths and then thinned out; `isCheapest` says which.
/// Either way every interval is computed once more by linear programming, and a set that does not
/// pass is not answered.
///
/// Sources: Cox (1995), Network models for complementary cell suppression, JASA 90, 1453–1462
/// doi:10.1080/01621459.1995.10476651; Fischetti & Salazar-González (2001), Management Science
/// 47, 1008–1027 doi:10.1287/mnsc.47.7.1008.9805; Hundepool et al. (2012)
/// doi:10.1002/9781118348239.
public struct TableSuppression: Sendable, Equatable {
  /// A place in the table, from 0.
  public struct Cell: Sendable, Hashable {
    public let row: Int
    public let column: Int

    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// What an attacker knows about one hidden cell: its value lies in `values`.
  public struct Interval: Sendable, Equatable {
    public let cell: Cell
    public let values: ClosedRange<Int>
  }

  /// Cells hidden for their own sake, row by row.
  public let primary: [Cell]
  /// Cells hidden to cover them, row by row; `nil` when no set is safe: then categories must be
  /// merged or the whole table withheld.
  public let complementary: [Cell]?
  /// Sum of the counts of the complementary cells.
  public let cost: Int?
  /// What the linear programmes found for each hidden cell, row by row.
  public let intervals: [Interval]
  /// Whether no safe set costs less.
  public let isCheapest: Bool

  /// Whether the table may only be withheld as a whole.
  public var withholdsTable: Bool { complementary == nil }

  /// - Parameter counts: the rows, all equally long; counts from 0 to 2^40, totals not included.
  /// - Parameter protectionWidth: `minimumCell − 1` unless said.
  public init(counts: [[Int]], minimumCell: Int, protectionWidth: Int? = nil) {
    let columns = counts.first?.count ?? 0
    precondition(counts.allSatisfy { $0.count == columns }, "rows are equally long")
    let cells = counts.flatMap(\.self)
    precondition(cells.allSatisfy { (0...1 << 40).contains($0) }, "counts lie in 0...2^40")
    let primary = cells.indices.filter { cells[$0] > 0 && cells[$0] < minimumCell }
    func place(_ cell: Int) -> Cell { Cell(row: cell / columns, column: cell % columns) }
    self.primary = primary.map(place)
    guard !primary.isEmpty else {
      (complementary, cost, intervals, isCheapest) = ([], 0, [], true)
      return
    }
    // Even where nobody asks for width, a value that can be computed is not hidden.
    let width = max(1, protectionWidth ?? minimumCell - 1)
    var table = HiddenCells(
      rows: counts.count, columns: columns, counts: cells,
      isHidden: cells.map { $0 > 0 && $0 < minimumCell })
    let (chosen, isCheapest) = TableProtection(table, primary: primary, width: width).solve()
    for cell in chosen ?? [] { table.isHidden[cell] = true }
    guard let chosen, let intervals = Self.audited(table, primary, width) else {
      (complementary, cost, intervals) = (nil, nil, [])
      self.isCheapest = chosen == nil
      return
    }
    complementary = chosen.map(place)
    cost = chosen.reduce(0) { $0 + cells[$1] }
    self.isCheapest = isCheapest
    self.intervals = intervals.map { Interval(cell: place($0.cell), values: $0.values) }
  }

  /// The intervals by linear programming, `nil` unless they show the set to be safe.
  private static func audited(
    _ table: HiddenCells, _ primary: [Int], _ width: Int
  ) -> [(cell: Int, values: ClosedRange<Int>)]? {
    guard let intervals = TableAudit.intervals(table) else { return nil }
    let hidden = table.counts.indices.filter { table.isHidden[$0] }
    let found = zip(hidden, intervals).map { (cell: $0, values: $1) }
    let isPrimary = Set(primary)
    let isSafe = found.allSatisfy { cell, values in
      values.upperBound - values.lowerBound >= (isPrimary.contains(cell) ? width : 1)
        && values.contains(table.counts[cell])
    }
    return isSafe ? found : nil
  }
}
