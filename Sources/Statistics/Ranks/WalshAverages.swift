/// The means of all pairs of some values, each with itself too, without storing them: a million
/// values have half a trillion.
struct WalshAverages {
  /// The distinct values in order, and how many values lie below each; the last entry is all.
  private let values: [Double]
  private let below: [Int]

  /// At least one value, all finite.
  init(_ sample: [Double]) {
    var (values, below): ([Double], [Int]) = ([], [])
    for (index, value) in ascending(sample).enumerated() where value != values.last {
      values.append(value)
      below.append(index)
    }
    self.values = values
    self.below = below + [sample.count]
  }

  /// How many there are.
  var count: Int { below[values.count] * (below[values.count] + 1) / 2 }

  /// The middle one, or the mean of the two in the middle.
  var median: Double {
    let low = inOrder((count - 1) / 2)
    return count.isMultiple(of: 2) ? (low + inOrder(count / 2)) / 2 : low
  }

  /// The average at the place `index`, from 0, of all in ascending order.
  ///
  /// The averages at most x are quickly counted, so the range that holds the one sought is halved,
  /// until few enough are left in it to be listed. If ties keep them many, halving goes on: the
  /// numbers between two others are finitely many too.
  func inOrder(_ index: Int) -> Double {
    // All up to `low` are `below` many, not more than `index`; more than `index` are up to `high`.
    var low = values[0].nextDown
    var high = values[values.count - 1]
    var below = 0
    var upTo = count
    var steps = 0
    while upTo - below > 2 * values.count + 100 {
      steps += 1
      let middle = steps < 40 ? low + (high - low) / 2 : Self.halfway(low, high)
      guard middle > low, middle < high else { return high }
      let counted = countUp(to: middle)
      if counted > index {
        (high, upTo) = (middle, counted)
      } else {
        (low, below) = (middle, counted)
      }
    }
    return ascending(list(above: low, upTo: high, count: upTo - below))[index - below]
  }

  /// The middle one of the numbers between two; around 0 that is far from the middle of the range.
  private static func halfway(_ low: Double, _ high: Double) -> Double {
    Double(sortKey: low.sortKey + (high.sortKey - low.sortKey) / 2)
  }

  /// The averages above `low` and at most `high`.
  private func list(above low: Double, upTo high: Double, count: Int) -> [Double] {
    var listed: [Double] = []
    listed.reserveCapacity(count)
    // Partners from `first` on, the value itself or greater, up to but not including `last`.
    var (first, last) = (values.count, values.count)
    for place in values.indices {
      while first > 0, (values[place] + values[first - 1]) / 2 > low { first -= 1 }
      while last > 0, (values[place] + values[last - 1]) / 2 > high { last -= 1 }
      let times = below[place + 1] - below[place]
      for partner in max(first, place)..<max(first, place, last) {
        let others = below[partner + 1] - below[partner]
        let pairs = partner == place ? times * (times + 1) / 2 : times * others
        let average = (values[place] + values[partner]) / 2
        listed.append(contentsOf: repeatElement(average, count: pairs))
      }
    }
    return listed
  }

  /// How many averages are at most `limit`.
  private func countUp(to limit: Double) -> Int {
    values.withUnsafeBufferPointer { values in
      below.withUnsafeBufferPointer { below in
        // As one value rises, its partners that keep the mean low can only fall.
        var partners = values.count
        var ordered = 0
        var alone = 0
        for place in values.indices {
          while partners > 0, (values[place] + values[partners - 1]) / 2 > limit { partners -= 1 }
          if partners == 0 { break }
          let times = below[place + 1] - below[place]
          ordered += times * below[partners]
          if values[place] <= limit { alone += times }
        }
        // Each pair of two people was counted both ways round, each person with itself once.
        return (ordered + alone) / 2
      }
    }
  }
}
