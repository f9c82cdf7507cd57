import Testing

@testable import Statistics

@Suite struct KrippendorffAlphaTests {
  private typealias Level = KrippendorffAlpha.Level

  /// Alpha pair by pair, as it is defined, with the difference written out for each level.
  private func byPairs(_ coders: [[Double?]], _ level: Level) -> Double? {
    let units = (coders.first?.indices).map(Array.init)?.map { unit in
      coders.compactMap { $0[unit] }
    }.filter { $0.count > 1 }
    let codes = (units ?? []).flatMap(\.self)
    func difference(_ first: Double, _ second: Double) -> Double {
      switch level {
      case .nominal: return first == second ? 0 : 1
      case .interval: return (first - second) * (first - second)
      case .ratio:
        let sum = first + second
        return sum == 0 ? 0 : (first - second) * (first - second) / (sum * sum)
      case .ordinal:
        let (low, high) = (min(first, second), max(first, second))
        let between = Double(codes.count { $0 >= low && $0 <= high })
        let ends = Double(codes.count { $0 == low } + codes.count { $0 == high }) / 2
        return first == second ? 0 : (between - ends) * (between - ends)
      }
    }
    func pairs(_ values: [Double]) -> Double {
      var sum = 0.0
      for (index, first) in values.enumerated() {
        for second in values[..<index] { sum += 2 * difference(first, second) }
      }
      return sum
    }
    let observed = (units ?? []).reduce(0) { $0 + pairs($1) / Double($1.count - 1) }
    let expected = pairs(codes)
    return expected == 0 ? nil : 1 - Double(codes.count - 1) * observed / expected
  }

  private func sample(_ seed: UInt64, coders: Int, units: Int, values: UInt64) -> [[Double?]] {
    var random = Xoshiro256StarStar(seed: seed)
    let truth = (0..<units).map { _ in random.next(below: values) }
    return (0..<coders).map { _ in
      truth.map { value in
        if random.next(below: 5) == 0 { return nil }
        return Double(random.next(below: 3) == 0 ? random.next(below: values) : value)
      }
    }
  }

  @Test(arguments: Level.allCases, 1...10 as ClosedRange<UInt64>)
  func `counting gives what comparing every pair gives`(
    level: KrippendorffAlpha.Level, seed: UInt64
  ) {
    let coders = sample(seed, coders: 2 + Int(seed % 4), units: 25, values: 2 + seed)
    let alpha = KrippendorffAlpha(coders: coders, level: level)
    #expect(agree(alpha.alpha, byPairs(coders, level)), "seed \(seed)")
    #expect(alpha.status == .ok, "seed \(seed)")
  }

  @Test(arguments: Level.allCases)
  func `coders and units may stand in any order`(level: KrippendorffAlpha.Level) {
    var samples = RatingSamples(seed: 21)
    let coders = sample(21, coders: 4, units: 40, values: 6)
    let alpha = KrippendorffAlpha(coders: coders, level: level)
    let shuffled = samples.shuffled(coders).shuffled(using: &samples.random)
    #expect(agree(alpha.alpha, KrippendorffAlpha(coders: shuffled, level: level).alpha))
    #expect(alpha.codes + alpha.unpaired == 160)
  }

  @Test func `each level sees what it should`() {
    let coders = sample(8, coders: 3, units: 60, values: 5)
    func alpha(_ level: Level, _ change: (Double) -> Double) -> Double? {
      KrippendorffAlpha(coders: coders.map { $0.map { $0.map(change) } }, level: level).alpha
    }
    let renamed = [3.0, 0, 4, 1, 2]
    #expect(agree(alpha(.nominal) { $0 }, alpha(.nominal) { renamed[Int($0)] }))
    #expect(agree(alpha(.ordinal) { $0 }, alpha(.ordinal) { $0 * $0 * $0 }))
    #expect(agree(alpha(.interval) { $0 }, alpha(.interval) { 7 - 3 * $0 }))
    #expect(agree(alpha(.ratio) { $0 }, alpha(.ratio) { $0 * 12 }))
    #expect(!agree(alpha(.ordinal) { $0 }, alpha(.ordinal) { renamed[Int($0)] }))
    #expect(!agree(alpha(.interval) { $0 }, alpha(.interval) { $0 * $0 * $0 }))
    #expect(!agree(alpha(.ratio) { $0 }, alpha(.ratio) { $0 + 10 }))
    let words = coders.map { $0.map { $0.map { "theme \($0)" } } }
    #expect(agree(alpha(.nominal) { $0 }, KrippendorffAlpha(coders: words).alpha))
  }

  @Test(arguments: Level.allCases)
  func `full agreement is one, and lone codes count nowhere`(level: KrippendorffAlpha.Level) {
    let row: [Double?] = [1, 2, 3, 3]
    let agreed = KrippendorffAlpha(coders: [row, row], level: level)
    #expect(agreed.alpha == 1 && agreed.units == 4 && agreed.codes == 8)
    let lone = KrippendorffAlpha(coders: [row + [9], row + [nil]], level: level)
    #expect(lone.alpha == 1 && lone.units == 4 && lone.unpaired == 2)
  }

  @Test func `what has no alpha says why`() {
    func status(_ coders: [[Double?]], _ level: Level = .interval) -> Status {
      let alpha = KrippendorffAlpha(coders: coders, level: level)
      #expect(alpha.alpha == nil)
      return alpha.status
    }
    #expect(status([]) == .noData && status([[], []]) == .noData)
    #expect(status([[nil, nil], [nil, nil]]) == .noData)
    #expect(status([[1, nil], [nil, 2]]) == .insufficientPairs)
    #expect(status([[1, 2]]) == .insufficientPairs)
    for level in Level.allCases {
      #expect(status([[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]], level) == .noDenominator)
    }
    #expect(status([[1, .nan], [1, 2]]) == .invalidCodes)
    #expect(status([[1, -.infinity], [1, 2]]) == .invalidCodes)
    #expect(status([[1, -2], [1, 2]], .ratio) == .invalidCodes)
    #expect(KrippendorffAlpha(coders: [[1, -2], [1, 2]], level: .interval).status == .ok)
  }

  @Test(arguments: [Level.nominal, .ordinal, .interval])
  func `codes that are all different take neither long nor a square of memory`(
    level: KrippendorffAlpha.Level
  ) {
    let coders = (0..<2).map { coder in
      (0..<50_000).map { unit in Double?(Double(unit * 2 + coder) * 1e140) }
    }
    let alpha = KrippendorffAlpha(coders: coders, level: level)
    #expect(alpha.status == .ok && alpha.codes == 100_000)
    #expect(level == .nominal ? agree(alpha.alpha, 0, tolerance: 1e-4) : (alpha.alpha ?? 0) > 0.999)
  }
}
