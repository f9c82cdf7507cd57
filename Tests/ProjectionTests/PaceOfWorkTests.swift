import Testing

@testable import Projection

@Suite struct `How much is done at once` {
  /// Events after which the planner looks, when claims of that size follow each other.
  private func looks(_ claims: [Int]) -> [Int] {
    var due = StatisticsDue()
    var total = 0
    return claims.compactMap { taken in
      total += taken
      return due.isDue(after: taken) ? total : nil
    }
  }

  @Test func `a long catch-up is looked at each time it has doubled, and at its end`() {
    let claims = Array(repeating: 10_000, count: 100)
    #expect(
      looks(claims + [0]) == [10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_000_000])
  }

  @Test func `what comes little by little is looked at now and then`() {
    let claims = Array(repeating: [100, 0], count: 250).flatMap { $0 }
    #expect(looks(claims) == [10_000, 20_000])
  }

  @Test func `a claim is never more than a block's worth, and fewer events while they take long`() {
    var pace = Pace()
    var budgets = [pace.budget]
    for milliseconds in [20, 251, 1_000, 1_000, 200, 20, 20, 20, 20] {
      pace.took(.milliseconds(milliseconds))
      budgets.append(pace.budget)
    }
    #expect(
      budgets == [5_000, 5_000, 2_500, 1_250, 1_000, 1_000, 2_000, 4_000, 5_000, 5_000])
  }

  @Test(arguments: [(100_000, 2), (1_000_000, 2), (999_999, 3), (30_000, 4), (7, 2)])
  func `one log is divided so that all sessions get the same`(events: Int, jobs: Int) {
    let slice = Building.slice(of: events, jobs: jobs)
    let tasks = (events + slice - 1) / slice
    #expect(tasks % jobs == 0 || slice == 5_000)
    #expect(events - (tasks - 1) * slice > slice / 2 || slice == 5_000)
  }

  @Test func `one piece of work after a rest is not waited for, steady work is half of the time`() {
    let start = ContinuousClock.now
    var halfTime = HalfTime(at: start)
    #expect(halfTime.rest(after: start, until: start + .milliseconds(300)) == .zero)
    var now = start + .milliseconds(300)
    var worked = Duration.milliseconds(300)
    for _ in 0..<100 {
      let rest = halfTime.rest(after: now, until: now + .milliseconds(200))
      worked += .milliseconds(200)
      now += .milliseconds(200) + rest
    }
    #expect(worked <= (now - start) / 2 + .seconds(1))
    #expect(worked >= (now - start) / 2 - .seconds(1))
    #expect(halfTime.rest(after: now + .seconds(5), until: now + .seconds(6)) == .zero)
    // An hour of work is no reason to rest for an hour.
    #expect(halfTime.rest(after: now, until: now + .seconds(3_600)) == .seconds(30))
  }
}
