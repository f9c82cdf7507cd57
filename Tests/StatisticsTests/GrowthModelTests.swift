import Glibc
import Testing

@testable import Statistics

@Suite struct GrowthModelTests {
  private typealias Estimates = GrowthModel.Estimates

  /// Spreads between persons that are large, small and none.
  private func sample(_ seed: UInt64) -> [GrowthObservation] {
    var random = Xoshiro256StarStar(seed: seed)
    return DenseModel.sample(
      &random, persons: 14, level: [2, 0.4, 0][Int(seed % 3)], slope: [0, 0.6][Int(seed % 2)])
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases, 1...12)
  func `the numbers are those of the definition`(
    effects: GrowthModel.RandomEffects, seed: UInt64
  ) throws {
    let sample = sample(seed)
    let model = try #require(GrowthModel(sample, randomEffects: effects).estimates)
    let dense = try #require(DenseModel(observations: sample).fit(DenseModel.random(model)))
    #expect(abs((model.remlCriterion ?? .nan) - dense.criterion) < 1e-8, "seed \(seed)")
    #expect(abs(model.intercept - dense.coefficients[0]) < 1e-9, "seed \(seed)")
    #expect(abs(model.slope - dense.coefficients[1]) < 1e-10, "seed \(seed)")
    #expect(abs(model.sdResidual - dense.sdResidual) < 1e-10, "seed \(seed)")
    let errors = (model.interceptStandardError, model.slopeStandardError)
    #expect(abs(errors.0 * errors.0 - dense.covariance[0, 0]) < 1e-9, "seed \(seed)")
    #expect(abs(errors.1 * errors.1 - dense.covariance[1, 1]) < 1e-10, "seed \(seed)")
    #expect(abs(model.fixedCovariance - dense.covariance[0, 1]) < 1e-10, "seed \(seed)")
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases, 1...12)
  func `no other variances are more likely`(
    effects: GrowthModel.RandomEffects, seed: UInt64
  ) throws {
    let sample = sample(seed)
    let model = try #require(GrowthModel(sample, randomEffects: effects).estimates)
    let (best, dense) = (DenseModel.random(model), DenseModel(observations: sample))
    let lowest = try #require(dense.fit(best)).criterion
    var random = Xoshiro256StarStar(seed: seed)
    for step in [1e-4, 1e-2, 1, 20] {
      for _ in 0..<10 {
        // Adding a square and shrinking keep it a covariance.
        let move = (0..<best.rows).map { _ in DenseModel.normal(&random) * step }
        var other = best
        for row in 0..<best.rows {
          for column in 0..<best.rows {
            other[row, column] = other[row, column] / (1 + step) + move[row] * move[column]
          }
        }
        let criterion = dense.fit(other)?.criterion ?? .infinity
        #expect(criterion > lowest - 1e-8, "seed \(seed), step \(step)")
      }
    }
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases, 1...6)
  func `effects are predicted as Σ Z'V⁻¹ of what is left`(
    effects: GrowthModel.RandomEffects, seed: UInt64
  ) throws {
    let sample = sample(seed)
    let model = try #require(GrowthModel(sample, randomEffects: effects).estimates)
    let random = DenseModel.random(model)
    #expect(model.effects.map(\.person) == Set(sample.map(\.person)).sorted(), "seed \(seed)")
    for effect in model.effects {
      let own = sample.filter { $0.person == effect.person }
      let waves = Matrix(
        rows: own.count, columns: random.rows,
        elements: own.flatMap { Array([1, $0.time].prefix(random.rows)) })
      var variance = waves * random * waves.transposed
      for index in own.indices { variance[index, index] += 1 }
      let left = own.map { $0.value - model.intercept - model.slope * $0.time }
      let solved = try #require(Cholesky(variance)).solve(left)
      let wanted =
        random * waves.transposed * Matrix(rows: own.count, columns: 1, elements: solved)
      #expect(abs(effect.intercept - wanted[0, 0]) < 1e-8, "seed \(seed)")
      #expect(abs((effect.slope ?? 0) - (wanted.rows > 1 ? wanted[1, 0] : 0)) < 1e-8)
    }
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases, 1...6)
  func `the order of rows moves no digit`(effects: GrowthModel.RandomEffects, seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    let sample = sample(seed)
    #expect(
      GrowthModel(sample, randomEffects: effects)
        == GrowthModel(sample.shuffled(using: &random), randomEffects: effects), "seed \(seed)")
  }

  @Test(arguments: GrowthModel.RandomEffects.allCases, 1...6)
  func `neither units nor where counting starts matter`(
    effects: GrowthModel.RandomEffects, seed: UInt64
  ) throws {
    let sample = sample(seed)
    let plain = GrowthModel(sample, randomEffects: effects)
    let turned = GrowthModel(
      sample.map {
        GrowthObservation(
          person: $0.person, time: 30 * ($0.time - 100), value: 1000 * ($0.value - 7))
      }, randomEffects: effects)
    let (first, second) = (try #require(plain.estimates), try #require(turned.estimates))
    func close(_ left: Double, _ right: Double) -> Bool {
      abs(left - right) <= 1e-6 * max(1, abs(right))
    }
    #expect(close(second.slope * 30 / 1000, first.slope), "seed \(seed)")
    #expect(close(second.slopeStandardError * 30 / 1000, first.slopeStandardError))
    #expect(close(second.sdResidual / 1000, first.sdResidual), "seed \(seed)")
    #expect(close((second.sdSlope ?? 0) * 30 / 1000, first.sdSlope ?? 0), "seed \(seed)")
    #expect(
      close(second.intercept / 1000 + 7, first.intercept + 100 * first.slope), "seed \(seed)")
    // −2 log of a density in other units: n − 2 times the unit of the values, and that of time.
    let units = 2 * Double(sample.count - 2) * log(1000) + 2 * log(30)
    #expect(close((second.remlCriterion ?? 0) - units, first.remlCriterion ?? 1))
  }

  @Test func `the interval holds the slope and shrinks with people`() throws {
    var random = Xoshiro256StarStar(seed: 2)
    func width(_ persons: Int) throws -> Double {
      let sample = DenseModel.sample(&random, persons: persons, level: 1, slope: 0.3)
      let record =
        GrowthModel(sample, randomEffects: .interceptAndSlope, confidence: 0.999).record
      let (lower, upper) = (try #require(record.lower), try #require(record.upper))
      let value = try #require(record.value)
      #expect(lower < value && value < upper)
      #expect(lower < 0.5 && 0.5 < upper, "the slope the data were made with")
      return upper - lower
    }
    #expect(try width(800) < width(80) / 2)
  }

  @Test func `a variance of 0 is an answer`() throws {
    // Persons differ less than chance alone would make them.
    let sample = (0..<6).flatMap { person in
      (0..<4).map { wave in
        GrowthObservation(
          person: person, time: Double(wave), value: [3, -1, -3, 1][(person + wave) % 4])
      }
    }
    let level = GrowthModel(sample)
    #expect(level.status == .singular && level.estimates?.sdIntercept == 0)
    #expect(level.estimates?.intraclassCorrelation == 0)
    #expect(level.estimates?.effects.allSatisfy { $0.intercept == 0 } == true)
    #expect(level.record.caveats == ["singular_fit"] && level.record.value != nil)
    let both = GrowthModel(sample, randomEffects: .interceptAndSlope)
    #expect(both.status == .singular)
  }
}
