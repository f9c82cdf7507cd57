import Testing

@testable import Statistics

@Suite struct LonelinessAndPrintTests {
  @Test func `every set of answers has the count of its lonely ones`() throws {
    for code in 0..<729 {
      var rest = code
      let answers = (0..<6).map { _ -> Int? in
        defer { rest /= 3 }
        return rest % 3 + 1
      }
      let score = try DeJongGierveld6(
        emotional: Array(answers[..<3]), social: Array(answers[3...]))
      let lonely = answers.enumerated().count { place, answer in
        answer == 2 || answer == (place < 3 ? 3 : 1)
      }
      #expect(score.total == lonely && score.status == .ok)
      #expect(score.total == (score.emotional ?? 9) + (score.social ?? 9))
      let category: DeJongGierveld6.Category =
        lonely < 2 ? .notLonely : lonely < 5 ? .moderate : .severe
      #expect(score.category == category)
    }
  }

  @Test func `a total misses one item at most, a subscale none`() throws {
    let one = try DeJongGierveld6(emotional: [nil, 3, 1], social: [1, 3, 3])
    #expect(one.status == .prorated && one.total == 2 && one.emotional == nil && one.social == 1)
    let two = try DeJongGierveld6(emotional: [nil, 3, 1], social: [nil, 3, 3])
    #expect(two.status == .tooFewItems && two.total == nil && two.category == nil)
    let none = try DeJongGierveld6(
      emotional: [nil, nil, nil], social: [nil, nil, nil], allowing: .init(total: 6, subscale: 2))
    #expect(none.total == nil && none.missing == 6 && none.record.n == 0)
  }

  @Test func `an answer off the scale is refused by its place`() {
    #expect(throws: InvalidCodes(codes: [4], firstIndex: 4)) {
      try DeJongGierveld6(emotional: [1, 2, 3], social: [1, 4, 0])
    }
  }

  @Test func `print rounds half up from counts, and knows the wrong ways`() {
    let share = PrintedRatio.percent(45, of: 81)
    #expect(share.rounded(1) == 55.6 && share.cut(1) == 55.5 && share.rounded(0) == 56)
    let parts = [PrintedRatio.percent(24, of: 81), .percent(21, of: 81)]
    #expect(PrintedRatio.sumOfRounded(parts, 1) == 55.5)
    // Halves, which binary fractions would round either way.
    #expect(
      PrintedRatio(1, of: 8).rounded(2) == 0.13 && PrintedRatio(5, of: 1000).rounded(2) == 0.01)
    #expect(PrintedRatio(201, of: 200).rounded(2) == 1.01)
    #expect(PrintedRatio(.max, of: .max).rounded(9) == 1 && PrintedRatio(0, of: 3).cut(0) == 0)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `what is printed is within half a step, what is cut within one`(seed: UInt64) {
    var random = Xoshiro256StarStar(seed: seed)
    for _ in 0..<200 {
      let total = Int(random.next(below: 400)) + 1
      let ratio = PrintedRatio.percent(Int(random.next(below: UInt64(total + 1))), of: total)
      for (decimals, step) in [(0, 1.0), (1, 0.1), (3, 0.001)] {
        #expect(abs(ratio.rounded(decimals) - ratio.exact) <= step / 2 + 1e-12, "seed \(seed)")
        let lost = ratio.exact - ratio.cut(decimals)
        #expect(lost > -1e-12 && lost < step + 1e-12, "seed \(seed)")
      }
    }
  }
}
