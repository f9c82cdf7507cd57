import Testing

@testable import Statistics

@Suite struct LogRankTests {
  private func groups(_ random: inout Xoshiro256StarStar, _ sizes: [Int]) -> [[FollowUp?]] {
    sizes.enumerated().map { group, size in
      (0..<size).map { _ in
        FollowUp(
          time: Double(random.next(below: 8 + 2 * UInt64(group))),
          isEvent: random.next(below: 3) > 0)
      }
    }
  }

  @Test(arguments: 1...20)
  func `two groups: the squared difference by its hypergeometric variance`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let groups = groups(&random, [12, 17])
    let (first, all) = (groups[0].compactMap(\.self), groups.joined().compactMap(\.self))
    var (difference, variance) = (0.0, 0.0)
    for time in Set(all.map(\.time)) {
      let atRisk = Double(all.count { $0.time >= time })
      let ours = Double(first.count { $0.time >= time })
      let events = Double(all.count { $0.time == time && $0.isEvent })
      difference += Double(first.count { $0.time == time && $0.isEvent }) - events * ours / atRisk
      guard atRisk > 1 else { continue }
      variance +=
        events * (ours / atRisk) * (1 - ours / atRisk) * (atRisk - events) / (atRisk - 1)
    }
    let test = LogRank(groups)
    let chiSquare = try #require(test.chiSquare)
    #expect(abs(chiSquare - difference * difference / variance) < 1e-10, "seed \(seed)")
    #expect(test.degreesOfFreedom == 1 && test.status == .ok, "seed \(seed)")
    // χ² with one degree of freedom is the square of a standard normal.
    let tails = 2 * Distribution.normalProbability(-chiSquare.squareRoot())
    #expect(abs((test.pValue ?? 1) - tails) < 1e-12, "seed \(seed)")
  }

  @Test(arguments: 1...20)
  func `neither the order of people nor that of groups matters`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let groups = groups(&random, [9, 14, 11, 20])
    let test = LogRank(groups)
    #expect(test == LogRank(groups.map { $0.shuffled(using: &random) }), "seed \(seed)")
    let turned = LogRank(groups.reversed())
    let difference = try #require(test.chiSquare) - (try #require(turned.chiSquare))
    #expect(abs(difference) < 1e-10, "seed \(seed)")
    #expect(test.arms == turned.arms.reversed(), "seed \(seed)")
    let observed = test.arms.reduce(0) { $0 + $1.observed }
    let expected = test.arms.reduce(0) { $0 + $1.expected }
    #expect(abs(Double(observed) - expected) < 1e-10, "seed \(seed)")
  }

  @Test func `the unit of time does not matter`() {
    var random = Xoshiro256StarStar(seed: 3)
    let groups = groups(&random, [30, 30])
    let days = groups.map { $0.map { $0.map { FollowUp(time: $0.time * 7, isEvent: $0.isEvent) } } }
    #expect(LogRank(groups) == LogRank(days))
  }

  @Test func `a group that was never at risk of an event is not compared`() {
    let early: [FollowUp?] = [FollowUp(time: 1, isEvent: false)]
    var random = Xoshiro256StarStar(seed: 8)
    let others = groups(&random, [10, 10]).map { group in
      group.map { $0.map { FollowUp(time: $0.time + 2, isEvent: $0.isEvent) } }
    }
    let test = LogRank([early] + others)
    #expect(test.degreesOfFreedom == 1 && test.arms[0].expected == 0)
    #expect(test.chiSquare == LogRank(others).chiSquare)
    #expect(LogRank([early, others[0]]).status == .insufficientN)
  }

  @Test func `without anything to compare there is no test`() {
    let event = FollowUp(time: 2, isEvent: true)
    let seen = FollowUp(time: 2, isEvent: false)
    #expect(LogRank([]).status == .noData && LogRank([[nil], []]).status == .noData)
    #expect(LogRank([[nil]]).missing == 1)
    #expect(LogRank([[event, seen]]).status == .insufficientN)
    #expect(LogRank([[event], []]).status == .insufficientN)
    #expect(LogRank([[seen], [seen]]).status == .noVarianceEstimate)
    #expect(LogRank([[event, event], [event]]).status == .noVarianceEstimate)
    let impossible = LogRank([[event], [FollowUp(time: .nan, isEvent: true)]])
    #expect(impossible.status == .invalidCodes && impossible.record.value == nil)
    #expect(LogRank([[event], [event]]).pValue == nil)
  }

  @Test func `a million people`() throws {
    let groups: [[FollowUp?]] = (0..<2).map { group in
      (0..<500_000).map { FollowUp(time: Double($0 % 300), isEvent: $0 % (3 + group) == 0) }
    }
    #expect(try #require(LogRank(groups).pValue) < 1e-100)
  }
}
