/// A two-way table of counts with some cells hidden, as an attacker sees it who knows all other
/// cells and every total: what values can a hidden cell have?
///
/// Values of the hidden cells can only change along closed walks that go by rows and columns in
/// turn and take from every second cell. So the room of a cell is a maximum flow between its row
/// and its column through the other hidden cells, and a whole number.
struct HiddenCells {
  let rows: Int
  let columns: Int
  /// Row by row.
  let counts: [Int]
  var isHidden: [Bool]

  /// The least and the greatest value of `cell`, found without a linear programme.
  func interval(_ cell: Int) -> ClosedRange<Int> {
    var above = CellRoom(self, around: cell)
    var below = above
    let added = above.flow(.up, atMost: .max)
    let taken = below.flow(.down, atMost: counts[cell])
    return counts[cell] - taken...counts[cell] + added
  }

  /// Whether the interval of `cell` is at least `width` wide; stops counting when it is.
  func leaves(_ cell: Int, width: Int) -> Bool {
    var above = CellRoom(self, around: cell)
    var below = above
    let added = above.flow(.up, atMost: width)
    if added >= width { return true }
    return added + below.flow(.down, atMost: min(width - added, counts[cell])) >= width
  }
}
