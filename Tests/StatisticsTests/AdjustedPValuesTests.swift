import Statistics
import Testing

@Suite struct AdjustedPValuesTests {
  @Test(arguments: seeds)
  func `each adjustment is its definition`(seed: UInt64) {
    var samples = RandomSamples(seed: seed)
    let family = (0..<samples.integer(1...40)).map { _ in Double(samples.integer(0...60)) / 60 }
    let adjusted = AdjustedPValues(family)
    let m = Double(family.count)
    let sorted = family.sorted()
    for (index, p) in family.enumerated() {
      // Holm: the largest (m − j) p(j) over the p up to this one; Hochberg's false discovery
      // rate: the smallest m p(j)/(j + 1) from this one on.
      let upTo = sorted.enumerated().filter { $0.element <= p }
      let from = sorted.enumerated().filter { $0.element >= p }
      let holm = upTo.map { (m - Double($0.offset)) * $0.element }.max() ?? 0
      let rate = from.map { m * $0.element / Double($0.offset + 1) }.min() ?? 1
      #expect(agree(adjusted.holm[index], min(1, holm)), "seed \(seed)")
      #expect(agree(adjusted.benjaminiHochberg[index], min(1, rate)), "seed \(seed)")
      #expect(agree(adjusted.bonferroni[index], min(1, m * p)), "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `adjusting keeps the order and never lowers a p`(seed: UInt64) throws {
    var samples = RandomSamples(seed: seed)
    let family = (0..<25).map { _ in Double(samples.integer(0...1000)) / 1000 }
    let adjusted = AdjustedPValues(family)
    let order = samples.shuffled(Array(family.indices))
    let shuffled = AdjustedPValues(order.map { family[$0] })
    #expect(shuffled.holm == order.map { adjusted.holm[$0] }, "seed \(seed)")
    for index in family.indices {
      let holm = try #require(adjusted.holm[index])
      let rate = try #require(adjusted.benjaminiHochberg[index])
      let bonferroni = try #require(adjusted.bonferroni[index])
      #expect(family[index] <= rate && rate <= holm && holm <= bonferroni, "seed \(seed)")
      #expect(bonferroni <= 1, "seed \(seed)")
    }
  }

  @Test func `a missing p stays missing and makes the family no larger`() {
    let adjusted = AdjustedPValues([0.01, nil, 0.04])
    #expect(adjusted.holm == [0.02, nil, 0.04] && adjusted.n == 2)
    #expect(adjusted.benjaminiHochberg == [0.02, nil, 0.04])
  }

  @Test func `what is no p is refused`() {
    for wrong in [1.1, -0.1, .nan, .infinity] {
      let adjusted = AdjustedPValues([0.5, wrong])
      #expect(adjusted.status == .invalidCodes && adjusted.holm == [nil, nil])
    }
    #expect(AdjustedPValues([]).status == .noData && AdjustedPValues([]).holm.isEmpty)
    #expect(AdjustedPValues([nil]).status == .noData && AdjustedPValues([nil]).holm == [nil])
  }
}
