/// The flow network around one cell of a table with hidden cells. Its nodes are the rows and then
/// the columns. A hidden cell can be added to without limit, an arc from its row to its column,
/// and taken from as long as it lasts, an arc back.
struct CellRoom {
  /// What happens to the cell in the middle.
  enum Direction { case up, down }

  /// One arc of a way: a cell that is added to or taken from.
  private struct Step {
    var cell: Int
    var adds: Bool
  }

  private let table: HiddenCells
  private let middle: Int
  private let row: Int
  private let column: Int
  /// The cells after what has flowed so far.
  private var values: [Int]

  init(_ table: HiddenCells, around cell: Int) {
    self.table = table
    middle = cell
    row = cell / table.columns
    column = table.rows + cell % table.columns
    values = table.counts
  }

  /// By how much the cell can change in a direction, `limit` at the most.
  mutating func flow(_ direction: Direction, atMost limit: Int) -> Int {
    var total = 0
    while total < limit, let way = shortestWay(direction) {
      let least = way.reduce(limit - total) { $1.adds ? $0 : min($0, values[$1.cell]) }
      for step in way { values[step.cell] += step.adds ? least : -least }
      total += least
    }
    return total
  }

  /// What is added to the cell is taken from its column and must come back through its row.
  private func ends(_ direction: Direction) -> (source: Int, sink: Int) {
    direction == .up ? (column, row) : (row, column)
  }

  private func shortestWay(_ direction: Direction) -> [Step]? {
    let (source, sink) = ends(direction)
    var arrival = [Step?](repeating: nil, count: table.rows + table.columns)
    var queue = [source]
    var next = 0
    while next < queue.count, arrival[sink] == nil {
      let node = queue[next]
      next += 1
      for place in 0..<arcCount(node) {
        let (step, other) = arc(node, place)
        guard table.isHidden[step.cell], step.cell != middle, other != source,
          arrival[other] == nil, step.adds || values[step.cell] > 0
        else { continue }
        arrival[other] = step
        queue.append(other)
      }
    }
    return way(to: sink, from: source, arrival)
  }

  /// The cheapest way that becomes free when open cells are hidden at the price of their counts:
  /// those cells and their sum, `nil` if there is none.
  func cheapestOpening(_ direction: Direction) -> (cells: [Int], price: Int)? {
    let (source, sink) = ends(direction)
    let count = table.rows + table.columns
    var price = [Int](repeating: .max, count: count)
    var arrival = [Step?](repeating: nil, count: count)
    var isSettled = [Bool](repeating: false, count: count)
    price[source] = 0
    while let node = (0..<count).filter({ !isSettled[$0] && price[$0] < .max })
      .min(by: { price[$0] < price[$1] })
    {
      isSettled[node] = true
      for place in 0..<arcCount(node) {
        let (step, other) = arc(node, place)
        guard table.counts[step.cell] > 0, step.cell != middle, !isSettled[other],
          step.adds || values[step.cell] > 0
        else { continue }
        let total = price[node] + (table.isHidden[step.cell] ? 0 : table.counts[step.cell])
        guard total < price[other] else { continue }
        price[other] = total
        arrival[other] = step
      }
    }
    return way(to: sink, from: source, arrival).map { way in
      (way.map(\.cell).filter { !table.isHidden[$0] }, price[sink])
    }
  }

  private func arcCount(_ node: Int) -> Int { node < table.rows ? table.columns : table.rows }

  /// The arc from a node to its `place`th neighbour.
  private func arc(_ node: Int, _ place: Int) -> (step: Step, to: Int) {
    if node < table.rows {
      return (Step(cell: node * table.columns + place, adds: true), table.rows + place)
    }
    let cell = place * table.columns + node - table.rows
    return (Step(cell: cell, adds: false), place)
  }

  private func way(to sink: Int, from source: Int, _ arrival: [Step?]) -> [Step]? {
    var way: [Step] = []
    var node = sink
    while node != source {
      guard let step = arrival[node] else { return nil }
      way.append(step)
      node =
        step.adds ? step.cell / table.columns : table.rows + step.cell % table.columns
    }
    return way
  }
}
