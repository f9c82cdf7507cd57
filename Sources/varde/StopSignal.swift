import Dispatch
import Glibc
import Postgres

/// SIGINT and SIGTERM as a flag that can be waited for. The work ends where it may; what cannot wait
/// is cancelled, and since all work is done in transactions, nothing is half done. A second signal
/// ends the program as it would have without this.
final class StopSignal {
  private let raised = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "varde.signals")
  private let cancelling = Cancelling()
  private let sources: [any DispatchSourceSignal]

  /// Only touched on the queue.
  private final class Cancelling: @unchecked Sendable {
    var canceller: Canceller?
  }

  init() {
    let raised = raised
    let cancelling = cancelling
    let queue = queue
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        raised.signal()
        cancelling.canceller?.cancel()
        signal(number, SIG_DFL)
      }
      source.resume()
      return source
    }
  }

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
