import Testing

@testable import Statistics

/// Sorting, ranking and summing, against the plain way.
@Suite struct OrderTests {
  @Test(arguments: seeds)
  func `sorting by digits is sorting`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    for kind in RandomSamples.Kind.allCases {
      let values =
        samples.values(700, kind) + [
          0, -0.0, -1e300, .leastNonzeroMagnitude, .infinity, -.infinity,
        ]
      #expect(ascending(values) == values.sorted(), "seed \(seed)")
      struct Row: Equatable {
        var key: UInt64
        var place: Int
      }
      let rows = values.enumerated().map { Row(key: $0.element.sortKey, place: $0.offset) }
      // The standard library's sort is stable too.
      #expect(radixSorted(rows, by: \.key) == rows.sorted { $0.key < $1.key }, "seed \(seed)")
    }
    #expect(ascending([]) == [] && ascending([3]) == [3])
  }

  @Test(arguments: seeds)
  func `a mid-rank is the mean of the places that ties take`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    for count in [0, 1, 2, 30, 300] {
      let values = samples.values(count, samples.kind())
      let ranks = MidRanks(values)
      let naive = values.map { value in
        let below = values.count { $0 < value }
        let tied = values.count { $0 == value }
        return Double(below) + Double(tied + 1) / 2
      }
      #expect(ranks.ranks == naive, "seed \(seed)")
      #expect(ranks.tieSizes.reduce(0, +) == count, "seed \(seed)")
      #expect(ranks.doubled.reduce(0, +) == count * (count + 1), "seed \(seed)")
      #expect(ranks.tieTerm == ranks.tieSizes.reduce(0.0) { $0 + Double($1 * $1 * $1 - $1) })
    }
  }

  @Test(arguments: seeds)
  func `both exact sums are the same sum`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let sizes = [0x1p-1040, 1e-20, 1, 1e15, 1e300]
    let values = (0..<3000).map { _ in
      samples.values(1, .continuous)[0] * sizes[samples.integer(0...4)]
    }
    var sum = ExactSum()
    for value in values + values.map(-) + [0.1] { sum.add(value) }
    #expect(exactSum(values + values.map(-) + [0.1]) == 0.1, "seed \(seed)")
    #expect(sum.value == 0.1, "seed \(seed)")
    var plain = ExactSum()
    for value in values { plain.add(value) }
    #expect(exactSum(values) == plain.value, "seed \(seed)")
    #expect(exactSum(samples.shuffled(values)) == plain.value, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func `the quick sum is the exact one, or says nothing`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    var answered = 0
    for kind in RandomSamples.Kind.allCases {
      for count in [0, 1, 7, 8, 500] {
        let values = samples.values(count, kind).map { $0 * 0.1 }
        var exact = ExactSum()
        for value in values { exact.add(value) }
        let quick = values.withUnsafeBufferPointer(quickSum)
        if quick != nil { answered += 1 }
        #expect(quick == nil || quick == exact.value, "seed \(seed)")
        #expect(exactSum(values) == exact.value, "seed \(seed)")
      }
    }
    #expect(answered >= 15, "seed \(seed)")
  }

  @Test func `a sum halfway between two numbers is left to exact bins`() {
    let zeros = [Double](repeating: 0, count: 20)
    #expect((zeros + [1, 0x1p-53]).withUnsafeBufferPointer(quickSum) == nil)
    #expect(exactSum([0x1p-53, 1, 0x1p-106] + zeros) == 1.0.nextUp)
    #expect(exactSum([0x1p-53, 1, -0x1p-106] + zeros) == 1)
    #expect(exactSum([0x1p-53, 1] + zeros) == 1)
    #expect(exactSum([1e300, 1, -1e300, 1, 1, 1, 1, 1, 1e-300]) == 6)
    #expect(exactSum([1.7e308, 1.7e308, -1.7e308, 1] + zeros) == 1.7e308)
  }

  @Test func `equal values have no spread, whatever rounding does to their mean`() {
    for value in [0.1, 1.1, 1e-7, 123_456.789] {
      for count in [2, 3, 10, 441] {
        let same = Array(repeating: value, count: count)
        #expect(standardDeviation(same) == 0, "\(count) times \(value)")
        #expect(Gini(same).coefficient == 0, "\(count) times \(value)")
      }
    }
  }
}
