internal import Dispatch
internal import Postgres
internal import Synchronization

/// Threads that work through a list together, each with a session of its own.
struct Crew: Sendable {
  /// Makes a session; called on each thread.
  let connect: @Sendable () throws -> Session
  /// How many threads there are at most.
  let jobs: Int

  /// Does `work` for every item; items are begun in order. After a failure no further item is begun.
  /// - Throws: the first failure, once all threads have ended.
  func forEach<Item: Sendable>(
    _ items: [Item], _ work: @escaping @Sendable (Session, Item) throws -> Void
  ) throws {
    let list = List()
    let connect = connect
    let group = DispatchGroup()
    for number in 0..<min(jobs, items.count) {
      DispatchQueue(label: "varde.rebuild.\(number)").async(group: group) {
        do {
          let session = try connect()
          while let next = list.next(of: items.count) { try work(session, items[next]) }
        } catch {
          list.fail(error)
        }
      }
    }
    group.wait()
    if let failure = list.failure { throw failure }
  }

  /// How far the threads of one call have come.
  private final class List: Sendable {
    private struct State {
      var next = 0
      var failure: (any Error)?
    }
    private let state = Mutex(State())

    func next(of count: Int) -> Int? {
      state.withLock { state in
        guard state.failure == nil, state.next < count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    func fail(_ error: any Error) { state.withLock { $0.failure = $0.failure ?? error } }

    var failure: (any Error)? { state.withLock { $0.failure } }
  }
}
