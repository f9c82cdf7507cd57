import Statistics
import Testing

/// What each statistic shows as its headline.
@Suite struct RecordTests {
  private let pairs = PairedSample(before: [1, 2, 3, 4, 5, nil], after: [2, 2, 5, 7, 6, 1])

  @Test func `a record repeats its statistic`() throws {
    let share = Proportion(16, of: 19, method: .clopperPearson, confidence: 0.9)
    #expect(share.record.value == share.estimate && share.record.method == "clopper_pearson")
    #expect(share.record.numerator == 16 && share.record.denominator == 19)
    #expect(share.record.confidence == 0.9 && share.record.n == 19)
    let change = PairedChange(pairs)
    #expect(change.record.value == change.effect.unbiased && change.record.n == 5)
    #expect(change.record.lower == change.effect.lower && change.record.missing.total == 1)
    let typical = HodgesLehmann(pairs)
    #expect(typical.record.value == typical.estimate && typical.record.upper == typical.upper)
    let ranks = WilcoxonSignedRank(pairs)
    #expect(ranks.record.value == ranks.rankBiserial && ranks.record.lower == nil)
    let groups = TwoGroupComparison([1, 2, 3], [2, 3, 4, nil])
    #expect(groups.record.value == groups.cliff.delta && groups.record.n == 6)
    let rate = RateInterval(7, in: 480, per: 100)
    #expect(rate.record.value == rate.rate && rate.record.denominator == 480)
    let median = QuantileSummary([3, 1, nil, 2])
    #expect(median.record.value == 2 && median.record.missing.skipped == 1)
  }

  @Test func `a Likert item shows its mean with the t interval of its scores`() throws {
    let answers: [Int?] = [7, 5, 6, 2, 8, 8, nil, 4]
    let item = try LikertSummary(answers, scale: AnswerScale(), confidence: 0.9)
    let mean = MeanInterval([7, 5, 6, 2, 4], confidence: 0.9)
    #expect(item.record.value == mean.mean && item.record.confidence == 0.9)
    #expect(agree(item.record.lower, mean.lower) && agree(item.record.upper, mean.upper))
    #expect(item.record.missing.notRelevant == 2 && item.record.missing.skipped == 1)
    let alone = try LikertSummary([7], scale: AnswerScale()).record
    #expect(alone.value == 7 && alone.lower == nil && alone.confidence == nil)
    let none = try LikertSummary([8], scale: AnswerScale()).record
    #expect(none.status == .noValidAnswers && none.value == nil)
  }

  @Test func `a scale score says when it is prorated`() throws {
    let rule = ScaleRule(answers: AnswerScale(), reversed: [false, false, true, false])
    let whole = try rule.score([1, 2, 3, 4]).record
    let part = try rule.score([1, 2, nil, 8]).record
    #expect(whole.caveats.isEmpty && whole.value == 3 && whole.n == 1)
    #expect(part.caveats == ["prorated_scores"] && part.missing.notRelevant == 1)
    #expect(try rule.score([1, nil, nil, nil]).record.n == 0)
  }

  @Test func `a Gini shows the corrected one, a bootstrap its better interval`() {
    #expect(Gini([0, 0, 0, 9]).record.value == 1)
    #expect(Gini([5]).record.status == .noVarianceEstimate)
    let interval = BootstrapInterval.mean(of: [1, 2, 3, 4, 9], replicates: 200, seed: 1)
    #expect(interval.record.method == "bca" && interval.record.lower == interval.bca?.limits.lower)
    let rare = (1...4).map {
      Cluster(key: "\($0)", numerator: 0, denominator: $0 == 1 ? 2 : 0)
    }
    #expect(BootstrapInterval.ratio(of: rare, seed: 1).record.caveats == ["undefined_replicates"])
  }

  @Test func `no headline, no limits and no confidence`() {
    let records = [
      Proportion(0, of: 0).record, MeanInterval([]).record, RateInterval(1, in: 0).record,
      PairedChange(PairedSample(before: [], after: [])).record,
      HodgesLehmann(PairedSample(before: [], after: [])).record,
      TwoGroupComparison([], []).record, RankCorrelation([], []).record,
      CliffDelta([], []).record, WelchTest([1], [2]).record, Gini([]).record,
    ]
    for record in records {
      #expect(record.status != .ok && record.value == nil && record.lower == nil)
      #expect(record.upper == nil && record.confidence == nil)
    }
  }
}
