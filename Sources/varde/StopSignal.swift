import Dispatch
import Glibc
import Postgres

/// SIGINT and SIGTERM as a flag that can be waited for. The work ends where it may; what cannot wait
/// is cancelled, and since all work is done in transactions, nothing is half done. A second signal
/// ends the program as it would have without this.
final class StopSignal {
  /// Can be read once a signal came, for whoever waits for bytes.
  let descriptor: Int32
  private let raised = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "varde.signals")
  private let state = State()
  private let sources: [any DispatchSourceSignal]

  /// What a signal does beside being noted.
  private enum Response {
    case nothing
    /// Nothing is under way: the program ends.
    case leave
    /// What the sessions are waiting for is cancelled, if it does not come to its end by itself.
    case cancel([Canceller])
  }

  /// Only touched on the queue.
  private final class State: @unchecked Sendable {
    var isRaised = false
    var response = Response.nothing
  }

  /// Seconds in which a block comes to its end where nobody is waited for.
  private static let grace = 1
  /// Seconds after which a database that does not even cancel is not waited for any more.
  private static let patience = 10

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    descriptor = ends[0]
    let (raised, state, queue, wake) = (raised, state, queue, ends[1])
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        signal(number, SIG_DFL)
        raised.signal()
        var byte: UInt8 = 1
        _ = write(wake, &byte, 1)
        state.isRaised = true
        StopSignal.respond(state, queue)
      }
      source.resume()
      return source
    }
  }

  /// True once a signal came; stays true.
  var isRaised: Bool { wait(milliseconds: 0) }

  @discardableResult
  func wait(milliseconds: Int) -> Bool {
    guard raised.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
      return false
    }
    raised.signal()
    return true
  }

  /// While nothing is under way, a signal ends the program at once: a server that does not answer is
  /// not waited for.
  func leaving<R>(while body: () throws -> R) rethrows -> R {
    try responding(by: .leave, while: body)
  }

  /// While the body runs, a signal cancels what those sessions wait for. The body hears of it by an
  /// error of its own, see `PostgresError.isCancelled`.
  func cancelling<R>(_ sessions: [Session], while body: () throws -> R) rethrows -> R {
    try responding(by: .cancel(sessions.map { $0.canceller() }), while: body)
  }

  private func responding<R>(by response: Response, while body: () throws -> R) rethrows -> R {
    set(response)
    defer { set(.nothing) }
    return try body()
  }

  private func set(_ response: Response) {
    queue.sync { [state, queue] in
      state.response = response
      if state.isRaised { StopSignal.respond(state, queue) }
    }
  }

  private static func respond(_ state: State, _ queue: DispatchQueue) {
    switch state.response {
    case .nothing: break
    case .leave: leave("interrupted")
    case .cancel: cancel(state, queue, after: grace)
    }
  }

  /// Cancels again and again: between two statements there is nothing to cancel.
  private static func cancel(_ state: State, _ queue: DispatchQueue, after seconds: Int) {
    queue.asyncAfter(deadline: .now() + .seconds(1)) {
      guard case .cancel(let cancellers) = state.response else { return }
      guard seconds < patience else {
        leave(
          "interrupted; the database does not answer. What was recorded stays, and the same file,"
            + " sent again, goes on where this stopped")
      }
      // A server that hangs keeps whoever cancels waiting, too.
      DispatchQueue.global().async { cancellers.forEach { $0.cancel() } }
      cancel(state, queue, after: seconds + 1)
    }
  }

  private static func leave(_ why: String) -> Never {
    Console.endProgress()
    Console.problem("varde: \(why)")
    _exit(ExitStatus.interrupted.rawValue)
  }
}
