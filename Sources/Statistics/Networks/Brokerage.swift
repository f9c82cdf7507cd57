/// Who stands between others, of everybody in a network in the order of its nodes.
///
/// Apart from `CoAttendanceNetwork` because it costs more than all of that: the work grows with
/// people times ties. For distributions of at least ten people; never by name.
///
/// Sources: Freeman (1977) doi:10.2307/3033543; Burt (1992), Structural Holes, ch. 2.
public struct Brokerage: Sendable, Equatable {
  /// Share of the pairs of others, 0 to 1, whose shortest paths lead through the person; ties
  /// count alike. `nil` when there are fewer than three people, or when igraph had not the
  /// memory for the components.
  public let betweenness: [Double?]
  /// Burt's constraint under the Newman weights: high when the people one meets meet each other
  /// too. `nil` for an isolate.
  public let constraint: [Double?]

  public init(_ network: CoAttendanceNetwork) {
    let graph = network.graph
    constraint = graph.constraint()
    let component = network.nodes.compactMap(\.component)
    guard graph.nodeCount > 2, component.count == graph.nodeCount else {
      betweenness = Array(repeating: nil, count: graph.nodeCount)
      return
    }
    let others = Double(graph.nodeCount - 1)
    let pairs = others * (others - 1) / 2
    // With more than 10^308 shortest paths their number is infinite and the share undefined.
    betweenness = graph.betweenness(component: component).map { $0.isFinite ? $0 / pairs : nil }
  }
}
