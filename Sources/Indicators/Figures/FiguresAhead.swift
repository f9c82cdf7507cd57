internal import Dispatch
internal import Synchronization

/// Figures that are computed while the facts behind the next ones are read: the server and this
/// process have a core each, and an interval takes as long as reading what it is of.
final class FiguresAhead: Sendable {
  private let cells = Mutex<[Cell]>([])
  private let group = DispatchGroup()

  /// Begins at once, beside whatever comes next.
  func begin(_ figures: @escaping @Sendable () -> [Cell]) {
    DispatchQueue.global().async(group: group) {
      let made = figures()
      self.cells.withLock { $0 += made }
    }
  }

  /// All cells begun, in no particular order.
  func finish() -> [Cell] {
    group.wait()
    return cells.withLock { $0 }
  }
}
