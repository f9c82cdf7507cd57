import Statistics
import Testing

@Suite struct KaplanMeierTests {
  /// People who leave at few different times, so that events and censorings tie.
  private func people(
    _ random: inout Xoshiro256StarStar, _ count: Int, times: UInt64 = 9, eventsIn10: UInt64 = 6
  ) -> [FollowUp] {
    (0..<count).map { _ in
      FollowUp(
        time: Double(random.next(below: times)), isEvent: random.next(below: 10) < eventsIn10)
    }
  }

  @Test(arguments: 1...20)
  func `the curve is the product limit, counted one person at a time`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let people = people(&random, 1 + Int(random.next(below: 40)))
    let curve = KaplanMeier(people)
    var survival = 1.0
    var variance = 0.0
    for (step, time) in zip(curve.steps, Set(people.map(\.time)).sorted()) {
      let atRisk = Double(people.count { $0.time >= time })
      let events = Double(people.count { $0.time == time && $0.isEvent })
      survival *= 1 - events / atRisk
      variance += events / (atRisk * (atRisk - events))
      #expect(step.time == time && Double(step.atRisk) == atRisk, "seed \(seed)")
      #expect(Double(step.events) == events, "seed \(seed)")
      #expect(step.censored == people.count { $0.time == time && !$0.isEvent }, "seed \(seed)")
      #expect(abs(step.survival - survival) < 1e-14, "seed \(seed)")
      if atRisk > events {
        let error = step.standardError ?? .nan
        #expect(abs(error - survival * variance.squareRoot()) < 1e-14, "seed \(seed)")
      }
    }
    #expect(curve.steps.count == Set(people.map(\.time)).count, "seed \(seed)")
  }

  @Test(arguments: 1...20)
  func `limits hold the curve, shuffling changes nothing`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let people = people(&random, 30)
    let curve = KaplanMeier(people, confidence: 0.9)
    #expect(curve == KaplanMeier(people.shuffled(using: &random), confidence: 0.9), "seed \(seed)")
    let wider = KaplanMeier(people, confidence: 0.99)
    for step in curve.steps {
      let (narrow, wide) = (curve.limits(step), wider.limits(step))
      #expect((narrow == nil) == (step.survival == 0 || step.survival == 1), "seed \(seed)")
      guard let narrow, let wide else { continue }
      #expect(0 < wide.lower && wide.lower < narrow.lower, "seed \(seed)")
      #expect(narrow.lower < step.survival && step.survival < narrow.upper, "seed \(seed)")
      #expect(narrow.upper < wide.upper && wide.upper < 1, "seed \(seed)")
    }
    if let median = curve.median.time, let lower = curve.median.lower {
      #expect(lower <= median && median <= curve.median.upper ?? .infinity, "seed \(seed)")
    }
  }

  @Test(arguments: 1...20)
  func `the restricted mean is the area, and without censoring the mean`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let people = people(&random, 25)
    let curve = KaplanMeier(people)
    let mean = try #require(curve.restrictedMean(to: 6.5))
    let width = 0.125
    let area = (0..<52).reduce(0) { sum, slice in
      sum + width * (curve.value(at: Double(slice) * width)?.survival ?? .nan)
    }
    #expect(abs(mean.mean - area) < 1e-12, "seed \(seed)")
    let all = people.map { FollowUp(time: $0.time, isEvent: true) }
    let whole = try #require(KaplanMeier(all).restrictedMean(to: 9))
    let times = people.map(\.time)
    #expect(abs(whole.mean - (Statistics.mean(times) ?? .nan)) < 1e-12, "seed \(seed)")
    // Greenwood's variance is then the one with denominator n.
    let spread = (Statistics.standardDeviation(times) ?? .nan) * (24.0 / 25).squareRoot()
    #expect(abs(whole.standardError - spread / 5) < 1e-12, "seed \(seed)")
  }

  @Test func `the interval shrinks with more people`() throws {
    var random = Xoshiro256StarStar(seed: 5)
    let few = people(&random, 40)
    let many = Array(repeating: few, count: 9).flatMap(\.self)
    let small = try #require(KaplanMeier(few).value(at: 4))
    let large = try #require(KaplanMeier(many).value(at: 4))
    #expect(abs(large.survival - small.survival) < 1e-14)
    #expect(
      (large.upper ?? 1) - (large.lower ?? 0) < ((small.upper ?? 1) - (small.lower ?? 0)) / 2)
    #expect(large.standardError ?? 1 < (small.standardError ?? 0) / 2)
  }

  @Test func `who is censored at the time of an event was at risk of it`() {
    let curve = KaplanMeier([
      FollowUp(time: 3, isEvent: false), FollowUp(time: 3, isEvent: true),
      FollowUp(time: 5, isEvent: false),
    ])
    #expect(curve.steps[0].atRisk == 3 && curve.steps[0].events == 1)
    #expect(curve.steps[0].survival == 2.0 / 3 && curve.steps[1].atRisk == 1)
  }

  @Test func `times that differ in the last bit are one`() {
    let curve = KaplanMeier([
      FollowUp(time: 0.1 + 0.2, isEvent: true), FollowUp(time: 0.3, isEvent: false),
    ])
    #expect(curve.steps.map(\.time) == [0.3] && curve.steps[0].survival == 0.5)
  }

  @Test func `a median on a flat stretch is its middle`() {
    let flat = [2.0, 4].map { FollowUp(time: $0, isEvent: true) }
    #expect(KaplanMeier(flat).median.time == 3)
    // To the end: the curve stays at a half until the last person was seen.
    let open = [FollowUp(time: 2, isEvent: true), FollowUp(time: 8, isEvent: false)]
    #expect(KaplanMeier(open).median.time == 5)
  }

  @Test func `everyone leaving on the first day, and no one ever`() throws {
    let gone = KaplanMeier(Array(repeating: FollowUp(time: 0, isEvent: true), count: 4))
    #expect(gone.status == .ok && gone.median.time == 0 && gone.steps[0].standardError == nil)
    #expect(gone.restrictedMean(to: 9)?.mean == 0 && gone.value(at: 0)?.survival == 0)
    let there = KaplanMeier(Array(repeating: FollowUp(time: 7, isEvent: false), count: 4))
    #expect(there.median.time == nil && there.limits(there.steps[0]) == nil)
    #expect(there.restrictedMean(to: 30)?.mean == 30)
    #expect(there.value(at: 8)?.atRisk == 0 && there.value(at: 8)?.survival == 1)
    #expect(there.record.value == nil && there.record.caveats == ["median_not_reached"])
  }

  @Test func `what is not known enters nothing, what is impossible is refused`() {
    let person = FollowUp(time: 2, isEvent: true)
    let curve = KaplanMeier([nil, person, nil])
    #expect(curve.n == 1 && curve.missing == 2 && curve.median.time == 2)
    #expect(KaplanMeier([]).status == .noData && KaplanMeier([nil]).missing == 1)
    #expect(KaplanMeier([]).value(at: 1) == nil && KaplanMeier([]).restrictedMean(to: 1) == nil)
    for time in [Double.nan, .infinity, -.infinity, -1, 1e200] {
      let curve = KaplanMeier([person, FollowUp(time: time, isEvent: true)])
      #expect(curve.status == .invalidCodes && curve.steps.isEmpty && curve.n == 2)
      #expect(curve.value(at: 1) == nil && curve.record.value == nil)
    }
    #expect(curve.value(at: .nan) == nil && curve.restrictedMean(to: -1) == nil)
    #expect(curve.restrictedMean(to: .infinity) == nil)
  }

  @Test func `a million people`() throws {
    let people = (0..<1_000_000).map { FollowUp(time: Double($0 % 1000), isEvent: $0 % 2 == 0) }
    let curve = KaplanMeier(people)
    #expect(curve.steps.count == 1000 && curve.events == 500_000)
    let half = try #require(curve.value(at: 500))
    #expect(half.survival > 0 && half.survival < 1 && half.standardError ?? 1 < 0.001)
  }
}
