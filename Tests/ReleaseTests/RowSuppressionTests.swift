import FoundationEssentials
import Testing

@testable import Release

/// One row of counts with its total, against the oracle's cases.
@Suite struct RowSuppressionTests {
  private struct Case: Decodable {
    struct Parameters: Decodable {
      let minimumCell: Int
      let protectionWidth: Int

      enum CodingKeys: String, CodingKey {
        case minimumCell = "minimum_cell"
        case protectionWidth = "protection_width"
      }
    }
    struct Input: Decodable {
      struct Inline: Decodable { let counts: [Int] }
      let inline: Inline
    }
    struct Expected: Decodable {
      let primary: [Int]
      let complementary: [Int]?
      let cost: Int?
    }
    let params: Parameters
    let input: Input
    let expected: Expected
  }

  private func load(_ name: String) throws -> Case {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    let path = tests.joined(separator: "/") + "/Oracles/cases/" + name + ".json"
    let data = try #require(FileManager.default.contents(atPath: path))
    return try JSONDecoder().decode(Case.self, from: data)
  }

  @Test(arguments: 1...7) func `hides what the oracle hides, at its cost`(number: Int) throws {
    let oracle = try load("suppress_row_\(number)")
    let counts = oracle.input.inline.counts
    let answer = RowSuppression.suppress(
      counts: counts, minimumCell: oracle.params.minimumCell,
      protectionWidth: oracle.params.protectionWidth)
    #expect(answer.primary == oracle.expected.primary)
    // Another set is right too if it costs the same; ours are the same sets.
    #expect(answer.complementary == oracle.expected.complementary)
    let cost = answer.complementary.map { $0.reduce(0) { $0 + counts[$1] } }
    #expect(cost == oracle.expected.cost)
  }

  @Test func `a long row is covered too`() {
    let counts = [3] + Array(repeating: 40, count: 29) + [7]
    let answer = RowSuppression.suppress(counts: counts, minimumCell: 5, protectionWidth: 4)
    #expect(answer.primary == [0])
    #expect(answer.complementary == [30])
  }

  @Test func `elimination finds exactly what the lines determine`() {
    // a + b + c, a + b: c is known, a and b are not.
    #expect(Elimination.determinedColumns([[1, 1, 1], [1, 1, 0]]) == [2])
    #expect(Elimination.determinedColumns([[1, 1, 0], [0, 1, 1], [1, 0, 1]]) == [0, 1, 2])
    #expect(Elimination.determinedColumns([[1, 1, 0], [0, 1, 1]]) == [])
    #expect(Elimination.determinedColumns([]) == [])
  }
}
