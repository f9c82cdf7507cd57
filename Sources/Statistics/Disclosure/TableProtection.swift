/// What protects the primary cells of one table: which further cells to hide.
struct TableProtection {
  let table: HiddenCells
  let primary: [Int]
  /// How wide the interval of each primary cell must be.
  let width: Int
  /// Cells that may be hidden besides: a zero gives no cover.
  let candidates: [Int]

  init(_ table: HiddenCells, primary: [Int], width: Int) {
    self.table = table
    self.primary = primary
    self.width = width
    candidates = table.counts.indices.filter { table.counts[$0] > 0 && !table.isHidden[$0] }
  }

  /// The cells to hide besides the primary ones, ascending, `nil` if no set protects them; and
  /// whether none is cheaper.
  ///
  /// A complementary cell that an attacker can determine moves nothing, so the cheapest set has
  /// none and only the primary cells need looking at.
  func solve() -> (cells: [Int]?, isCheapest: Bool) {
    guard exposed(hiding(candidates)) == nil else { return (nil, true) }
    if let exact = cheapest() { return (exact, true) }
    return (good(), false)
  }

  /// A safe set with no cell too many, if there is a safe one at all.
  func good() -> [Int] { pruned(grown()) }

  /// The cheapest set; `nil` if the table has too many candidates or the search takes too long.
  private func cheapest() -> [Int]? {
    guard candidates.count <= HittingSet.capacity else { return nil }
    let outcome = CheapestCover.find(
      costs: candidates.map { table.counts[$0] },
      limit: table.counts.count <= 25 ? .max : CheapestCover.patience
    ) { choice in
      let table = hiding(choice.map { candidates[$0] })
      return primary.filter { !table.leaves($0, width: width) }.map { lesson(table, $0) }
    }
    guard case .found(let choice) = outcome else { return nil }
    return choice.map { candidates[$0] }
  }

  /// Candidates of which `cell` needs at least one. The dear ones are hidden as long as they do
  /// not help; what is left is a small set.
  private func lesson(_ table: HiddenCells, _ cell: Int) -> [Int] {
    var table = table
    var needed: [Int] = []
    let order = candidates.indices.sorted {
      (table.counts[candidates[$1]], $0) < (table.counts[candidates[$0]], $1)
    }
    for place in order where !table.isHidden[candidates[place]] {
      table.isHidden[candidates[place]] = true
      if table.leaves(cell, width: width) {
        table.isHidden[candidates[place]] = false
        needed.append(place)
      }
    }
    return needed
  }

  /// A safe set, cell by cell: as long as the interval of a primary cell is too narrow, the
  /// cheapest way that widens it is hidden.
  private func grown() -> [Int] {
    var table = table
    for cell in primary {
      while !table.leaves(cell, width: width) {
        guard let opening = opening(table, cell) else { return candidates }
        for other in opening { table.isHidden[other] = true }
      }
    }
    return candidates.filter { table.isHidden[$0] }
  }

  private func opening(_ table: HiddenCells, _ cell: Int) -> [Int]? {
    var above = CellRoom(table, around: cell)
    var below = above
    _ = above.flow(.up, atMost: width)
    let taken = below.flow(.down, atMost: table.counts[cell])
    let upwards = above.cheapestOpening(.up)
    guard taken < table.counts[cell], let downwards = below.cheapestOpening(.down) else {
      return upwards?.cells
    }
    guard let upwards else { return downwards.cells }
    return downwards.price < upwards.price ? downwards.cells : upwards.cells
  }

  /// Without the cells that later choices made superfluous, the dearest looked at first.
  private func pruned(_ cells: [Int]) -> [Int] {
    var kept = cells
    let dearest = cells.sorted { (table.counts[$1], $0) < (table.counts[$0], $1) }
    for cell in dearest {
      let without = kept.filter { $0 != cell }
      if exposed(hiding(without)) == nil { kept = without }
    }
    return kept
  }

  private func hiding(_ cells: [Int]) -> HiddenCells {
    var hidden = table
    for cell in cells { hidden.isHidden[cell] = true }
    return hidden
  }

  private func exposed(_ table: HiddenCells) -> Int? {
    primary.first { !table.leaves($0, width: width) }
  }
}
