/// The network of people who were together at sessions, as a whole.
///
/// Nodes are all people of the meetings, never-attenders included; two are tied when they were
/// present at the same session. A session of one person makes no tie. Shares lie in 0…1.
///
/// Status: `ok`, also for nobody at all: the counts are then 0 and what would be a share of
/// nothing is `nil`. `not_converged` when igraph had not the memory for components and cores.
///
/// Sources: Breiger (1974) doi:10.2307/2576011; Newman (2001) doi:10.1103/PhysRevE.64.016132;
/// Krackhardt & Stern (1988) doi:10.2307/2786835; Seidman (1983)
/// doi:10.1016/0378-8733(83)90028-X.
public struct CoAttendanceNetwork: Sendable, Equatable {
  public let status: Status
  public let edgeCount: Int
  /// Ties among the pairs that could be tied; `nil` for fewer than two people.
  public let density: Double?
  /// People without a tie among all, with the Wilson interval.
  public let isolates: Proportion
  /// Sizes of the connected parts, largest first; an isolate is a part of one.
  public let componentSizes: [Int]
  /// Ties per person.
  public let meanDegree: Double?
  /// Highest k-core number of anybody.
  public let maximumCore: Int?
  /// Ties that cross units among all ties; `nil` without ties.
  public let crossUnitTieShare: Double?
  /// As above, each tie by its Newman weight: the share of contact rather than of ties.
  public let crossUnitContactShare: Double?
  /// What both would be if units did not matter: the pairs of people from different units among
  /// all pairs.
  public let crossUnitShareExpected: Double?
  /// (external − internal) / all ties, −1 to 1.
  public let externalInternalIndex: Double?
  /// As above, were units not to matter.
  public let externalInternalIndexExpected: Double?
  /// Freeman's: 1 for a star, 0 when all have the same number of ties; `nil` below three people.
  public let degreeCentralization: Double?
  /// Share of pairs of ties with a common end that close to a triangle; 0 where there is no such
  /// pair. Near 1 by construction where groups are fixed.
  public let transitivity: Double
  /// Everybody, in the order of ids.
  public let nodes: [Node]

  let graph: TieGraph

  public var nodeCount: Int { nodes.count }

  /// Share of the people who belong to the largest connected part.
  public var largestComponentShare: Double? {
    componentSizes.first.map { Double($0) / Double(nodes.count) }
  }

  public init(_ meetings: Meetings, confidence: Double = 0.95) {
    let graph = TieGraph(meetings)
    let parts = graph.parts()
    let units = UnitMix(meetings)
    self.graph = graph
    nodes = Node.all(meetings, graph, parts, units)
    status = parts == nil ? .notConverged : .ok
    componentSizes = parts?.sizes ?? []
    maximumCore = parts?.core.max()
    transitivity = graph.transitivity()
    edgeCount = graph.edgeCount
    let people = Double(graph.nodeCount)
    let ties = Double(graph.edgeCount)
    density = people > 1 ? 2 * ties / (people * (people - 1)) : nil
    meanDegree = people > 0 ? 2 * ties / people : nil
    isolates = Proportion(
      nodes.count(where: \.isIsolate), of: graph.nodeCount, confidence: confidence)
    // Every crossing tie is a crossing tie of both its ends.
    let crossing = Double(nodes.reduce(0) { $0 + $1.crossUnitDegree } / 2)
    crossUnitTieShare = ties > 0 ? crossing / ties : nil
    crossUnitContactShare = units.crossingContactShare
    crossUnitShareExpected = units.expected
    externalInternalIndex = ties > 0 ? (2 * crossing - ties) / ties : nil
    externalInternalIndexExpected = units.expected.map { 2 * $0 - 1 }
    let most = Double(nodes.reduce(0) { max($0, $1.degree) })
    degreeCentralization =
      people > 2 ? (most * people - 2 * ties) / ((people - 1) * (people - 2)) : nil
  }

  /// The E-I index of one unit's ties, each tie within it counted once; `nil` without ties.
  public func externalInternalIndex(ofUnit unit: String) -> Double? {
    var external = 0
    var ends = 0
    for node in nodes where node.person.unit.utf8.elementsEqual(unit.utf8) {
      external += node.crossUnitDegree
      ends += node.degree - node.crossUnitDegree
    }
    let all = external + ends / 2
    return all == 0 ? nil : Double(external - ends / 2) / Double(all)
  }
}
