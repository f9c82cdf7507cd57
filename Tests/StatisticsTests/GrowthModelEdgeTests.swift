import Statistics
import Testing

/// What no mixed model can be fitted to, and how it is said.
@Suite struct GrowthModelEdgeTests {
  private func model(
    _ persons: [Int], _ times: [Double], _ values: [Double],
    _ effects: GrowthModel.RandomEffects
  ) -> GrowthModel {
    GrowthModel(
      persons.indices.map {
        GrowthObservation(person: persons[$0], time: times[$0], value: values[$0])
      }, randomEffects: effects)
  }

  private let persons = [1, 1, 1, 2, 2, 2, 3, 3, 3]
  private let waves = [0.0, 1, 2, 0, 1, 2, 0, 1, 2]

  @Test(arguments: GrowthModel.RandomEffects.allCases)
  func `too little to tell persons from chance`(effects: GrowthModel.RandomEffects) {
    #expect(GrowthModel([], randomEffects: effects).status == .noData)
    #expect(GrowthModel([nil, nil], randomEffects: effects).missing == 2)
    #expect(model([1, 1, 1], [0, 1, 2], [3, 1, 2], effects).status == .insufficientN)
    let once = model([1, 2, 3], [0, 1, 2], [3, 1, 2], effects)
    #expect(once.status == .insufficientN && once.estimates == nil && once.persons == 3)
    #expect(once.record.value == nil && once.record.confidence == nil)
  }

  @Test func `two waves each are too few for slopes of one's own`() {
    let twice = model(
      [1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 1], [1, 3, 2, 3, 5, 5], .interceptAndSlope)
    #expect(twice.status == .insufficientN)
    #expect(
      model([1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 1], [1, 3, 2, 3, 5, 5], .intercept).status == .ok)
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases)
  func `one wave of a person helps, without a line of its own`(
    effects: GrowthModel.RandomEffects
  ) throws {
    let values = [1, 2.2, 2.9, 4, 5.1, 6.3, 2, 2.5, 4]
    let without = model(persons, waves, values, effects)
    let with = model(persons + [4], waves + [1], values + [9], effects)
    #expect(with.persons == 4 && with.estimates?.effects.count == 4)
    #expect(try #require(with.estimates).intercept > (try #require(without.estimates)).intercept)
    let alone = try #require(with.estimates?.effects.last)
    #expect(alone.person == 4 && alone.intercept > 0)
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases)
  func `without time there is no slope`(effects: GrowthModel.RandomEffects) {
    let flat = model(
      persons, Array(repeating: 0.1, count: 9), [1, 2, 4, 3, 5, 4, 2, 2, 1], effects)
    #expect(flat.status == .singular && flat.estimates == nil)
    #expect(flat.record.caveats == ["one_time_only"])
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases)
  func `nothing varies around one line`(effects: GrowthModel.RandomEffects) throws {
    for (level, slope) in [(4.0, 0.0), (0.1, 0.3), (1e6, -0.1)] {
      let line = model(persons, waves, waves.map { level + slope * $0 }, effects)
      let estimates = try #require(line.estimates)
      #expect(line.status == .singular && estimates.remlCriterion == nil)
      #expect(abs(estimates.slope - slope) < 1e-8 && abs(estimates.intercept - level) < 1e-8)
      #expect(estimates.sdResidual == 0 && estimates.sdIntercept == 0)
      #expect(estimates.intraclassCorrelation == nil && estimates.correlation == nil)
    }
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases)
  func `a likelihood without maximum is not followed to its end`(
    effects: GrowthModel.RandomEffects
  ) {
    let own = zip(persons, waves).map { 0.7 * Double($0) * Double($0) + 0.3 * $1 }
    let model = model(persons, waves, own, effects)
    #expect(model.status == .notConverged && model.estimates == nil)
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases)
  func `what is not finite is refused, what is very large or small is not`(
    effects: GrowthModel.RandomEffects
  ) throws {
    let values = [1, 2.2, 2.9, 4, 5.1, 6.3, 2, 2.5, 4]
    for wrong in [Double.nan, .infinity, -.infinity, 1e200] {
      let inValue = model(persons, waves, values.dropLast() + [wrong], effects)
      let inTime = model(persons, waves.dropLast() + [wrong], values, effects)
      #expect(inValue.status == .invalidCodes && inTime.status == .invalidCodes)
      #expect(inValue.estimates == nil && inValue.observations == 9)
    }
    let plain = try #require(model(persons, waves, values, effects).estimates)
    for unit in [1e100, 1e-100] {
      let large = try #require(model(persons, waves, values.map { $0 * unit }, effects).estimates)
      #expect(abs(large.slope / unit - plain.slope) < 1e-6)
      #expect(abs(large.sdIntercept / unit - plain.sdIntercept) < 1e-4)
    }
  }

  @Test func `tens of thousands of people`() throws {
    // Everyone at the same three waves, with levels and slopes that are known.
    let sample = (0..<20_000).flatMap { person in
      (0..<3).map { wave -> GrowthObservation in
        let (level, slope) = (Double(person % 5 - 2), Double(person / 5 % 3 - 1))
        let chance = [0.1, -0.2, 0.1][wave] * (person % 2 == 0 ? 1 : -1)
        let value = 1e6 + level + (2 + slope) * Double(wave) + chance
        return GrowthObservation(person: person, time: Double(wave), value: value)
      }
    }
    let model = GrowthModel(sample, randomEffects: .interceptAndSlope)
    let estimates = try #require(model.estimates)
    #expect(model.status == .ok && abs(estimates.slope - 2) < 0.001)
    // One degree of freedom a person, with 0.06 squares on it.
    #expect(abs(estimates.sdResidual - 0.06.squareRoot()) < 1e-9)
    // The persons' own slopes vary by 2/3, half a residual variance of which is chance.
    #expect(abs((estimates.sdSlope ?? 0) - (2.0 / 3 - 0.03).squareRoot()) < 1e-3)
    // Chance makes levels and slopes of lines vary against each other, which is taken off too.
    let cross = 0.03 / ((2 - 0.05) * (2.0 / 3 - 0.03)).squareRoot()
    #expect(abs((estimates.correlation ?? 0) - cross) < 1e-3)
  }
}
