/// Who met whom, as lists of neighbours: those of node i stand at `start[i]..<start[i + 1]`,
/// ascending.
///
/// A person's neighbours are collected from the sessions of that person alone, so memory grows
/// with the number of ties and not with the square of the people.
struct TieGraph: Sendable, Equatable {
  let nodeCount: Int
  private(set) var start: [Int] = [0]
  private(set) var neighbours: [Int32] = []
  /// Sessions that both attended.
  private(set) var shared: [Int32] = []
  /// Σ 1/(n − 1) over those sessions of n people.
  private(set) var newman: [Double] = []

  init(_ meetings: Meetings) {
    nodeCount = meetings.count
    let sessions = meetings.sessions.map(\.present).filter { $0.count > 1 }
    let attended = Self.sessionsByPerson(sessions, nodeCount)
    var count = [Int32](repeating: 0, count: nodeCount)
    var weight = [Double](repeating: 0, count: nodeCount)
    var met: [Int32] = []
    start.reserveCapacity(nodeCount + 1)
    for person in 0..<nodeCount {
      for session in attended[person] {
        // Sessions come in the same order for both ends of a tie: both have the same weight.
        let share = 1 / Double(sessions[session].count - 1)
        for other in sessions[session] {
          if count[Int(other)] == 0 { met.append(other) }
          count[Int(other)] += 1
          weight[Int(other)] += share
        }
      }
      met.sort()
      for other in met {
        if other != Int32(person) {
          neighbours.append(other)
          shared.append(count[Int(other)])
          newman.append(weight[Int(other)])
        }
        count[Int(other)] = 0
        weight[Int(other)] = 0
      }
      met.removeAll(keepingCapacity: true)
      start.append(neighbours.count)
    }
  }

  var edgeCount: Int { neighbours.count / 2 }

  func degree(_ node: Int) -> Int { start[node + 1] - start[node] }

  func neighbours(_ node: Int) -> ArraySlice<Int32> { neighbours[start[node]..<start[node + 1]] }

  /// The two ends of every edge, one edge after the other, each edge once.
  var ends: [Int32] {
    var ends: [Int32] = []
    ends.reserveCapacity(2 * edgeCount)
    for node in 0..<nodeCount {
      for other in neighbours(node) where other > Int32(node) { ends += [Int32(node), other] }
    }
    return ends
  }

  private static func sessionsByPerson(_ sessions: [[Int32]], _ count: Int) -> [[Int]] {
    var attended = [[Int]](repeating: [], count: count)
    for (index, present) in sessions.enumerated() {
      for person in present { attended[Int(person)].append(index) }
    }
    return attended
  }
}
