import Testing

@testable import varde_oracle

/// Every number that R, SciPy and the reference definitions gave for the committed cases.
@Suite struct OracleTests {
  @Test func `all committed cases are found`() {
    #expect(OracleCases.names.count == 164)
  }

  @Test(arguments: OracleCases.names)
  func `the answer is the expected one`(name: String) throws {
    let oracle = try OracleCases.load(name)
    let comparison = Comparison(
      expected: oracle.expected, answer: try oracle.answer(), tolerance: oracle.tolerance)
    #expect(comparison.differences == [])
  }

  @Test(arguments: OracleCases.names)
  func `an answer survives being written and read`(name: String) throws {
    let answer = try OracleCases.load(name).answer()
    #expect(try JSONReader.read(Array(answer.text.utf8)) == answer)
  }

  /// Guards the guard: each number, text and null of each case, changed on its own, is noticed.
  @Test(arguments: OracleCases.names)
  func `any value that is off fails`(name: String) throws {
    let oracle = try OracleCases.load(name)
    let altered = alterations(of: oracle.expected, by: noticeable(oracle.tolerance))
    #expect(!altered.isEmpty)
    for wrong in altered {
      let comparison = Comparison(
        expected: oracle.expected, answer: wrong, tolerance: oracle.tolerance)
      #expect(!comparison.differences.isEmpty, "unnoticed: \(wrong.text)")
    }
  }

  @Test func `a statistic that is not ours is said to be unknown`() throws {
    let text = #"{"statistic": "phase_of_the_moon", "params": {}, "input": {}}"#
    let oracle = try OracleCase(Array(text.utf8), folder: OracleCases.folder)
    #expect(throws: CaseError.unknownStatistic("phase_of_the_moon")) { try oracle.answer() }
    #expect(CaseError.unknownStatistic("phase_of_the_moon").exitCode == 3)
  }

  @Test(arguments: [
    #"{"statistic": "proportion_ci", "params": {"method": "wald"}, "input": {}}"#,
    #"{"statistic": "mean_ci", "input": {"file": "data/edge_pairs.csv", "column": "absent"}}"#,
    #"{"statistic": "prng", "params": {"seed": "-1"}}"#,
    #"{"statistic": "scale_score", "params": {"scale_min": 7, "scale_max": 1}}"#,
    #"{"statistic": "kaplan_meier", "input": {"inline": {"time": [1], "event": [1, 0]}}}"#,
    #"{"statistic": "kaplan_meier", "input": {"inline": {"time": ["x"], "event": [1]}}}"#,
    #"{"statistic": "logrank", "params": {"rho": 1}, "input": {"inline": {}}}"#,
    #"{"statistic": "cumulative_incidence", "input": {"inline": {}}}"#,
    #"{"statistic": "variance_components_intercept", "params": {"method": "ML"}}"#,
    #"{"statistic": "interrupted_time_series", "input": {"inline": {"value": [1]}}}"#,
  ])
  func `a malformed case is an error, not a crash`(text: String) throws {
    let oracle = try OracleCase(Array(text.utf8), folder: OracleCases.folder)
    #expect {
      try oracle.answer()
    } throws: { error in
      (error as? CaseError)?.exitCode == 65
    }
  }

  /// Ten times the widest tolerance of a case.
  private func noticeable(_ tolerance: JSON) -> Double {
    let keys = tolerance["per_key"]?.members?.compactMap(\.value.number) ?? []
    let all = [tolerance["abs"]?.number ?? 0, tolerance["rel"]?.number ?? 0] + keys
    return 10 * (all.max() ?? 0)
  }

  /// Copies of `value` that each differ from it in one leaf, a number by `step` of its size.
  private func alterations(of value: JSON, by step: Double) -> [JSON] {
    switch value {
    case .null: [JSON(0)]
    case .bool(let flag): [.bool(!flag)]
    case .number(let number): [JSON(number + max(step, 1e-7) * max(1, number.magnitude)), .null]
    case .string(let text): [.string(text + "x")]
    case .array(let elements):
      // Of a long curve every tenth point, or the guard takes longer than all it guards.
      stride(from: 0, to: elements.count, by: elements.count > 50 ? 10 : 1).flatMap { index in
        alterations(of: elements[index], by: step).map { altered in
          var copy = elements
          copy[index] = altered
          return JSON.array(copy)
        }
      }
    case .object(let members):
      members.indices.flatMap { index in
        alterations(of: members[index].value, by: step).map { altered in
          var copy = members
          copy[index].value = altered
          return JSON.object(copy)
        }
      }
    }
  }
}
