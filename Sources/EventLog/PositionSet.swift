/// Positions of a log, kept as ranges: those of one file lie mostly side by side.
struct PositionSet {
  /// Ascending, with a gap between any two.
  private(set) var ranges: [ClosedRange<Int64>] = []

  func contains(_ position: Int64) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < position { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(position)
  }

  mutating func insert(_ range: ClosedRange<Int64>) { merge([range]) }

  mutating func insert(_ positions: [Int64]) {
    merge(positions.sorted().map { $0...$0 })
  }

  /// Merges ascending ranges in, in one pass.
  private mutating func merge(_ new: [ClosedRange<Int64>]) {
    guard let first = new.first else { return }
    if let last = ranges.last, first.lowerBound > last.upperBound {
      for range in new { append(range) }
      return
    }
    let old = ranges
    ranges = []
    ranges.reserveCapacity(old.count + new.count)
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if j == new.count || (i < old.count && old[i].lowerBound <= new[j].lowerBound) {
        append(old[i])
        i += 1
      } else {
        append(new[j])
        j += 1
      }
    }
  }

  /// Adds a range that begins no earlier than the last one.
  private mutating func append(_ range: ClosedRange<Int64>) {
    guard let last = ranges.last, range.lowerBound <= last.upperBound + 1 else {
      ranges.append(range)
      return
    }
    ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
  }
}
