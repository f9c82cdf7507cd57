/// The cheapest further cells of one row to hide, so that its published total gives none away.
///
/// Whoever knows the total and the published cells knows the sum of the hidden ones. So at least
/// two cells must be hidden, and their sum must itself be fit to be known. Zeros give no cover:
/// everybody may see that they are zero.
public enum RowSuppression {
  /// Cells hidden for their own sake and cells hidden to cover them, by index.
  public struct Answer: Sendable, Equatable {
    public var primary: [Int]
    /// `nil` when no choice is safe: the whole row must go, its total included.
    public var complementary: [Int]?

    public init(primary: [Int], complementary: [Int]?) {
      self.primary = primary
      self.complementary = complementary
    }
  }

  /// One row of counts with its total published: cells from 1 up to one below `minimumCell` are
  /// hidden, and more, until the hidden sum is at least `protectionWidth`.
  public static func suppress(counts: [Int], minimumCell: Int, protectionWidth: Int) -> Answer {
    let primary = counts.indices.filter { counts[$0] > 0 && counts[$0] < minimumCell }
    guard !primary.isEmpty else { return Answer(primary: [], complementary: []) }
    let open = counts.indices.filter { counts[$0] >= minimumCell }
    let extra = cheapest(among: open, cost: { counts[$0] }) { chosen in
      primary.count + chosen.count >= 2
        && (primary + chosen).reduce(0) { $0 + counts[$1] } >= protectionWidth
    }
    return Answer(primary: primary, complementary: extra)
  }

  /// The cheapest subset of `candidates` that satisfies `isSafe`: least cost, then fewest cells,
  /// then the earliest ones; `nil` if there is none.
  ///
  /// Exact up to 14 candidates; beyond that the cheapest are added one by one, which hides a
  /// little more than needed but never less.
  static func cheapest(
    among candidates: [Int], cost: (Int) -> Int, isSafe: ([Int]) -> Bool
  ) -> [Int]? {
    if isSafe([]) { return [] }
    guard candidates.count <= 14 else {
      return greedy(among: candidates, cost: cost, isSafe: isSafe)
    }
    var best: (cost: Int, cells: [Int])?
    for mask in 1..<(1 << candidates.count) {
      let cells = candidates.indices.filter { mask & (1 << $0) != 0 }.map { candidates[$0] }
      let total = cells.reduce(0) { $0 + cost($1) }
      if let best {
        if total > best.cost { continue }
        if total == best.cost, cells.count > best.cells.count { continue }
        if total == best.cost, cells.count == best.cells.count,
          !cells.lexicographicallyPrecedes(best.cells)
        {
          continue
        }
      }
      if isSafe(cells) { best = (total, cells) }
    }
    return best?.cells
  }

  private static func greedy(
    among candidates: [Int], cost: (Int) -> Int, isSafe: ([Int]) -> Bool
  ) -> [Int]? {
    let ordered = candidates.sorted { (cost($0), $0) < (cost($1), $1) }
    var chosen: [Int] = []
    for candidate in ordered {
      chosen.append(candidate)
      if isSafe(chosen) { return chosen.sorted() }
    }
    return nil
  }
}
