import CLinearProgram
import CNetwork
import Testing

@testable import Statistics

/// What igraph and GLPK do when they are misused or used by many at once: answer, never end the
/// process.
@Suite struct CLibraryTests {
  @Test func `an error of igraph is a code`() {
    var component: [Int32] = [0, 0]
    var core: [Int32] = [0, 0]
    #expect(cnetwork_parts(2, 1, [0, 7], &component, &core) != 0)
    #expect(cnetwork_parts(2, 1, [-1, 1], &component, &core) != 0)
    #expect(cnetwork_parts(2, 1, [0, 1], &component, &core) == 0)
    #expect(component[0] == component[1] && core == [1, 1])
  }

  /// Ranges of x and y with x + y = `sum`, x in 0...`most`.
  private func ranges(sum: Double, most: Double, columns: [Int32] = [0, 1]) -> (Int32, [Double]) {
    var least = [0.0, 0.0]
    var greatest = [0.0, 0.0]
    let code = clp_ranges(
      1, 2, 2, [0, 0], columns, [1, 1], [sum], [0, 0], [most, .infinity], 2, [0, 1], &least,
      &greatest)
    return (code, least + greatest)
  }

  @Test func `an error of GLPK is a code`() {
    // The same entry twice makes GLPK call its error hook.
    #expect(ranges(sum: 5, most: 3, columns: [1, 1]).0 == Int32(CLP_FAILED))
    #expect(ranges(sum: -1, most: 3).0 == Int32(CLP_INFEASIBLE))
    #expect(ranges(sum: 5, most: 3) == (0, [0, 2, 3, 5]))
    #expect(ranges(sum: 5, most: .infinity) == (0, [0, 0, 5, 5]))
  }

  @Test func `what has no end is infinite`() {
    var least = [0.0]
    var greatest = [0.0]
    // x − y = 1: both can grow together.
    let code = clp_ranges(
      1, 2, 2, [0, 0], [0, 1], [1, -1], [1], [0, 0], [.infinity, .infinity], 1, [0], &least,
      &greatest)
    #expect(code == 0 && least == [1] && greatest == [.infinity])
  }

  @Test func `many at once get what one alone gets`() async {
    let networks = (1...8 as ClosedRange<UInt64>).map {
      CoAttendanceNetwork(RandomMeetings(seed: $0).meetings)
    }
    let table = [[2, 8, 10], [12, 9, 7], [6, 11, 15]]
    let alone = TableSuppression(counts: table, minimumCell: 5)
    await withTaskGroup(of: Bool.self) { group in
      for round in 0..<64 {
        group.addTask {
          let seed = UInt64(round % 8 + 1)
          let network = CoAttendanceNetwork(RandomMeetings(seed: seed).meetings)
          var component: [Int32] = [0]
          var core: [Int32] = [0]
          let failed = cnetwork_parts(1, 1, [0, 9], &component, &core) != 0
          return failed && network == networks[round % 8]
            && TableSuppression(counts: table, minimumCell: 5) == alone
        }
      }
      for await isSame in group { #expect(isSame) }
    }
  }
}
