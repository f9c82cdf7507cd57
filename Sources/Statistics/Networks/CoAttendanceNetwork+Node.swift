extension CoAttendanceNetwork {
  /// One person in the network. For the person's own view, and for distributions; a list of named
  /// people is never published.
  public struct Node: Sendable, Equatable {
    public let person: Meetings.Person
    /// Sessions at which the person was, alone or not.
    public let sessionsAttended: Int
    /// Distinct people met.
    public let degree: Int
    /// Σ over the people met of the sessions shared with each.
    public let strengthCount: Int
    /// Σ of the Newman weights of the ties: each session of n people gives each pair 1/(n − 1),
    /// so this is the number of sessions attended at which somebody else was.
    public let strengthNewman: Double
    /// People met who belong to another unit.
    public let crossUnitDegree: Int
    /// Number of the connected part, from 1, the largest first; `nil` as the status says.
    public let component: Int?
    /// Highest k such that the person belongs to a part where all have k ties within it.
    public let core: Int?

    public var isIsolate: Bool { degree == 0 }

    /// (external − internal) / all ties, −1 to 1; `nil` without ties.
    public var externalInternalIndex: Double? {
      degree == 0 ? nil : Double(2 * crossUnitDegree - degree) / Double(degree)
    }
  }
}

extension CoAttendanceNetwork.Node {
  static func all(
    _ meetings: Meetings, _ graph: TieGraph, _ parts: TieGraph.Parts?, _ units: UnitMix
  ) -> [Self] {
    var attended = [Int](repeating: 0, count: meetings.count)
    var together = attended
    for session in meetings.sessions {
      for person in session.present {
        attended[Int(person)] += 1
        if session.present.count > 1 { together[Int(person)] += 1 }
      }
    }
    return meetings.people.indices.map { node in
      let others = graph.neighbours(node)
      return Self(
        person: meetings.people[node], sessionsAttended: attended[node], degree: others.count,
        strengthCount: graph.shared[others.indices].reduce(0) { $0 + Int($1) },
        strengthNewman: Double(together[node]),
        crossUnitDegree: others.count { units.unit[Int($0)] != units.unit[node] },
        component: parts?.component[node], core: parts?.core[node])
    }
  }
}
