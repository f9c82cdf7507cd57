import Dispatch
import Glibc
import Postgres

/// Both ends of a pipe: a signal's handler may do little more than write.
private let raisedSignals: (read: Int32, write: Int32) = {
  var ends: [Int32] = [-1, -1]
  pipe(&ends)
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}()

/// SIGINT and SIGTERM as a flag that can be waited for. The work ends where it may; what cannot wait
/// is cancelled, and since all work is done in transactions, nothing is half done. A second signal
/// ends the program as it would have without this.
final class StopSignal {
  private let raised = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "varde.signals")
  private let cancelling = Cancelling()
  private let source: any DispatchSourceRead

  /// Only touched on the queue.
  private final class Cancelling: @unchecked Sendable {
    var canceller: Canceller?
  }

  init() {
    let raised = raised
    let cancelling = cancelling
    source = DispatchSource.makeReadSource(fileDescriptor: raisedSignals.read, queue: queue)
    source.setEventHandler {
      var byte: UInt8 = 0
      guard read(raisedSignals.read, &byte, 1) == 1 else { return }
      raised.signal()
      cancelling.canceller?.cancel()
    }
    source.resume()
    // A handler and not a source of signals: that one begins to listen some time later, and what came
    // in between would be lost.
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

  deinit { source.cancel() }

  /// What to cancel when a signal comes.
  func onRaise(_ canceller: Canceller) {
    queue.sync { [cancelling] in cancelling.canceller = canceller }
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
}
