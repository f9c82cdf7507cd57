/// The cheapest set of elements that has one in common with every given set: least cost, then
/// fewest elements, then the earliest ones.
///
/// Branch and bound. Sets are masks in which element 0 is the highest bit, so that of
/// two masks of equally many elements the greater number is the one with the earlier elements.
struct HittingSet {
  /// What a choice costs, worst last.
  private struct Choice {
    var cost = 0
    var count = 0
    var mask: Mask = 0
  }

  typealias Mask = UInt128
  static let capacity = Mask.bitWidth

  static func bit(_ element: Int) -> Mask { 1 << (capacity - 1 - element) }

  /// Elements of a mask, ascending.
  static func elements(_ mask: Mask) -> [Int] {
    var elements: [Int] = []
    var rest = mask
    while rest != 0 {
      elements.append(rest.leadingZeroBitCount)
      rest &= ~bit(rest.leadingZeroBitCount)
    }
    return elements
  }

  private let costs: [Int]
  private let sets: [Mask]
  private var best: Choice?
  private var steps: Int

  /// - Parameter limit: how many branches to look at before giving up.
  /// - Returns: the mask, or `nil` when some set is empty; `isExhausted` when the limit came first.
  static func cheapest(
    hitting sets: [Mask], costs: [Int], limit: inout Int
  ) -> (mask: Mask?, isExhausted: Bool) {
    var search = HittingSet(costs: costs, sets: sets, limit: limit)
    search.branch(Choice(), banned: 0)
    limit = search.steps
    return (search.best?.mask, search.steps < 0)
  }

  private init(costs: [Int], sets: [Mask], limit: Int) {
    self.costs = costs
    steps = limit
    // Dear sets first: they make the better bound.
    self.sets = sets.map { set in
      (set: set, price: Self.elements(set).map { costs[$0] }.min() ?? .max)
    }.sorted { ($1.price, $0.set) < ($0.price, $1.set) }.map(\.set)
  }

  private mutating func branch(_ choice: Choice, banned: Mask) {
    steps -= 1
    guard steps >= 0 else { return }
    var least = choice
    var used: Mask = 0
    var narrowest: Mask = 0
    for set in sets where set & choice.mask == 0 {
      let open = set & ~banned
      if open == 0 { return }
      if narrowest == 0 || open.nonzeroBitCount < narrowest.nonzeroBitCount { narrowest = open }
      // Sets that share nothing must each be paid for.
      if open & used == 0 {
        used |= open
        least.cost += cheapestCost(open)
        least.count += 1
      }
    }
    guard improves(least, banned) else { return }
    guard narrowest != 0 else {
      best = choice
      return
    }
    var banned = banned
    for element in Self.elements(narrowest) {
      branch(
        Choice(
          cost: choice.cost + costs[element], count: choice.count + 1,
          mask: choice.mask | Self.bit(element)), banned: banned)
      banned |= Self.bit(element)
    }
  }

  private func cheapestCost(_ open: Mask) -> Int {
    var least = Int.max
    var rest = open
    while rest != 0 {
      least = min(least, costs[rest.leadingZeroBitCount])
      rest &= ~Self.bit(rest.leadingZeroBitCount)
    }
    return least
  }

  /// Whether something better than the best so far can come of a choice with this lower bound.
  private func improves(_ least: Choice, _ banned: Mask) -> Bool {
    guard let best else { return true }
    if (least.cost, least.count) != (best.cost, best.count) {
      return (least.cost, least.count) < (best.cost, best.count)
    }
    // Equal in cost and number at best: the earliest elements that are left decide.
    var mask = least.mask
    var free = ~(banned | mask)
    while mask.nonzeroBitCount < best.count, free != 0 {
      mask |= Self.bit(free.leadingZeroBitCount)
      free &= ~Self.bit(free.leadingZeroBitCount)
    }
    return mask > best.mask
  }
}
