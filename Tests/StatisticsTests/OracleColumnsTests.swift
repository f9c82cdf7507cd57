import Testing

@testable import varde_oracle

/// How cases name their data.
@Suite struct OracleColumnsTests {
  private func answer(_ text: String) throws -> JSON {
    try OracleCase(Array(text.utf8), folder: OracleCases.folder).answer()
  }

  @Test func `labels are ordered as numbers if all are`() {
    #expect(Labels(["10", "9", nil, "9.0", "-1"]).names == ["-1", "9", "10"])
    #expect(Labels(["10", "9.0", "9"])["9.0"] == Labels(["10", "9.0", "9"])["9"])
    #expect(Labels(["10", "9", "b", "B"]).names == ["10", "9", "B", "b"])
    #expect(Labels(["nan", "1"]).names == ["1", "nan"] && Labels([nil]).names.isEmpty)
  }

  @Test func `a file and the same values in the case give the same answer`() throws {
    let file = #"""
      {"statistic": "kaplan_meier", "params": {"event_code": 1, "tau": 8, "at": [3]},
       "input": {"file": "data/km_ties.csv", "time": "time", "event": "event"}}
      """#
    let inline = #"""
      {"statistic": "kaplan_meier", "params": {"event_code": "left", "tau": 8, "at": [3]},
       "input": {"inline": {"time": [5, 5, "5", 3, 3, 8, null, 4],
                 "event": ["left", "left", "x", "left", "stayed", "x", "left", null]}}}
      """#
    let (first, second) = (try answer(file), try answer(inline))
    #expect(second["n_missing"] == JSON(2) && second["at"]?["n_risk"] == .array([JSON(6)]))
    for member in first.members ?? [] where member.name != "n_missing" {
      #expect(second[member.name] == member.value)
    }
  }

  @Test func `events may be true and false`() throws {
    let answer = try answer(
      #"{"statistic": "kaplan_meier", "input": {"inline": {"time": [1, 2], "event": [true, false]}}}"#
    )
    #expect(answer["events"] == JSON(1) && answer["median"] == JSON(1.5))
  }

  @Test func `a code that no one named is refused`() throws {
    let answer = try answer(
      #"""
      {"statistic": "cumulative_incidence", "params": {"event_codes": {"a": 1}, "censor_code": 0},
       "input": {"inline": {"time": [1, 2], "event": [1, 7]}}}
      """#)
    #expect(answer["status"] == "invalid_codes" && answer["cif_a"] == .array([]))
  }
}
