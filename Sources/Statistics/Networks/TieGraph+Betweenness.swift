extension TieGraph {
  /// For each node, over all unordered pairs of other nodes, the sum of the shares of their
  /// shortest paths that lead through it; ties count alike whatever their weight.
  ///
  /// - Parameter component: number of each node's component, from 1.
  ///
  /// Source: Brandes (2001), A faster algorithm for betweenness centrality, Journal of
  /// Mathematical Sociology 25, 163–177. doi:10.1080/0022250X.2001.9990249
  func betweenness(component: [Int]) -> [Double] {
    var members = [[Int32]](repeating: [], count: component.max() ?? 0)
    for (node, number) in component.enumerated() { members[number - 1].append(Int32(node)) }
    var sums = [Double](repeating: 0, count: nodeCount)
    let search = ShortestPaths(start)
    start.withUnsafeBufferPointer { start in
      neighbours.withUnsafeBufferPointer { neighbours in
        for component in members where component.count > 2 {
          for source in component {
            search.run(from: source, in: component, start, neighbours, into: &sums)
          }
        }
      }
    }
    return sums
  }
}
