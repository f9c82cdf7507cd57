import Statistics
import Testing

@Suite struct ProportionTests {
  @Test(arguments: [Proportion.Method.wilson, .clopperPearson], [0.8, 0.95, 0.99])
  func `the interval lies in 0...1 and holds the estimate`(
    method: Proportion.Method, confidence: Double
  ) throws {
    for total in [1, 2, 3, 7, 40, 999, 20_000] {
      for count in Set([0, 1, total / 3, total / 2, total - 1, total]) where count <= total {
        let share = Proportion(count, of: total, method: method, confidence: confidence)
        let estimate = try #require(share.estimate)
        let lower = try #require(share.lower)
        let upper = try #require(share.upper)
        #expect(share.status == .ok)
        #expect(lower >= 0 && lower <= estimate && estimate <= upper && upper <= 1)
        #expect((lower == 0) == (count == 0))
        #expect((upper == 1) == (count == total))
      }
    }
  }

  @Test(arguments: [Proportion.Method.wilson, .clopperPearson])
  func `counting those without mirrors the interval`(method: Proportion.Method) throws {
    for count in 0...19 {
      let share = Proportion(count, of: 19, method: method)
      let mirror = Proportion(19 - count, of: 19, method: method)
      #expect(abs(try #require(share.lower) - (1 - (try #require(mirror.upper)))) < 1e-14)
    }
  }

  @Test(arguments: [Proportion.Method.wilson, .clopperPearson])
  func `0 of 0 is no share at all`(method: Proportion.Method) {
    let share = Proportion(0, of: 0, method: method)
    #expect(share.status == .noDenominator)
    #expect(share.estimate == nil && share.lower == nil && share.upper == nil)
  }

  @Test func `Clopper-Pearson holds where GSL's own inverse gives up`() throws {
    // SciPy 1.17.1: beta.isf(0.1, 2, 499) and beta.isf(0.025, 101, 999900).
    let few = Proportion(1, of: 500, method: .clopperPearson, confidence: 0.8)
    #expect(abs(try #require(few.upper) - 0.007756994552213628) < 1e-15)
    let many = Proportion(100, of: 1_000_000, method: .clopperPearson)
    #expect(abs(try #require(many.upper) - 0.00012162547857124547) < 1e-14)
  }

  @Test func `a bound that cannot be found is not made up`() {
    let share = Proportion(5_000_000, of: 10_000_000, method: .clopperPearson, confidence: 0.99)
    #expect(share.status == .notConverged)
    #expect(share.estimate == 0.5 && share.lower == nil && share.upper == nil)
  }
}
