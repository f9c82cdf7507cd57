internal import Statistics

/// Figures that an article printed, made again from the reconstruction of its answers.
extension OracleCase {
  func publishedCheck() throws(CaseError) -> JSON {
    let table = try table()
    let q29 = try PublishedItem(table, "q29")
    let q36 = try PublishedItem(table, "q36")
    let q38 = try PublishedItem(table, "q38")
    let (q34, q35) = (try PublishedItem(table, "q34"), try PublishedItem(table, "q35"))
    return [
      "denominator_answered": JSON(q36.summary.answered),
      "q36_top2_of_answered_1dp": JSON(q36.topTwo.rounded(1)),
      "q36_bottom2_of_answered_1dp": JSON(q36.bottomTwo.rounded(1)),
      "q29_top2_counts": JSON(q29.summary.topTwo.count),
      "q29_top2_of_answered_exact": JSON(q29.topTwo.exact),
      "q29_printed": JSON(q29.topTwo.cut(1)),
      "q29_sum_of_rounded_6_and_7": JSON(q29.sumOfRounded(6...7)),
      "q29_below4_counts": JSON(q29.summary.belowMidpointCount),
      "q29_below4_of_answered_exact": JSON(q29.belowMidpoint.exact),
      "q29_below4_printed": JSON(q29.belowMidpoint.cut(1)),
      "q29_sum_of_rounded_1_2_3": JSON(q29.sumOfRounded(1...3)),
      "q34_top2_of_answered_0dp": JSON(q34.topTwo.rounded(0)),
      "q35_top2_of_answered_0dp": JSON(q35.topTwo.rounded(0)),
      "q38_top2_of_answered_1dp": JSON(q38.topTwo.rounded(1)),
      "q38_mean_valid_2dp": JSON(q38.meanOfValid?.rounded(2)),
      "q38_mean_valid_exact": JSON(q38.summary.mean),
      "q38_mean_if_8_counted": JSON(q38.meanWithEights.exact),
    ]
  }
}

/// One item of that survey: 1 to 7, and 8 for "not relevant / don't know".
private struct PublishedItem {
  let summary: LikertSummary

  init(_ table: Table, _ name: String) throws(CaseError) {
    let codes = try table.numbers(name).map { $0.map { Int(exactly: $0) ?? .min } }
    do throws(InvalidCodes) {
      summary = try LikertSummary(codes, scale: AnswerScale())
    } catch { throw .malformed("a code off the scale in '\(name)'") }
    guard summary.answered > 0 else { throw .malformed("nobody answered '\(name)'") }
  }

  var topTwo: PrintedRatio { percent(summary.topTwo.count) }
  var bottomTwo: PrintedRatio { percent(summary.bottomTwoCount) }
  var belowMidpoint: PrintedRatio { percent(summary.belowMidpointCount) }

  /// The shares of some steps, each rounded to one decimal and then added.
  func sumOfRounded(_ steps: ClosedRange<Int>) -> Double {
    PrintedRatio.sumOfRounded(steps.map { percent(summary.counts[$0 - 1]) }, 1)
  }

  var meanOfValid: PrintedRatio? {
    summary.valid == 0 ? nil : PrintedRatio(sumOfScores, of: summary.valid)
  }

  /// What an engine would print that takes the 8 for a score.
  var meanWithEights: PrintedRatio {
    PrintedRatio(sumOfScores + 8 * summary.notRelevant, of: summary.answered)
  }

  private var sumOfScores: Int {
    summary.counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
  }

  private func percent(_ count: Int) -> PrintedRatio {
    .percent(count, of: summary.answered)
  }
}
