import Testing

@testable import varde_oracle

/// What a case may look like besides those in the set: data given inline, other labels, nothing
/// but what is needed; and what is refused.
@Suite struct OracleInputTests {
  private func answer(_ text: String) throws -> JSON {
    try OracleCase(Array(text.utf8), folder: OracleCases.folder).answer()
  }

  @Test(arguments: [
    ("wilcoxon_sleep_one_zero_and_ties.json", "pre", "post"),
    ("paired_sleep.json", "pre", "post"), ("hodges_lehmann_sleep.json", "pre", "post"),
    ("rank_corr_jobsat_1_3.json", "x", "y"),
  ])
  func `data given inline are the data of a file`(
    name: String, first: String, second: String
  ) throws {
    let oracle = try OracleCases.load(name)
    let (one, two) = (try oracle.numbers(first), try oracle.numbers(second))
    let inline: JSON = [
      "statistic": .string(oracle.statistic), "params": oracle.parameters,
      "input": [
        "inline": .object([
          .init(name: first, value: JSON(one)), .init(name: second, value: JSON(two)),
        ])
      ],
    ]
    #expect(try answer(inline.text) == oracle.answer())
  }

  @Test(arguments: ["2", "\"2\"", "2.0", "\"2.0\""])
  func `a numbered group is found however its number is written`(label: String) throws {
    let expected = try OracleCases.load("two_group_bfi_c1_by_gender.json").answer()
    let text = """
      {"statistic": "two_group_comparison", "params": {"x": \(label), "y": 1},
       "input": {"file": "data/bfi_agreeableness_conscientiousness.csv",
                 "value": "C1", "group": "gender"}}
      """
    #expect(try answer(text) == expected)
  }

  @Test func `groups may be given as two lists, or as values with labels`() throws {
    let lists = """
      {"statistic": "two_group_comparison", "input": {"inline": {"x": [1, 2, null, 5], "y": [2, 3]}}}
      """
    let labelled = """
      {"statistic": "two_group_comparison", "params": {"x": "a", "y": "b, c"},
       "input": {"inline": {"value": [1, 2, 2, null, 5, 9, 3],
                            "group": ["a", "b, c", "a", "a", "a", null, "b, c"]}}}
      """
    #expect(try answer(lists) == answer(labelled))
    #expect(try answer(lists)["n_x"] == JSON(3))
  }

  @Test func `a group that nobody is in is too small, not an error`() throws {
    let text = """
      {"statistic": "two_group_comparison", "params": {"x": "t", "y": "nobody"},
       "input": {"file": "data/effsize_example.csv", "value": "value", "group": "group"}}
      """
    #expect(try answer(text)["status"] == "insufficient_n")
    #expect(try answer(text)["n_y"] == JSON(0))
  }

  @Test func `special functions are evaluated where a case asks, else on a grid`() throws {
    let text = """
      {"statistic": "special_function", "params": {"function": "normal"},
       "input": {"inline": {"cdf": [{"x": 0}], "quantile": [{"p": 1}, {"p": 0.5}]}}}
      """
    let given = try answer(text)
    #expect(given["cdf"]?.array == [["x": JSON(0), "value": JSON(0.5)]])
    #expect(given["quantile"]?.array?.first?["value"] == "Infinity")
    let stripped = #"{"statistic": "special_function", "params": {"function": "beta"}}"#
    #expect(try answer(stripped) == OracleCases.load("special_beta.json").answer())
  }

  @Test(arguments: [
    #"{"statistic": "p_adjust", "input": {"inline": {"p": [0.1, "x"]}}}"#,
    #"{"statistic": "p_adjust"}"#,
    #"{"statistic": "rate_ci", "input": {"inline": {"count": 1.5, "exposure": 3}}}"#,
    #"{"statistic": "rate_ci", "params": {"per": 0}, "input": {"inline": {"count": 1, "exposure": 3}}}"#,
    #"{"statistic": "proportion_ci", "input": {"inline": {"x": 4, "n": 3}}}"#,
    #"{"statistic": "proportion_difference", "input": {"inline": {"x1": 1, "n1": 3, "x2": 1}}}"#,
    #"{"statistic": "paired_change", "params": {"direction": "pre_minus_post"}, "input": {"inline": {"pre": [1], "post": [1]}}}"#,
    #"{"statistic": "paired_change", "input": {"inline": {"pre": [1, 2], "post": [1]}}}"#,
    #"{"statistic": "paired_change", "params": {"confidence": 95}, "input": {"inline": {"pre": [1], "post": [1]}}}"#,
    #"{"statistic": "two_group_comparison", "params": {"x": "t"}, "input": {"file": "data/effsize_example.csv", "value": "value", "group": "group"}}"#,
    #"{"statistic": "special_function", "params": {"function": "beta"}, "input": {"inline": {"log_gamma": [{"x": 1}], "quantile": [{"a": 0, "b": 1, "p": 0.5}]}}}"#,
  ])
  func `a case that makes no sense is refused`(text: String) {
    #expect {
      try answer(text)
    } throws: { error in
      (error as? CaseError)?.exitCode == 65
    }
  }
}
