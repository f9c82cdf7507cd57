import Statistics
import Testing

@Suite struct CompetingRisksTests {
  private func people(_ random: inout Xoshiro256StarStar) -> [CompetingExit] {
    (0..<40).map { _ in
      CompetingExit(time: Double(random.next(below: 9)), cause: Int(random.next(below: 4)))
    }
  }

  @Test(arguments: 1...20)
  func `the shares rise, and with the rest they are everyone`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let people = people(&random)
    let curve = CumulativeIncidence(people, causes: 3)
    #expect(
      curve == CumulativeIncidence(people.shuffled(using: &random), causes: 3), "seed \(seed)")
    var before = [0.0, 0, 0]
    for time in stride(from: -1, through: 10, by: 0.5) {
      let value = try #require(curve.value(at: time))
      #expect(zip(before, value.incidence).allSatisfy { $0 <= $1 }, "seed \(seed)")
      #expect(abs(value.incidence.reduce(value.eventFree, +) - 1) < 1e-14, "seed \(seed)")
      before = value.incidence
    }
  }

  @Test(arguments: 1...20)
  func `with one cause it is what Kaplan-Meier leaves`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let people = people(&random)
    let any = people.map { CompetingExit(time: $0.time, cause: min($0.cause, 1)) }
    let curve = CumulativeIncidence(any, causes: 1)
    let survival = KaplanMeier(people.map { FollowUp(time: $0.time, isEvent: $0.cause > 0) })
    let all = CumulativeIncidence(people, causes: 3)
    for time in [0.0, 2, 5.5, 8, 20] {
      let left = try #require(survival.value(at: time)).survival
      let value = try #require(curve.value(at: time))
      #expect(abs(value.incidence[0] - (1 - left)) < 1e-14, "seed \(seed)")
      #expect(all.value(at: time)?.eventFree == left, "seed \(seed)")
    }
  }

  @Test func `without censoring the shares are plain shares`() throws {
    let people = (0..<10).map { CompetingExit(time: Double($0), cause: $0 < 3 ? 1 : 2) }
    let end = try #require(CumulativeIncidence(people, causes: 2).value(at: 100))
    #expect(abs(end.incidence[0] - 0.3) < 1e-14 && abs(end.incidence[1] - 0.7) < 1e-14)
    #expect(end.eventFree == 0)
  }

  @Test func `nobody, nothing, and the impossible`() {
    #expect(CumulativeIncidence([], causes: 2).status == .noData)
    #expect(CumulativeIncidence([], causes: 2).value(at: 3) == nil)
    let quiet = CumulativeIncidence([nil, CompetingExit(time: 4, cause: 0)], causes: 2)
    #expect(quiet.status == .ok && quiet.missing == 1 && quiet.times.isEmpty)
    #expect(quiet.value(at: 9)?.incidence == [0, 0] && quiet.value(at: .nan) == nil)
    for exit in [
      CompetingExit(time: .infinity, cause: 1), CompetingExit(time: .nan, cause: 0),
      CompetingExit(time: -1, cause: 0), CompetingExit(time: 1, cause: 3),
      CompetingExit(time: 1, cause: -1), CompetingExit(time: 1, cause: .max),
    ] {
      #expect(CumulativeIncidence([exit], causes: 2).status == .invalidCodes)
    }
  }
}

@Suite struct DiscreteTimeHazardTests {
  @Test(arguments: 1...20)
  func `the table is Kaplan-Meier in whole periods`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let people = (0..<30).map { _ in
      PeriodExit(period: 1 + Int(random.next(below: 7)), isEvent: random.next(below: 2) == 0)
    }
    let table = DiscreteTimeHazard(people)
    let curve = KaplanMeier(
      people.map { FollowUp(time: Double($0.period), isEvent: $0.isEvent) })
    #expect(table == DiscreteTimeHazard(people.shuffled(using: &random)), "seed \(seed)")
    #expect(table.rows.map(\.period) == Array(1...table.rows.count), "seed \(seed)")
    for row in table.rows {
      let value = try #require(curve.value(at: Double(row.period)))
      #expect(abs(row.survival - value.survival) < 1e-14, "seed \(seed)")
      #expect((row.survivalStandardError == nil) == (value.standardError == nil), "seed \(seed)")
      let errors = (row.survivalStandardError ?? 0) - (value.standardError ?? 0)
      #expect(abs(errors) < 1e-14, "seed \(seed)")
      #expect(row.atRisk == value.atRisk && row.hazard.count == row.events, "seed \(seed)")
      #expect((row.hazard.lower ?? 2) <= (row.hazard.estimate ?? -1), "seed \(seed)")
      #expect((row.hazard.estimate ?? 2) <= (row.hazard.upper ?? -1), "seed \(seed)")
    }
    #expect(table.rows.reduce(0) { $0 + $1.events + $1.censored } == 30, "seed \(seed)")
  }

  @Test func `everyone leaves at once`() {
    let table = DiscreteTimeHazard(Array(repeating: PeriodExit(period: 2, isEvent: true), count: 3))
    #expect(table.rows.map(\.survival) == [1, 0])
    #expect(table.rows[0].hazard.lower == 0 && table.rows[1].hazard.upper == 1)
    #expect(table.rows[1].survivalStandardError == nil)
  }

  @Test func `nobody, and periods that do not exist`() {
    #expect(DiscreteTimeHazard([]).status == .noData && DiscreteTimeHazard([nil]).missing == 1)
    for period in [0, -3, .min, .max] {
      let table = DiscreteTimeHazard([PeriodExit(period: period, isEvent: true)])
      #expect(table.status == .invalidCodes && table.rows.isEmpty)
    }
  }
}
