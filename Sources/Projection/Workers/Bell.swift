internal import Dispatch
internal import Synchronization

/// Wakes one thread. Ringing several times before it wakes is ringing once.
final class Bell: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isRung = Mutex(false)

  func ring() {
    let isFirst = isRung.withLock { rung in
      defer { rung = true }
      return !rung
    }
    if isFirst { semaphore.signal() }
  }

  /// Waits until it is rung or the time is over; answers whether it was rung.
  func wait(milliseconds: Int) -> Bool {
    guard semaphore.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
      return false
    }
    isRung.withLock { $0 = false }
    return true
  }
}
