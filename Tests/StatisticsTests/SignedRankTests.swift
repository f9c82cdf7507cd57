import Testing

@testable import Statistics

@Suite struct SignedRankTests {
  private func sample(_ changes: [Double]) -> PairedSample {
    PairedSample(before: changes.map { _ in 0 }, after: changes)
  }

  /// The definition: ranks, and every choice of signs in turn.
  private func naive(_ changes: [Double], pratt: Bool) -> (up: Double, down: Double, p: Double) {
    let ranked = pratt ? changes : changes.filter { $0 != 0 }
    let ranks = MidRanks(ranked.map(\.magnitude)).ranks
    let used = zip(ranked, ranks).filter { $0.0 != 0 }
    let up = used.reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    let down = used.reduce(0) { $1.0 < 0 ? $0 + $1.1 : $0 }
    var (low, high) = (0, 0)
    for signs in 0..<(1 << used.count) {
      let sum = used.indices.reduce(0) { signs >> $1 & 1 == 1 ? $0 + used[$1].1 : $0 }
      if sum <= up { low += 1 }
      if sum >= up { high += 1 }
    }
    return (up, down, min(1, 2 * Double(min(low, high)) / Double(1 << used.count)))
  }

  @Test(arguments: seeds, [WilcoxonSignedRank.Zeros.dropped, .pratt])
  func `the exact p counts all signs`(seed: UInt64, zeros: WilcoxonSignedRank.Zeros) {
    var samples = RandomSamples(seed: seed)
    for count in [1, 2, 5, 9] {
      let changes = (0..<count).map { _ in Double(samples.integer(-3...4)) / 3 }
      let test = WilcoxonSignedRank(sample(changes), zeros: zeros)
      let expected = naive(changes, pratt: zeros == .pratt)
      #expect(test.rankSumUp == expected.up, "seed \(seed)")
      #expect(test.rankSumDown == expected.down, "seed \(seed)")
      #expect(agree(test.exactP, expected.p), "seed \(seed)")
      #expect(test.zeroCount == changes.count { $0 == 0 }, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `exact and normal p agree with many people`(seed: UInt64) throws {
    var samples = RandomSamples(seed: seed)
    let test = WilcoxonSignedRank(samples.pairs(180, .scores))
    let (exact, normal) = (try #require(test.exactP), try #require(test.asymptoticP))
    #expect(abs(exact - normal) < 0.01, "seed \(seed)")
    #expect(test.pValue == test.exactP, "seed \(seed)")
    let longer = WilcoxonSignedRank(samples.pairs(400, .continuous))
    #expect(longer.pValue == longer.asymptoticP && longer.exactP != nil, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func `swapping waves flips the effect, shuffling changes nothing`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let changes = samples.values(70, .continuous).map { ($0 * 2).rounded() }
    for zeros in [WilcoxonSignedRank.Zeros.dropped, .pratt] {
      let test = WilcoxonSignedRank(sample(changes), zeros: zeros)
      let back = WilcoxonSignedRank(sample(changes.map { 0 - $0 }), zeros: zeros)
      #expect(test.rankBiserial == back.rankBiserial.map { 0 - $0 }, "seed \(seed)")
      #expect(test.exactP == back.exactP && test.continuityP == back.continuityP)
      #expect(test == WilcoxonSignedRank(sample(samples.shuffled(changes)), zeros: zeros))
      #expect(test.rankBiserial.map { $0.magnitude <= 1 } == true, "seed \(seed)")
    }
  }

  @Test func `noise in the last bit does not break ties`() {
    let sums = [4.0, 5, 7, 8, 10, 11, 13, 6]
    let later = [5.0, 7, 8, 10, 9, 12, 15, 6]
    let whole = WilcoxonSignedRank(PairedSample(before: sums, after: later))
    let thirds = WilcoxonSignedRank(
      PairedSample(before: sums.map { $0 / 3 }, after: later.map { $0 / 3 }))
    #expect(whole == thirds)
    #expect(whole.zeroCount == 1 && whole.rankSumDown == 2.5)
  }

  @Test func `nobody changing is certain and has no effect size`() {
    for changes in [[], [0, 0, 0]] as [[Double]] {
      let test = WilcoxonSignedRank(sample(changes))
      #expect(test.status == .allZero && test.pValue == 1)
      #expect(test.rankBiserial == nil && test.z == nil && test.variance == nil)
    }
  }

  @Test(arguments: seeds)
  func `the typical change is the median of all Walsh averages`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    for count in [1, 2, 6, 47, 160] {
      let pairs = samples.pairs(count, samples.kind())
      let changes = pairs.differences
      var averages: [Double] = []
      for (i, first) in changes.enumerated() {
        for second in changes[i...] { averages.append((first + second) / 2) }
      }
      averages.sort()
      let typical = HodgesLehmann(pairs, confidence: 0.9)
      #expect(typical.walshAverages == averages.count)
      let middle = averages.count / 2
      let median =
        averages.count.isMultiple(of: 2)
        ? (averages[middle - 1] + averages[middle]) / 2 : averages[middle]
      #expect(typical.estimate == median, "seed \(seed), \(count)")
      guard typical.rank >= 0 else {
        #expect(typical.status == .insufficientPairs && typical.lower == nil && count < 5)
        continue
      }
      #expect(typical.lower == averages[typical.rank], "seed \(seed), \(count)")
      #expect(typical.upper == averages[averages.count - 1 - typical.rank], "seed \(seed)")
      #expect(isInside(typical.estimate, typical.lower, typical.upper), "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `any Walsh average is found in its place`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    // Many zeros among other values: one average that is many, and a middle that crowds at 0.
    let values = samples.values(400, .continuous) + Array(repeating: 0, count: 120)
    let averages = WalshAverages(values)
    var naive: [Double] = []
    for (i, first) in values.enumerated() {
      for second in values[i...] { naive.append((first + second) / 2) }
    }
    naive.sort()
    #expect(averages.count == naive.count)
    for index in [0, 1, 500, naive.count / 2, naive.count - 1] {
      #expect(averages.inOrder(index) == naive[index], "seed \(seed), place \(index)")
    }
  }

  @Test func `moving everyone moves the typical change`() throws {
    var samples = RandomSamples(seed: 5)
    let pairs = samples.pairs(30, .scores)
    let moved = HodgesLehmann(PairedSample(before: pairs.before, after: pairs.after.map { $0 + 2 }))
    let typical = HodgesLehmann(pairs)
    #expect(moved.estimate == typical.estimate.map { $0 + 2 })
    #expect(moved.upper == typical.upper.map { $0 + 2 })
    #expect(HodgesLehmann(PairedSample(before: [], after: [])).status == .insufficientPairs)
  }
}
