/// When the planner should look at the facts anew: in a long catch-up each time they have doubled, for
/// with what it knows of empty tables it chooses plans that take many times as long; otherwise when
/// there is nothing to do and much has come since it looked last.
struct StatisticsDue {
  /// After so many new rows, or events that make them, it is worth it.
  static let manyRows = 10_000

  /// Events since the planner looked last, and those of the catch-up under way.
  private var unseen = 0
  private var total = 0

  /// - Parameter taken: events of the last claim, 0 where there was nothing to do.
  mutating func isDue(after taken: Int) -> Bool {
    unseen += taken
    total = taken == 0 ? 0 : total + taken
    guard unseen >= max(StatisticsDue.manyRows, total / 2) else { return false }
    unseen = 0
    return true
  }
}
