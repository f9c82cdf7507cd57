import Testing

@testable import Statistics

@Suite struct AgreementTests {
  // MARK: Cohen's kappa

  /// Kappa from the square table of all pairs of categories, as it is defined.
  private func byTable(
    _ first: [Int], _ second: [Int], _ categories: Int, weight: (Int, Int) -> Double
  ) -> Double? {
    let n = Double(first.count)
    var (observed, expected) = (0.0, 0.0)
    for row in 0..<categories {
      for column in 0..<categories {
        let pairs = zip(first, second).count { $0 == row && $1 == column }
        let chance = Double(first.count { $0 == row } * second.count { $0 == column })
        observed += weight(row, column) * Double(pairs) / n
        expected += weight(row, column) * chance / (n * n)
      }
    }
    return expected == 0 ? nil : 1 - observed / expected
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `kappa from margins is kappa from the table`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let categories = Int(seed % 5) + 2
    let first = (0..<30).map { _ in Int(random.next(below: UInt64(categories))) }
    let second = first.map { code in
      random.next(below: 2) == 0 ? code : Int(random.next(below: UInt64(categories)))
    }
    let kappa = CohenKappa(first: first, second: second, categories: categories)
    #expect(
      agree(kappa.kappa, byTable(first, second, categories) { $0 == $1 ? 0 : 1 }), "seed \(seed)")
    #expect(
      agree(kappa.linear, byTable(first, second, categories) { Double(abs($0 - $1)) }),
      "seed \(seed)")
    #expect(
      agree(kappa.quadratic, byTable(first, second, categories) { Double(($0 - $1) * ($0 - $1)) }),
      "seed \(seed)")
    let value = try #require(kappa.kappa)
    let (lower, upper) = (try #require(kappa.lower), try #require(kappa.upper))
    #expect(lower <= value && value <= upper, "seed \(seed)")
    let swapped = CohenKappa(first: second, second: first, categories: categories)
    #expect(agree(kappa.kappa, swapped.kappa) && agree(kappa.standardError, swapped.standardError))
    // Two categories leave only one way to miss.
    if categories == 2 { #expect(agree(kappa.kappa, kappa.linear)) }
  }

  @Test func `the interval of kappa shrinks with the root of the units`() throws {
    let (first, second) = ([0, 1, 2, 1, 0, 2, 2, 0], [0, 1, 1, 1, 0, 2, 0, 0])
    let small = CohenKappa(first: first, second: second, categories: 3)
    let large = CohenKappa(
      first: Array(repeating: first, count: 100).flatMap(\.self),
      second: Array(repeating: second, count: 100).flatMap(\.self), categories: 3)
    #expect(agree(small.kappa, large.kappa))
    #expect(agree(small.standardError, large.standardError.map { $0 * 10 }))
  }

  @Test func `kappa knows its ends`() {
    let same = CohenKappa(first: [0, 1, 2, 2], second: [0, 1, 2, 2], categories: 3)
    #expect(same.kappa == 1 && same.standardError == 0 && same.quadratic == 1)
    let one = CohenKappa(first: [1, 1], second: [1, 1], categories: 3)
    #expect(one.status == .noDenominator && one.agreement == 1)
    #expect(one.kappa == nil && one.linear == nil && one.lower == nil)
    #expect(CohenKappa(first: [], second: [], categories: 2).status == .noData)
    let missing = CohenKappa(first: [0, nil, 1], second: [nil, 1, 1], categories: 2)
    #expect(missing.n == 1 && missing.missing == 2)
    let large = CohenKappa(
      first: (0..<1_000_000).map { $0 % 7 }, second: (0..<1_000_000).map { $0 % 5 }, categories: 7)
    #expect(large.status == .ok && agree(large.kappa, 0, tolerance: 1e-5))
  }

  // MARK: Intraclass correlation

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `mean squares add up and the limits hold the estimate`(seed: UInt64) throws {
    var samples = RatingSamples(seed: seed)
    let groups = (0..<60).map { _ -> Int? in
      let group = Int(samples.random.next(below: 9))
      return group == 8 ? nil : group
    }
    let values = groups.map { group in Double?(samples.normal() + Double(group ?? 0) * 0.3) }
    let icc = IntraclassCorrelation(values: values, groups: groups)
    let kept = zip(values, groups).compactMap { $1 == nil ? nil : $0 }
    let total = squaredDeviations(kept, from: try #require(center(kept)))
    let between = (try #require(icc.meanSquareBetween)) * Double(icc.degreesBetween)
    let within = (try #require(icc.meanSquareWithin)) * Double(icc.degreesWithin)
    #expect(agree(between + within, total), "seed \(seed)")
    let single = try #require(icc.single)
    let (lower, upper) = (try #require(icc.lower), try #require(icc.upper))
    #expect(lower <= single && single <= upper, "seed \(seed)")
    #expect(icc.missing == 60 - kept.count && icc.n == kept.count)
    let scaled = IntraclassCorrelation(
      values: values.map { $0.map { $0 * 40 - 7 } }, groups: groups.map { $0.map(String.init) })
    #expect(agree(icc.single, scaled.single) && agree(icc.pValue, scaled.pValue), "seed \(seed)")
    let order = values.indices.shuffled(using: &samples.random)
    let shuffled = IntraclassCorrelation(
      values: order.map { values[$0] }, groups: order.map { groups[$0] })
    #expect(agree(icc.single, shuffled.single) && agree(icc.lower, shuffled.lower))
  }

  @Test func `groups of one size have one group size`() throws {
    let icc = IntraclassCorrelation(
      values: [1, 2, 3, 5, 4, 6], groups: ["a", "a", "b", "b", "c", "c"])
    #expect(icc.effectiveGroupSize == 2 && icc.meanGroupSize == 2)
    #expect(icc.single == icc.singleByMeanSize)
    // Spearman–Brown: the mean of two ratings.
    #expect(agree(icc.mean, steppedUp(try #require(icc.single), items: 2)))
  }

  @Test func `an ICC knows its ends`() {
    let values: [Double?] = [0.1, 0.1, 0.1, 0.3, 0.3, 0.3]
    let groups = ["a", "a", "a", "b", "b", "b"]
    let apart = IntraclassCorrelation(values: values, groups: groups)
    #expect(apart.single == 1 && apart.mean == 1 && apart.fRatio == nil && apart.lower == 1)
    let flat = IntraclassCorrelation(values: values.map { _ in 0.1 }, groups: groups)
    #expect(flat.status == .noDenominator && flat.single == nil && flat.fRatio == nil)
    let against = IntraclassCorrelation(values: [1, 9, 2, 8], groups: ["a", "a", "b", "b"])
    #expect((against.single ?? 0) < 0 && against.status == .ok)
    let alone = IntraclassCorrelation(values: [1, 2, 3], groups: ["a", "b", "c"])
    #expect(alone.status == .insufficientN && alone.meanSquareBetween == 1)
    #expect(alone.meanSquareWithin == nil && alone.degreesWithin == 0)
    let one = IntraclassCorrelation(values: [1, 2, 3], groups: ["a", "a", "a"])
    #expect(one.status == .insufficientN && one.meanSquareWithin == 1)
    #expect(IntraclassCorrelation(values: [], groups: [Int?]()).status == .noData)
    #expect(IntraclassCorrelation(values: [nil, 1], groups: [1, nil]).status == .noData)
    let bad = IntraclassCorrelation(values: [.nan, 1], groups: [1, 2])
    #expect(bad.status == .invalidCodes && bad.single == nil)
  }

  @Test func `a million ratings do not overflow`() {
    let values = (0..<1_000_000).map { Double?(Double($0 * 37 % 101) * 1e140) }
    let groups = (0..<1_000_000).map { Int?($0 % 999) }
    let icc = IntraclassCorrelation(values: values, groups: groups)
    #expect(icc.status == .ok && icc.single?.isFinite == true && icc.lower?.isFinite == true)
  }

  // MARK: Agreement within groups

  private let uniform = WithinGroupAgreement.uniformVariance(options: 5)

  @Test func `one item and several that are the same differ as the formula says`() throws {
    let item: [Double?] = [4, 5, 4, 3, 2, 2, nil, 1]
    let groups: [String?] = ["10", "10", "10", "2", "2", "2", "2", nil]
    let one = WithinGroupAgreement(items: [item], groups: groups, nullVariance: uniform)
    let three = WithinGroupAgreement(
      items: [item, item, item], groups: groups, nullVariance: uniform)
    #expect(one.firstItem.map(\.label) == ["2", "10"] && one.allItems == nil)
    #expect(one.firstItem.map(\.raters) == [3, 3] && one.firstItem == three.firstItem)
    for (single, several) in zip(one.firstItem, try #require(three.allItems)) {
      let agreement = try #require(single.agreement)
      #expect(agree(several.agreement, steppedUp(agreement, items: 3)))
    }
    #expect(agree(one.record.value, AgreementSummary(one.firstItem).median))
    #expect(three.record.method == "rwg_j" && three.record.missing.skipped == 2)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `agreement lies in 0...1 and does not see the order of raters`(seed: UInt64) {
    var samples = RatingSamples(seed: seed)
    let items = samples.scale(items: 4, people: 60, steps: 5)
    let labels = (0..<60).map { Double?(Double($0 % 7)) }
    let together = samples.shuffled(items + [labels])
    func agreement(_ columns: [[Double?]]) -> WithinGroupAgreement {
      let groups = columns[4].map { $0.map { "g\(Int($0))" } }
      return WithinGroupAgreement(
        items: Array(columns[..<4]), groups: groups, nullVariance: uniform)
    }
    let (one, other) = (agreement(items + [labels]), agreement(together))
    for (first, second) in zip(one.allItems ?? [], other.allItems ?? []) {
      #expect(first.label == second.label && agree(first.agreement, second.agreement))
      #expect((first.agreement ?? -1) >= 0 && (first.agreement ?? 2) <= 1, "seed \(seed)")
    }
    #expect(one.allItems?.count == 7)
  }

  @Test func `agreement that cannot be said is not said`() {
    func agreement(_ items: [[Double?]], _ groups: [String?]) -> WithinGroupAgreement {
      WithinGroupAgreement(items: items, groups: groups, nullVariance: uniform)
    }
    let single = agreement([[1, 2]], ["a", "b"])
    #expect(single.status == .ok && single.firstItem.map(\.agreement) == [nil, nil])
    #expect(single.record.status == .insufficientN && single.record.value == nil)
    #expect(agreement([], []).status == .tooFewItems)
    #expect(agreement([[]], []).status == .noData)
    #expect(agreement([[nil, 1]], ["a", nil]).status == .noData)
    #expect(agreement([[1, .infinity]], ["a", "a"]).status == .invalidCodes)
    let split = agreement([[0.1, 0.1, 0.1, 1, 5]], ["a", "a", "a", "b", "b"])
    #expect(split.firstItem.map(\.agreement) == [1, 0])
    let summary = AgreementSummary(split.firstItem)
    #expect(summary.mean == 0.5 && summary.shareFromSeventy == 0.5 && summary.groups == 2)
  }
}
