internal import CNetwork

extension TieGraph {
  /// Connected parts and how deep in them everybody sits.
  struct Parts {
    /// Number of each node's component, from 1: the largest first, of equal ones the one whose
    /// first node comes first.
    var component: [Int]
    /// Sizes of the components in that order.
    var sizes: [Int]
    /// k-core number of each node.
    var core: [Int]
  }

  /// The components and cores by igraph; `nil` if it has not the memory.
  func parts() -> Parts? {
    var raw = [Int32](repeating: 0, count: nodeCount)
    var core = raw
    guard cnetwork_parts(nodeCount, edgeCount, ends, &raw, &core) == 0 else { return nil }
    var size: [Int] = []
    var first: [Int] = []
    for (node, number) in raw.enumerated() {
      while size.count <= Int(number) {
        size.append(0)
        first.append(nodeCount)
      }
      size[Int(number)] += 1
      first[Int(number)] = min(first[Int(number)], node)
    }
    let order = size.indices.sorted { (-size[$0], first[$0]) < (-size[$1], first[$1]) }
    var place = [Int](repeating: 0, count: size.count)
    for (index, number) in order.enumerated() { place[number] = index + 1 }
    return Parts(
      component: raw.map { place[Int($0)] }, sizes: order.map { size[$0] },
      core: core.map(Int.init))
  }
}
