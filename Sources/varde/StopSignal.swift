import Dispatch
import Glibc
import Postgres

/// Both ends of a pipe: a signal's handler may do little more than write.
private let raisedSignals = pipeEnds()

private func pipeEnds() -> (read: Int32, write: Int32) {
  var ends: [Int32] = [-1, -1]
  _ = pipe(&ends)
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// SIGINT and SIGTERM as a flag that can be waited for. The work ends where it may; what cannot wait
/// is cancelled, and since all work is done in transactions, nothing is half done. A second signal
/// ends the program as it would have without this.
final class StopSignal {
  /// Can be read once a signal came, for whoever waits for bytes.
  let descriptor: Int32
  private let raised = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "varde.signals")
  private let state = State()
  private let source: any DispatchSourceRead

  /// What a signal does beside being noted.
  private enum Response {
    case nothing
    /// Nothing is under way, or nothing that is not taken back as a whole: the program ends.
    case leave(saying: @Sendable () -> String)
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
    let wake = pipeEnds()
    descriptor = wake.read
    let (raised, state, queue) = (raised, state, queue)
    source = DispatchSource.makeReadSource(fileDescriptor: raisedSignals.read, queue: queue)
    source.setEventHandler {
      var byte: UInt8 = 0
      guard read(raisedSignals.read, &byte, 1) == 1 else { return }
      raised.signal()
      _ = write(wake.write, &byte, 1)
      state.isRaised = true
      StopSignal.respond(state, queue)
    }
    source.resume()
    StopSignal.listen()
  }

  deinit { source.cancel() }

  /// A handler and not a source of signals: that one begins to listen some time later, and what came
  /// in between would be lost.
  private static func listen() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      let before = errno
      var byte: UInt8 = 1
      _ = write(raisedSignals.write, &byte, 1)
      errno = before
    }
    action.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_RESETHAND))
    // Whoever started us may have had them blocked, and that is inherited.
    var both = sigset_t()
    sigemptyset(&both)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&both, number)
      sigaction(number, &action, nil)
    }
    pthread_sigmask(SIG_UNBLOCK, &both, nil)
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
    try leaving(saying: { "varde: interrupted" }, while: body)
  }

  /// The same where what is under way is lost without harm: the server takes it back, and whoever
  /// does it next goes on from there.
  /// - Parameter line: printed at the end.
  func leaving<R>(
    saying line: @escaping @Sendable () -> String, while body: () throws -> R
  ) rethrows -> R {
    try responding(by: .leave(saying: line), while: body)
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
    case .leave(let line): leave(line())
    case .cancel: cancel(state, queue, after: grace)
    }
  }

  /// Cancels again and again: between two statements there is nothing to cancel.
  private static func cancel(_ state: State, _ queue: DispatchQueue, after seconds: Int) {
    queue.asyncAfter(deadline: .now() + .seconds(1)) {
      guard case .cancel(let cancellers) = state.response else { return }
      guard seconds < patience else {
        leave(
          "varde: interrupted; the database does not answer. What was recorded stays, and the same "
            + "file, sent again, goes on where this stopped")
      }
      // A server that hangs keeps whoever cancels waiting, too.
      DispatchQueue.global().async { cancellers.forEach { $0.cancel() } }
      cancel(state, queue, after: seconds + 1)
    }
  }

  private static func leave(_ line: String) -> Never {
    Console.endProgress()
    Console.problem(line)
    _exit(ExitStatus.interrupted.rawValue)
  }
}
