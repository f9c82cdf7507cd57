import Testing

@testable import Statistics

@Suite struct DistributionTests {
  @Test(arguments: [
    // ν, t, P(T > t): mpmath, 40 digits.
    (60.0, 20.0, 1.589028851154825e-28), (31, 8, 2.4701318509516897e-9),
    (31, 12, 1.73896340020987e-13), (200, 30, 2.8620806043836484e-76), (2, 1e12, 5e-25),
  ])
  func `far tails of t are right where GSL's are not`(
    freedom: Double, t: Double, expected: Double
  ) {
    let tail = Distribution.studentTail(t, degreesOfFreedom: freedom)
    #expect(abs(tail / expected - 1) < 1e-10)
    #expect(Distribution.studentTail(-t, degreesOfFreedom: freedom) == tail)
    #expect(Distribution.studentTail(.infinity, degreesOfFreedom: freedom) == 0)
  }

  @Test(arguments: [1, 1.5, 2, 9, 80, 1e4] as [Double])
  func `a quantile of t leads back to its probability`(freedom: Double) {
    for probability in [0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999] {
      let t = Distribution.studentQuantile(probability, degreesOfFreedom: freedom)
      let back = Distribution.studentProbability(t, degreesOfFreedom: freedom)
      #expect(abs(back - probability) < 1e-12)
    }
  }

  @Test(arguments: [(1.0, 1.0), (0.5, 7), (2, 3), (200, 5), (1, 999_999), (440, 1764)])
  func `a quantile of F leads back to its probability`(
    numerator: Double, denominator: Double
  ) throws {
    for probability in [0.005, 0.025, 0.3, 0.8, 0.975, 0.995] {
      let value = try #require(Distribution.fisherQuantile(probability, numerator, denominator))
      let tail = Distribution.fisherTail(value, numerator, denominator)
      #expect(abs(1 - tail - probability) < 1e-11)
    }
  }

  @Test func `the small-sample correction rises to one`() {
    #expect(Distribution.hedgesCorrection(degreesOfFreedom: 1) == 0)
    // mpmath: Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)).
    let known = [(2.0, 0.5641895835477563), (9, 0.9138748917925523), (440, 0.9982943238137828)]
    for (freedom, expected) in known {
      #expect(agree(Distribution.hedgesCorrection(degreesOfFreedom: freedom), expected))
    }
    var last = 0.0
    for power in 1...30 {
      let correction = Distribution.hedgesCorrection(degreesOfFreedom: Double(1 << power))
      #expect(correction > last && correction < 1)
      // 1 − 3/(4ν − 1) is close from the start and ever closer.
      let near = 1 - 3 / (4 * Double(1 << power) - 1)
      #expect(abs(correction - near) < 0.03 / Double(1 << power))
      last = correction
    }
  }
}
