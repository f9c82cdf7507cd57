import Testing

@testable import Release

@Suite struct EliminationTests {
  @Test func `finds exactly what the lines determine`() {
    // a + b + c, a + b: c is known, a and b are not.
    #expect(Elimination.determinedColumns([[1, 1, 1], [1, 1, 0]]) == [2])
    #expect(Elimination.determinedColumns([[1, 1, 0], [0, 1, 1], [1, 0, 1]]) == [0, 1, 2])
    #expect(Elimination.determinedColumns([[1, 1, 0], [0, 1, 1]]) == [])
    #expect(Elimination.determinedColumns([]) == [])
  }
}
