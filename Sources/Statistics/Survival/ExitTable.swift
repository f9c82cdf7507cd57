/// Everyone's way out in order of time, which all survival statistics walk through once.
struct ExitTable {
  /// When somebody left, and how, as the statistic numbers it.
  struct Exit {
    var time: Double
    var code: Int32
  }

  /// Those who leave at one time.
  struct Moment {
    var time: Double
    /// People who have not left before, those who leave now among them.
    var atRisk: Int
    var exits: ArraySlice<Exit>
  }

  let exits: [Exit]
  /// Times at most this far apart are one.
  private let fuzz: Double

  /// `nil` if a time is impossible: negative, not finite or beyond 10^150.
  init?(_ exits: [Exit]) {
    guard exits.allSatisfy({ $0.time >= 0 && $0.time.isUsable }) else { return nil }
    self.exits = radixSorted(exits, by: \.time.sortKey)
    fuzz = Self.fuzz(self.exits)
  }

  /// Days divided by 30.4375 and the like differ in the last bit where the days agree, so
  /// neighbours count as tied when they differ by less than half the digits of a `Double`, in
  /// absolute terms or relative to the mean of the distinct times. R's survival does the same.
  private static func fuzz(_ exits: [Exit]) -> Double {
    var mean = 0.0
    var distinct = 0.0
    var last = -1.0
    for exit in exits where exit.time != last {
      distinct += 1
      mean += (exit.time - mean) / distinct
      last = exit.time
    }
    return Double.ulpOfOne.squareRoot() * max(1, mean)
  }

  /// Calls `body` with each distinct time, the earliest first.
  func forEachMoment(_ body: (Moment) -> Void) {
    var start = 0
    while start < exits.count {
      var end = start + 1
      while end < exits.count, exits[end].time - exits[end - 1].time <= fuzz { end += 1 }
      body(
        Moment(
          time: exits[start].time, atRisk: exits.count - start, exits: exits[start..<end]))
      start = end
    }
  }
}
