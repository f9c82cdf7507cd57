/// The shortest paths from one node to those after it, and how many lead through each other.
///
/// Fast where people meet in cliques, because the inner loops ask nothing. Outwards, every
/// neighbour is added to, and only afterwards is it looked which of those not reached before now
/// hold something. Inwards, a node sums over all its neighbours, of which those not farther out
/// still hold 0. The nodes that are reached last lie on no path to further ones, so their
/// neighbours are not looked at; and those of them that come before the source are not aimed at,
/// so the last step leaves them out.
struct ShortestPaths: ~Copyable {
  /// What nodes were given by those that are reached: for a node not reached before the current
  /// level, the number of its shortest paths from the source.
  private let given: UnsafeMutablePointer<Double>
  /// (1 or 0 + dependency) / paths of nodes that are done on the way back, else 0.
  private let share: UnsafeMutablePointer<Double>
  /// Nodes not yet reached, ascending.
  private let waiting: UnsafeMutablePointer<Int32>
  /// Nodes in the order in which they are reached, with the number of their shortest paths and
  /// what depends on them.
  private let order: UnsafeMutablePointer<Int32>
  private let paths: UnsafeMutablePointer<Double>
  private let dependency: UnsafeMutablePointer<Double>
  /// For each node the first place in its list of a neighbour after the source.
  private let after: UnsafeMutablePointer<Int>

  init(_ start: [Int]) {
    let nodeCount = start.count - 1
    after = .allocate(capacity: start.count)
    after.initialize(from: start, count: start.count)
    given = .allocate(capacity: nodeCount)
    share = .allocate(capacity: nodeCount)
    waiting = .allocate(capacity: nodeCount)
    order = .allocate(capacity: nodeCount)
    paths = .allocate(capacity: nodeCount)
    dependency = .allocate(capacity: nodeCount)
    for numbers in [given, share, paths, dependency] {
      numbers.initialize(repeating: 0, count: nodeCount)
    }
    waiting.initialize(repeating: 0, count: nodeCount)
    order.initialize(repeating: 0, count: nodeCount)
  }

  deinit {
    for numbers in [given, share, paths, dependency] { numbers.deallocate() }
    after.deallocate()
    waiting.deallocate()
    order.deallocate()
  }

  /// Adds to `sums` what each node contributes as a way from the source to those after it.
  /// `component` are the nodes of the source's component, lists of neighbours as in `TieGraph`.
  /// Sources must come in ascending order.
  func run(
    from source: Int32, in component: [Int32], _ start: UnsafeBufferPointer<Int>,
    _ neighbours: UnsafeBufferPointer<Int32>, into sums: inout [Double]
  ) {
    var left = 0
    for node in component {
      given[Int(node)] = 0
      share[Int(node)] = 0
      waiting[left] = node
      left &+= node == source ? 0 : 1
    }
    order[0] = source
    paths[0] = 1
    var levels = [0, 1]
    while left > 0 {
      let level = levels[levels.count - 2]..<levels[levels.count - 1]
      let reached = spread(level, left, start, neighbours)
      left -= reached
      levels.append(level.upperBound + reached)
    }
    collect(from: source, levels, start, neighbours, into: &sums)
  }

  /// Reaches the neighbours of one level among the `left` nodes that wait; answers how many.
  private func spread(
    _ level: Range<Int>, _ left: Int, _ start: UnsafeBufferPointer<Int>,
    _ neighbours: UnsafeBufferPointer<Int32>
  ) -> Int {
    for place in level {
      let node = Int(order[place])
      let count = paths[place]
      for index in start[node]..<start[node &+ 1] { given[Int(neighbours[index])] += count }
    }
    var end = level.upperBound
    var kept = 0
    for place in 0..<left {
      let node = waiting[place]
      let count = given[Int(node)]
      // Written to both lists and kept in one of them.
      order[end] = node
      paths[end] = count
      waiting[kept] = node
      end &+= count > 0 ? 1 : 0
      kept &+= count > 0 ? 0 : 1
    }
    return end - level.upperBound
  }

  /// From the outermost level inwards, leaving out the source.
  private func collect(
    from source: Int32, _ levels: [Int], _ start: UnsafeBufferPointer<Int>,
    _ neighbours: UnsafeBufferPointer<Int32>, into sums: inout [Double]
  ) {
    let outermost = levels.count - 2
    for level in stride(from: outermost, to: 0, by: -1) {
      let places = levels[level]..<levels[level + 1]
      for place in places {
        let node = Int(order[place])
        dependency[place] = 0
        if level < outermost {
          var first = start[node]
          if level == outermost - 1 {
            while after[node] < start[node + 1], neighbours[after[node]] <= source {
              after[node] += 1
            }
            first = after[node]
          }
          dependency[place] = paths[place] * outside(first..<start[node + 1], neighbours)
          sums[node] += dependency[place]
        }
      }
      // Only now, so that nodes of the same level have seen 0.
      for place in places {
        let aimed = order[place] > source ? 1.0 : 0
        share[Int(order[place])] = (aimed + dependency[place]) / paths[place]
      }
    }
  }

  /// Sum of the shares of one list of neighbours, in four strands that do not wait for another.
  private func outside(_ list: Range<Int>, _ neighbours: UnsafeBufferPointer<Int32>) -> Double {
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var index = list.lowerBound
    while index &+ 4 <= list.upperBound {
      a += share[Int(neighbours[index])]
      b += share[Int(neighbours[index &+ 1])]
      c += share[Int(neighbours[index &+ 2])]
      d += share[Int(neighbours[index &+ 3])]
      index &+= 4
    }
    while index < list.upperBound {
      a += share[Int(neighbours[index])]
      index &+= 1
    }
    return (a + b) + (c + d)
  }
}
