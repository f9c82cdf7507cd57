internal import Synchronization

/// What a worker process has done and how its threads fare, by its own account. The database knows
/// better how far the work has come: `Watching`.
public final class WorkerPulse: Sendable {
  /// Since the process has started.
  public struct Reading: Sendable {
    /// Claims that projected something.
    public var claims = DurationHistogram()
    public var events = 0
    public var cells = 0
    /// How often a session was lost.
    public var losses = 0
    /// When each thread came round last; before its first round it has none.
    public var beats: [String: ContinuousClock.Instant] = [:]
    /// Since when the server has been away.
    public var awaySince: ContinuousClock.Instant?
    /// Why a server that is there does not do what threads ask for, by thread.
    public var hindrances: [String: String] = [:]
    /// Threads that are to come round.
    var threads: [String] = []

    public init() {}
  }

  private let state = Mutex(Reading())
  private let started = ContinuousClock.now

  init() {}

  public var reading: Reading { state.withLock { $0 } }

  /// What keeps the process from living up to its name, in plain words; nothing is good.
  /// - Parameters:
  ///   - stuckAfter: how long a thread may take for one round.
  ///   - awayAfter: how long the server may be away.
  public func complaints(
    stuckAfter: Duration, awayAfter: Duration, now: ContinuousClock.Instant = .now
  ) -> [String] {
    let reading = reading
    var complaints = reading.threads.compactMap { name -> String? in
      let silence = now - (reading.beats[name] ?? started)
      guard silence > stuckAfter else { return nil }
      return "thread '\(name)' has not come round for \(silence.components.seconds) s"
    }
    if let since = reading.awaySince, now - since > awayAfter {
      complaints.append(
        "the server has been away for \((now - since).components.seconds) s")
    }
    return complaints
  }

  /// Why the process is not at work yet or any more; nothing is good.
  public var excuses: [String] {
    let reading = reading
    if reading.awaySince != nil { return ["the server is away"] }
    let hindrances = reading.hindrances.sorted { $0.key < $1.key }.map(\.value)
    let silent = reading.threads.filter {
      reading.beats[$0] == nil && reading.hindrances[$0] == nil
    }
    return hindrances + silent.map { "thread '\($0)' has not come round yet" }
  }

  // MARK: What the threads tell

  func expect(_ thread: String) { state.withLock { $0.threads.append(thread) } }

  /// A thread has come round, with or without work.
  func beat(_ thread: String) { state.withLock { $0.beats[thread] = .now } }

  func claimed(_ events: Int, in duration: Duration) {
    state.withLock {
      $0.claims.add(duration)
      $0.events += events
    }
  }

  func computed(_ cells: Int) { state.withLock { $0.cells += cells } }

  func lost() { state.withLock { $0.losses += 1 } }

  /// - Parameter reason: `nil` once it has come round again.
  /// - Returns: whether that is new, and no other thread's reason, too.
  @discardableResult
  func hindered(_ thread: String, _ reason: String?) -> Bool {
    state.withLock { state in
      guard let reason else {
        state.hindrances[thread] = nil
        return false
      }
      defer { state.hindrances[thread] = reason }
      return !state.hindrances.values.contains(reason)
    }
  }

  func serverIsAway() { state.withLock { $0.awaySince = $0.awaySince ?? .now } }

  func serverIsBack() { state.withLock { $0.awaySince = nil } }
}
