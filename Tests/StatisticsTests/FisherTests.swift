import Testing

@testable import Statistics

@Suite struct FisherTests {
  /// SciPy 1.17.1, `scipy.stats.f.ppf` and `.isf`.
  @Test(arguments: [
    (0.025, 99_999.0, 99_999.0, 0.987680481037269, 1.0124731825719517),
    (0.025, 99_999.0, 399_996.0, 0.9902334883784966, 1.0098333417313023),
    (0.025, 999_999.0, 999_999.0, 0.9960877407411693, 1.003927625146676),
    (0.025, 999_999.0, 48_999_951.0, 0.9972020628188213, 1.0028019620669324),
  ])
  func `quantiles are SciPy's where GSL's inverse does not come back`(
    probability: Double, numerator: Double, denominator: Double, low: Double, high: Double
  ) throws {
    let lower = try #require(Distribution.fisherQuantile(probability, numerator, denominator))
    let upper = try #require(Distribution.fisherUpperQuantile(probability, numerator, denominator))
    #expect(abs(lower - low) < 1e-10 && abs(upper - high) < 1e-10)
  }

  @Test(arguments: [0.001, 0.025, 0.05, 0.5, 0.95, 0.999])
  func `a quantile is where the tail says`(probability: Double) throws {
    let degrees = [1.0, 2, 3.5, 10, 47, 900]
    for numerator in degrees {
      for denominator in degrees {
        let low = try #require(Distribution.fisherQuantile(probability, numerator, denominator))
        let high = try #require(
          Distribution.fisherUpperQuantile(probability, numerator, denominator))
        let below = Distribution.fisherTail(low, numerator, denominator)
        let above = Distribution.fisherTail(high, numerator, denominator)
        #expect(abs(1 - below - probability) < 1e-11, "\(numerator), \(denominator)")
        #expect(abs(above - probability) < 1e-11, "\(numerator), \(denominator)")
      }
    }
  }

  @Test func `what cannot be found is not made up`() {
    #expect(Distribution.fisherQuantile(0.5, 1e9, 1e9) == nil)
    #expect(Distribution.fisherTail(.nan, 3, 3).isNaN)
  }

  @Test func `equal values have their value as center and no spread`() {
    for value in [0.1, 0.3, 1 / 3.0, 1e-7, 123.456] {
      for count in [2, 3, 7, 10, 49] {
        let values = Array(repeating: value, count: count)
        #expect(center(values) == value && variance(values) == 0, "\(count) times \(value)")
      }
    }
    #expect(center([]) == nil && variance([1]) == nil)
  }

  @Test func `labels are ordered as numbers if they are, else by bytes`() {
    #expect(inLabelOrder(["10", "2", "1", "2"]) == ["1", "2", "10"])
    #expect(inLabelOrder(["u10", "u2", "B", "a"]) == ["B", "a", "u10", "u2"])
    #expect(inLabelOrder(["10", "2", "x"]) == ["10", "2", "x"])
    #expect(inLabelOrder([String]()) == [])
  }
}
