import Glibc
import Postgres
import Synchronization

/// One worker process, started again whenever it was killed.
final class SoakedWorker: Sendable {
  private let ground: Ground
  private let number: Int
  private let state = Mutex(State())

  private struct State {
    var child: Child?
    /// The signal that was sent to the child.
    var blow: Int32?
    var struck = ContinuousClock.now
    var isDismissed = false
  }

  init(_ ground: Ground, _ number: Int) {
    self.ground = ground
    self.number = number
  }

  /// Until it is dismissed.
  func run() {
    while !state.withLock({ $0.isDismissed }) {
      do {
        let child = try ground.start(
          ["worker", "--concurrency", "2", "--log-format", "json"], output: "worker-\(number)")
        state.withLock {
          $0.child = child
          $0.blow = nil
        }
        judge(child.wait())
      } catch {
        return ground.fault("worker \(number) cannot be started: \(error)")
      }
    }
  }

  /// Hits the process that runs now.
  func strike(_ signal: Int32) {
    state.withLock { state in
      guard let child = state.child, state.blow == nil else { return }
      state.blow = signal
      state.struck = .now
      child.send(signal)
    }
  }

  /// Asks it to end, and not to come back.
  func dismiss() {
    while true {
      state.withLock { $0.isDismissed = true }
      strike(SIGTERM)
      if state.withLock({ $0.blow != nil }) { return }
      usleep(10_000)
    }
  }

  private func judge(_ ending: Child.Ending) {
    let (blow, took) = state.withLock { ($0.blow, ContinuousClock.now - $0.struck) }
    switch (blow, ending) {
    case (SIGKILL, .signal(SIGKILL)): break
    case (SIGTERM, .exit(0)):
      // One batch, and somebody else's crash recovery in the midst of it.
      if took > .seconds(30) { ground.fault("worker \(number) took \(took) to end") }
    // A signal that came before the program could take it.
    case (SIGTERM, .signal(SIGTERM)) where took < .seconds(2): break
    case (nil, _): ground.fault("worker \(number) ended by itself: \(ending)")
    default: ground.fault("worker \(number) ended with \(ending) after signal \(blow ?? 0)")
    }
  }
}
