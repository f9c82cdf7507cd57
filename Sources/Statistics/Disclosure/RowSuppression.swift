/// The cheapest further cells of one row of counts to hide, so that its published total gives no
/// small one away.
///
/// Cells from 1 up to one below the minimum are hidden for their own sake (primary). Whoever
/// knows the total and the published cells knows the sum of the hidden ones, and that each of
/// them lies between 0 and that sum. So at least two cells are hidden, and their sum is at least
/// the protection width. Zeros are published and give no cover.
///
/// Source: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.
/// doi:10.1002/9781118348239
public struct RowSuppression: Sendable, Equatable {
  /// Cells hidden for their own sake, by index, ascending.
  public let primary: [Int]
  /// Cells hidden to cover them, ascending; `nil` when no choice is safe: then the whole row must
  /// go, its total included.
  public let complementary: [Int]?
  /// Sum of the counts of the complementary cells.
  public let cost: Int?
  /// Whether no safe choice costs less. Only where the protection width times the length of the
  /// row exceeds four million is that not searched for; the choice is safe there too.
  public let isCheapest: Bool

  /// - Parameter counts: not negative.
  /// - Parameter protectionWidth: `minimumCell − 1` unless said.
  public init(counts: [Int], minimumCell: Int, protectionWidth: Int? = nil) {
    precondition(counts.allSatisfy { $0 >= 0 }, "a count is not negative")
    let primary = counts.indices.filter { counts[$0] > 0 && counts[$0] < minimumCell }
    self.primary = primary
    guard !primary.isEmpty else {
      (complementary, cost, isCheapest) = ([], 0, true)
      return
    }
    let hidden = primary.reduce(0) { $0 + counts[$1] }
    let need = RowCover(
      candidates: counts.indices.filter { counts[$0] >= minimumCell }, counts: counts,
      // At least one more where only one is hidden: every candidate counts 1 or more.
      sum: max((protectionWidth ?? minimumCell - 1) - hidden, primary.count < 2 ? 1 : 0))
    isCheapest = need.isSmall
    complementary = need.isSmall ? need.cheapest() : need.greedy()
    cost = complementary.map { $0.reduce(0) { $0 + counts[$1] } }
  }
}

/// Candidates whose counts must come to at least `sum`.
private struct RowCover {
  let candidates: [Int]
  let counts: [Int]
  let sum: Int

  var isSmall: Bool {
    let (cells, overflow) = sum.multipliedReportingOverflow(by: candidates.count + 1)
    return !overflow && cells <= 4_000_000
  }

  /// Least sum of counts, then fewest cells, then the earliest ones: by dynamic programming over
  /// what is still needed, from the last candidate to the first.
  func cheapest() -> [Int]? {
    typealias Cost = (sum: Int, cells: Int)
    let width = sum + 1
    var best = [Cost?](repeating: nil, count: width)
    best[0] = (0, 0)
    var takes = [Bool](repeating: false, count: candidates.count * width)
    for (place, candidate) in candidates.enumerated().reversed() {
      let count = counts[candidate]
      for needed in stride(from: sum, through: 1, by: -1) {
        guard let rest = best[max(0, needed - count)] else { continue }
        let with = (rest.sum + count, rest.cells + 1)
        // At equal cost the earlier candidate is taken.
        if let without = best[needed], without < with { continue }
        best[needed] = with
        takes[place * width + needed] = true
      }
    }
    guard best[sum] != nil else { return nil }
    var needed = sum
    var chosen: [Int] = []
    for (place, candidate) in candidates.enumerated() where takes[place * width + needed] {
      chosen.append(candidate)
      needed = max(0, needed - counts[candidate])
    }
    return chosen
  }

  /// From the smallest up until it is enough, then without those that turned out superfluous.
  func greedy() -> [Int]? {
    var chosen: [Int] = []
    var total = 0
    for candidate in candidates.sorted(by: { (counts[$0], $0) < (counts[$1], $1) }) {
      guard total < sum else { break }
      chosen.append(candidate)
      total += counts[candidate]
    }
    guard total >= sum else { return nil }
    for candidate in chosen.reversed() where total - counts[candidate] >= sum {
      chosen.removeAll { $0 == candidate }
      total -= counts[candidate]
    }
    return chosen.sorted()
  }
}
