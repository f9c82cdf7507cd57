import Testing

@testable import Statistics

@Suite struct SurveyTests {
  private let scale = AnswerScale()

  @Test func `not relevant moves no score and the shares of the answered only`() throws {
    let with = try LikertSummary([7, 7, 6, 2, 8, 8, nil], scale: scale)
    let without = try LikertSummary([7, 7, 6, 2], scale: scale)
    #expect(with.mean == without.mean && with.standardDeviation == without.standardDeviation)
    #expect(with.topTwo == without.topTwo && with.counts == without.counts)
    #expect(with.topTwoOfAnswered == 0.5 && without.topTwoOfAnswered == 0.75)
    #expect(with.skipped == 1 && with.notRelevant == 2)
  }

  @Test func `shuffling answers changes nothing and counts add up`() throws {
    var random = Xoshiro256StarStar(seed: 3)
    for count in [1, 6, 83] {
      let answers: [Int?] = (0..<count).map { _ in
        random.next(below: 9) == 0 ? nil : Int(random.next(below: 8)) + 1
      }
      let item = try LikertSummary(answers, scale: scale)
      #expect(item == (try LikertSummary(answers.shuffled(using: &random), scale: scale)))
      #expect(item.counts.reduce(0, +) == item.valid)
      #expect(item.valid + item.notRelevant + item.skipped == item.asked)
    }
  }

  @Test func `people asked who are not among the answers count as skipped`() throws {
    let item = try LikertSummary([4], scale: scale, asked: 4)
    #expect(item.skipped == 3 && item.itemResponseRate == 0.25)
  }

  @Test func `a code off the scale is refused by name`() {
    #expect(throws: InvalidCodes(codes: [0, 9], firstIndex: 1)) {
      try LikertSummary([1, 9, 0, 9], scale: scale)
    }
    let rule = ScaleRule(answers: scale, reversed: [false, false])
    #expect(throws: InvalidCodes(codes: [9], firstIndex: 1)) { try rule.score([1, 9]) }
  }

  @Test func `reversing every item mirrors the score`() throws {
    let plain = ScaleRule(answers: scale, reversed: [false, false, false])
    let turned = ScaleRule(answers: scale, reversed: [true, true, true])
    for answers: [Int?] in [[1, 2, 7], [4, nil, 5], [8, 3, 3]] {
      let score = try #require(try plain.score(answers).score)
      let mirror = try #require(try turned.score(answers).score)
      #expect(abs(score + mirror - 8) < 1e-12)
    }
  }

  @Test func `the half rule, and a scale's own`() throws {
    let half = ScaleRule(answers: scale, reversed: [false, false, false])
    #expect(half.minimumValid == 2)
    #expect(try half.score([5, nil, 6]).status == .prorated)
    #expect(try half.score([5, nil, 8]).status == .tooFewItems)
    #expect(try half.score([5, nil, 8]).score == nil)
    let all = ScaleRule(answers: scale, reversed: [false, false, false], minimumValid: 3)
    #expect(try all.score([5, nil, 6]).status == .tooFewItems)
    let any = ScaleRule(answers: scale, reversed: [false], minimumValid: 0)
    #expect(try any.score([nil]).score == nil)
  }
}
