internal import Dispatch
internal import Synchronization

extension Array where Element: Sendable {
  /// What `map` gives, made on all cores: for what takes longer than a lock, such as an interval by
  /// resampling.
  func concurrentMap<Made: Sendable>(_ make: @Sendable (Element) -> Made) -> [Made] {
    let all = Mutex<[Made?]>(Array<Made?>(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let made = make(self[index])
      all.withLock { $0[index] = made }
    }
    return all.withLock { $0.compactMap(\.self) }
  }
}
