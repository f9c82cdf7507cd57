/// When the planner should look at the facts anew: in a long catch-up each time they have doubled, for
/// with what it knows of empty tables it chooses plans that take many times as long, and at its end.
struct StatisticsDue {
  private var events = 0
  private var next = FactWorker.manyEvents
  private var hasNews = false

  /// - Parameter taken: events of the last claim, 0 where there was nothing to do.
  mutating func isDue(after taken: Int) -> Bool {
    guard taken > 0 else {
      defer { self = StatisticsDue() }
      return hasNews && events > FactWorker.manyEvents
    }
    events += taken
    hasNews = true
    guard events >= next else { return false }
    next = events * 2
    hasNews = false
    return true
  }
}
