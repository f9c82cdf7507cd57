import Testing

@testable import Statistics

@Suite struct VarianceComponentsTests {
  private func sample(_ seed: UInt64, spread: Double) -> [GroupedValue] {
    var random = Xoshiro256StarStar(seed: seed)
    return (0..<8).flatMap { group in
      let level = 10 + spread * DenseModel.normal(&random)
      return (0..<5).map { _ in
        GroupedValue(group: group, value: level + DenseModel.normal(&random))
      }
    }
  }

  @Test(arguments: 1...20)
  func `with groups of one size it is the analysis of variance`(seed: UInt64) throws {
    let values = sample(seed, spread: seed % 2 == 0 ? 0.2 : 2)
    let groups = Dictionary(grouping: values, by: \.group).values.map { $0.map(\.value) }
    let means = groups.compactMap(mean)
    let within = try #require(mean(groups.compactMap { standardDeviation($0).map { $0 * $0 } }))
    let deviation = try #require(standardDeviation(means))
    let between = 5 * deviation * deviation
    let model = VarianceComponents(values)
    let estimates = try #require(model.estimates)
    #expect(abs(estimates.intercept - (mean(means) ?? 0)) < 1e-12, "seed \(seed)")
    if between > within {
      let wanted = ((between - within) / 5).squareRoot()
      #expect(model.status == .ok, "seed \(seed)")
      #expect(abs(estimates.sdIntercept - wanted) < 1e-10, "seed \(seed)")
      #expect(abs(estimates.sdResidual - within.squareRoot()) < 1e-10, "seed \(seed)")
      let error = (between / 40).squareRoot()
      #expect(abs(estimates.interceptStandardError - error) < 1e-10, "seed \(seed)")
    } else {
      #expect(model.status == .singular && estimates.sdIntercept == 0, "seed \(seed)")
      let all = standardDeviation(values.map(\.value)) ?? .nan
      #expect(abs(estimates.sdResidual - all) < 1e-10, "seed \(seed)")
      #expect(estimates.intraclassCorrelation == 0, "seed \(seed)")
    }
  }

  @Test(arguments: 1...12)
  func `with groups of any size it is the definition`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let values = sample(seed, spread: 1).filter { _ in random.next(below: 3) > 0 }
    let model = VarianceComponents(values)
    #expect(model == VarianceComponents(values.shuffled(using: &random)), "seed \(seed)")
    let estimates = try #require(model.estimates)
    let ratio = estimates.sdIntercept / estimates.sdResidual
    let dense = DenseModel(
      observations: values.map {
        GrowthObservation(person: $0.group, time: 0, value: $0.value)
      }, fixed: 1)
    func fit(_ ratio: Double) -> DenseModel.Fit? {
      dense.fit(Matrix(rows: 1, columns: 1, elements: [ratio * ratio]))
    }
    let best = try #require(fit(ratio))
    #expect(abs((estimates.remlCriterion ?? .nan) - best.criterion) < 1e-9, "seed \(seed)")
    #expect(abs(estimates.intercept - best.coefficients[0]) < 1e-10, "seed \(seed)")
    #expect(abs(estimates.sdResidual - best.sdResidual) < 1e-10, "seed \(seed)")
    for other in [0, 0.5, 0.9, 0.999, 1.001, 1.1, 2, 50].map({ $0 * ratio + ($0 > 1 ? 1e-3 : 0) }) {
      #expect((fit(other)?.criterion ?? 0) >= best.criterion - 1e-10, "seed \(seed)")
    }
  }

  @Test func `what cannot be told apart says why`() throws {
    func model(_ groups: [Int], _ values: [Double]) -> VarianceComponents {
      VarianceComponents(zip(groups, values).map { GroupedValue(group: $0, value: $1) })
    }
    #expect(VarianceComponents([]).status == .noData && VarianceComponents([nil]).missing == 1)
    #expect(model([1, 1, 1], [1, 2, 3]).status == .insufficientN)
    #expect(model([1, 2, 3], [1, 2, 3]).status == .insufficientN)
    #expect(model([1, 1, 2, 2], [1, 1, 2, 2]).status == .notConverged)
    #expect(model([1, 1, 2, 2], [1, .nan, 2, 2]).status == .invalidCodes)
    let same = model([1, 1, 2, 2], [0.3, 0.3, 0.3, 0.3])
    let estimates = try #require(same.estimates)
    #expect(same.status == .singular && estimates.intercept == 0.3)
    #expect(estimates.sdResidual == 0 && estimates.intraclassCorrelation == nil)
    #expect(estimates.remlCriterion == nil && same.record.value == nil)
  }
}
