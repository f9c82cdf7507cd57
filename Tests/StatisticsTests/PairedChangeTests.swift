import Testing

@testable import Statistics

@Suite struct PairedChangeTests {
  private func swapped(_ pairs: PairedSample) -> PairedSample {
    PairedSample(before: pairs.after, after: pairs.before)
  }

  @Test(arguments: seeds)
  func `swapping the waves flips every sign`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    for count in [2, 3, 12, 90] {
      let pairs = samples.pairs(count, samples.kind())
      let change = PairedChange(pairs)
      let back = PairedChange(swapped(pairs))
      #expect(agree(change.change.mean, back.change.mean.map(-)), "seed \(seed)")
      #expect(agree(change.t, back.t.map(-)), "seed \(seed)")
      #expect(agree(change.pValue, back.pValue), "seed \(seed)")
      #expect(agree(change.effect.perChange, back.effect.perChange.map(-)), "seed \(seed)")
      #expect(agree(change.effect.unbiased, back.effect.unbiased.map(-)), "seed \(seed)")
      #expect(agree(change.effect.lower, back.effect.upper.map(-)), "seed \(seed)")
      #expect(change.up == back.down && change.unchanged == back.unchanged, "seed \(seed)")
      let (there, reverse) = (change.dominance, back.dominance)
      #expect(there.within == reverse.within.map { 0 - $0 }, "seed \(seed)")
      #expect(there.between == reverse.between.map { 0 - $0 }, "seed \(seed)")
      #expect(there.allPairs == reverse.allPairs.map { 0 - $0 }, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `the order of people does not matter, nor the unit for effects`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let pairs = samples.pairs(60, .continuous)
    let order = samples.shuffled(Array(0..<60))
    let change = PairedChange(pairs)
    let other = PairedChange(
      PairedSample(before: order.map { pairs.before[$0] }, after: order.map { pairs.after[$0] }))
    #expect(change == other, "seed \(seed)")
    let rescaled = PairedChange(
      PairedSample(
        before: pairs.before.map { 8 * $0 + 64 }, after: pairs.after.map { 8 * $0 + 64 }))
    #expect(agree(change.effect.unbiased, rescaled.effect.unbiased, tolerance: 1e-9))
    #expect(agree(change.effect.upper, rescaled.effect.upper, tolerance: 1e-9))
    #expect(agree(change.pValue, rescaled.pValue, tolerance: 1e-9), "seed \(seed)")
    #expect(change.dominance == rescaled.dominance, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func `dominance counts pairs of people`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let pairs = samples.pairs(40, samples.kind())
    var (all, own) = (0, 0)
    for (i, later) in pairs.after.enumerated() {
      for (j, earlier) in pairs.before.enumerated() where later != earlier {
        let sign = later > earlier ? 1 : -1
        all += sign
        if i == j { own += sign }
      }
    }
    let dominance = PairedChange(pairs).dominance
    #expect(dominance.allPairs == Double(all) / 1600, "seed \(seed)")
    #expect(dominance.between == Double(all - own) / 1560, "seed \(seed)")
    #expect(dominance.within == Double(own) / 40, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func `intervals hold the estimate, widen with confidence and narrow with people`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let pairs = samples.pairs(25, samples.kind())
    let change = PairedChange(pairs)
    #expect(isInside(change.change.mean, change.change.lower, change.change.upper))
    #expect(isInside(change.effect.perAverage, change.effect.lower, change.effect.upper))
    func width(_ pairs: PairedSample, _ confidence: Double) -> Double {
      let effect = PairedChange(pairs, confidence: confidence).effect
      return (effect.upper ?? 0) - (effect.lower ?? 0)
    }
    #expect(width(pairs, 0.8) < width(pairs, 0.95) && width(pairs, 0.95) < width(pairs, 0.999))
    let doubled = PairedSample(
      before: pairs.before + pairs.before, after: pairs.after + pairs.after)
    #expect(width(doubled, 0.95) < width(pairs, 0.95), "seed \(seed)")
  }

  @Test func `who lacks a wave is counted and enters nothing`() {
    let pairs = PairedSample(before: [1, nil, 3, nil, 5], after: [2, 4, nil, nil, 9])
    let change = PairedChange(pairs)
    #expect(change.n == 2 && change.beforeOnly == 1 && change.afterOnly == 1)
    #expect(change.change.mean == 2.5 && change.up == 2)
    #expect(change.record.missing.total == 2)
  }

  @Test func `too few pairs have no numbers`() {
    for pairs in [PairedSample(before: [], after: []), PairedSample(before: [3], after: [5])] {
      let change = PairedChange(pairs)
      #expect(change.status == .insufficientPairs)
      #expect(change.t == nil && change.effect == .undefined && change.dominance == .undefined)
      #expect(change.record.value == nil && change.record.confidence == nil)
    }
  }

  @Test func `everyone changing alike has an effect but no t`() {
    // 0.1 has no exact binary form: without rounding, the differences would differ.
    let before = [0.3, 1.1, 2.7, 5.9]
    let change = PairedChange(PairedSample(before: before, after: before.map { $0 + 0.1 }))
    #expect(change.status == .zeroVarianceOfChange)
    #expect(change.t == nil && change.pValue == nil && change.effect.perChange == nil)
    #expect(change.effect.perAverage != nil && change.change.standardDeviation == 0)
    #expect(change.change.lower == change.change.upper && agree(change.change.lower, 0.1))
  }

  @Test func `values that never vary have no standardised change`() {
    let change = PairedChange(PairedSample(before: [4, 4, 4], after: [4, 4, 4]))
    #expect(change.status == .zeroVarianceOfChange && change.correlation == nil)
    #expect(change.effect.perAverage == nil && change.effect.lower == nil)
    #expect(change.effect.hedgesCorrection != nil && change.unchanged == 3)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e200])
  func `what is no number is refused by status`(wrong: Double) {
    let pairs = PairedSample(before: [1, 2, wrong, 4], after: [2, 3, 4, 6])
    let change = PairedChange(pairs)
    #expect(change.status == .invalidCodes && change.record.value == nil)
    #expect(change.dominance == .undefined)
    // Even when the other half of the pair is missing: the column holds something wrong.
    #expect(
      PairedChange(PairedSample(before: [1, wrong], after: [2, nil])).status == .invalidCodes)
    #expect(WilcoxonSignedRank(pairs).status == .invalidCodes)
    #expect(WilcoxonSignedRank(pairs).pValue == nil)
    #expect(HodgesLehmann(pairs).status == .invalidCodes && HodgesLehmann(pairs).estimate == nil)
  }
}
