internal import Glibc

/// Passes things from the thread that makes them to the one that uses them, a few at a time: the
/// maker waits while the user is behind.
final class HandOver<Element: Sendable>: @unchecked Sendable {
  // Everything below is touched with the lock held, and only then.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var waiting: [Element] = []
  private var isClosed = false
  private var isAbandoned = false
  private let room: Int

  init(room: Int) {
    self.room = room
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Waits for room; `false` when nobody will take it any more.
  func put(_ element: Element) -> Bool {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while waiting.count >= room, !isAbandoned { pthread_cond_wait(changed, lock) }
    guard !isAbandoned else { return false }
    waiting.append(element)
    pthread_cond_broadcast(changed)
    return true
  }

  /// Says that there is no more.
  func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  /// Waits for the next one; `nil` when there are no more.
  func take() -> Element? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while waiting.isEmpty, !isClosed { pthread_cond_wait(changed, lock) }
    guard !waiting.isEmpty else { return nil }
    pthread_cond_broadcast(changed)
    return waiting.removeFirst()
  }

  /// Says that nothing more will be taken.
  func abandon() {
    pthread_mutex_lock(lock)
    isAbandoned = true
    waiting = []
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }
}
