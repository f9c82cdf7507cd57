/// All triangles of a graph, each once.
///
/// A triangle is found from its lowest-ranked corner, where rank is by degree, so that the work
/// grows with E^1.5 at worst.
///
/// Source: Latapy (2008), Main-memory triangle computations for very large (sparse (power-law))
/// graphs, Theoretical Computer Science 407, 458–473. doi:10.1016/j.tcs.2008.07.017
struct Triangles {
  /// For each node the ties to its higher-ranked neighbours, as places in the graph's lists: the
  /// `start[i]..<start[i + 1]`th of all.
  private(set) var start: [Int] = [0]
  private(set) var place: [Int] = []
  private var higher: [Int32] = []

  init(_ graph: TieGraph) {
    let order = (0..<graph.nodeCount).sorted {
      (graph.degree($0), $0) < (graph.degree($1), $1)
    }
    var rank = [Int](repeating: 0, count: graph.nodeCount)
    for (index, node) in order.enumerated() { rank[node] = index }
    place.reserveCapacity(graph.edgeCount)
    higher.reserveCapacity(graph.edgeCount)
    for node in 0..<graph.nodeCount {
      for index in graph.start[node]..<graph.start[node + 1] {
        let other = graph.neighbours[index]
        guard rank[Int(other)] > rank[node] else { continue }
        higher.append(other)
        place.append(index)
      }
      start.append(higher.count)
    }
  }

  /// Three nodes a, b, c and the numbers of their ties, in the order of `place`.
  struct Triangle {
    var a: Int, b: Int, c: Int
    var ab: Int, ac: Int, bc: Int
  }

  @inline(__always)
  func forEach(_ visit: (Triangle) -> Void) {
    var mark = [Int](repeating: -1, count: start.count - 1)
    higher.withUnsafeBufferPointer { higher in
      start.withUnsafeBufferPointer { start in
        mark.withUnsafeMutableBufferPointer { mark in
          for a in 0..<start.count - 1 {
            for tie in start[a]..<start[a + 1] { mark[Int(higher[tie])] = tie }
            for ab in start[a]..<start[a + 1] {
              let b = Int(higher[ab])
              for bc in start[b]..<start[b &+ 1] {
                let c = Int(higher[bc])
                let ac = mark[c]
                if ac >= 0 { visit(Triangle(a: a, b: b, c: c, ab: ab, ac: ac, bc: bc)) }
              }
            }
            for tie in start[a]..<start[a + 1] { mark[Int(higher[tie])] = -1 }
          }
        }
      }
    }
  }
}

extension TieGraph {
  /// Share of the pairs of ties with a common end whose other ends are tied too; 0 where no two
  /// ties meet.
  func transitivity() -> Double {
    var triangles = 0
    Triangles(self).forEach { _ in triangles &+= 1 }
    let pairs = (0..<nodeCount).reduce(0) { $0 + degree($1) * (degree($1) - 1) / 2 }
    return pairs == 0 ? 0 : Double(3 * triangles) / Double(pairs)
  }
}
