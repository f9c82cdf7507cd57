internal import Dispatch
internal import EventLog
public import Postgres
internal import Synchronization

/// The workers of one process: threads that turn the log into facts, one that computes cells, and
/// one that listens for news of the log.
///
/// Nothing but PostgreSQL coordinates them with those of other processes and hosts. A thread that
/// loses its server, or is not served by it, waits, ever longer up to some ten seconds, and goes on.
public final class WorkerPool: Sendable {
  /// What the process has done, and how its threads fare.
  public let pulse = WorkerPulse()
  private let plan: WorkerPlan
  private let register: WorkerRegister
  private let connect: @Sendable () throws -> Session
  private let tell: @Sendable (WorkerNews) -> Void
  private let state = Mutex(State())
  private let factBells: [Bell]
  private let cellBell = Bell()
  private let houseBell = Bell()
  private let earBell = Bell()

  private struct State {
    var isStopped = false
    var failure: (any Error)?
    /// Cancels what computes cells now; that may take long, and nothing is lost by it.
    var canceller: Canceller?
    /// Whether a thread has come round.
    var hasWorked = false
    /// Threads whose server is away.
    var lost: Set<String> = []
    /// How often one of them has found it again.
    var returns = 0
  }

  /// Longest pause between two tries, in seconds, give or take a fifth.
  private static let longestPause = 8

  /// - Parameters:
  ///   - connect: makes a session that acts as projector; called on each thread.
  ///   - tell: called on the threads, one call at a time is not promised.
  public init(
    _ plan: WorkerPlan, connect: @escaping @Sendable () throws -> Session,
    tell: @escaping @Sendable (WorkerNews) -> Void
  ) {
    self.plan = plan
    register = WorkerRegister(plan)
    self.connect = connect
    self.tell = tell
    factBells = (0..<plan.threads).map { _ in Bell() }
  }

  /// Works until `stop` is called.
  /// - Throws: what no waiting will mend, for example read models of another version.
  public func run() throws {
    let group = DispatchGroup()
    func start(_ name: String, _ bell: Bell, _ purpose: String, _ work: @escaping Work) {
      pulse.expect(name)
      DispatchQueue(label: "varde.worker.\(name)").async(group: group) {
        self.keepTrying(name, bell, purpose, work)
      }
    }
    for (number, bell) in factBells.enumerated() {
      start("facts \(number)", bell, Hindrance.projecting, project)
    }
    if plan.computesCells { start("cells", cellBell, Hindrance.computing, compute) }
    start("house", houseBell, "the worker told that it is there, and what is stuck", keepHouse)
    start("ear", earBell, "the worker listened for news of the log", hear)
    group.wait()
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// Ends the work: what is being projected is finished, what is being computed is given up.
  public func stop() { stop(nil) }

  private func stop(_ failure: (any Error)?) {
    let canceller = state.withLock { state in
      state.isStopped = true
      state.failure = state.failure ?? failure
      return state.canceller
    }
    canceller?.cancel()
    for bell in factBells + [cellBell, houseBell, earBell] { bell.ring() }
  }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  // MARK: Threads

  /// What a thread does with a session until it is stopped, fails, or had better take another session;
  /// it tells each time it has come round.
  private typealias Work = @Sendable (Session, Bell, _ cameRound: () -> Void) throws -> Void

  /// Connects and works; when the server is away, or does not do what it is asked for, waits longer
  /// each time, up to `longestPause`. What it refuses the login it will refuse next time, too; a
  /// database that was there may be on its way back.
  private func keepTrying(_ name: String, _ bell: Bell, _ purpose: String, _ work: Work) {
    var pause = 1
    while !isStopped {
      var session: Session?
      do {
        let made = try connect()
        session = made
        wakeOthers(name)
        try work(made, bell) {
          cameRound(name)
          pause = 1
        }
      } catch let error as PostgresError {
        if isStopped { return }
        guard !error.isRefusal, !error.isUnknownDatabase || state.withLock(\.hasWorked) else {
          return stop(error)
        }
        pulse.beat(name)
        // A connection that was cut says nothing yet of the server; the next one will.
        if session != nil, error.isConnectionFailure {
          pulse.lost()
          _ = bell.wait(milliseconds: 50)
          continue
        }
        if error.isConnectionFailure && !error.isFull {
          lost(name, error, pause)
        } else {
          hindered(name, Hindrance.text(error, while: purpose, session), pause)
        }
        rest(seconds: pause, bell)
        pause = min(pause * 2, WorkerPool.longestPause)
      } catch {
        stop(error)
      }
    }
  }

  /// In short steps, so that stopping need not wait for it, and until another thread has found the
  /// server; not all workers at once, when it is their number that keeps the server down.
  private func rest(seconds: Int, _ bell: Bell) {
    let before = state.withLock { $0.returns }
    for _ in 0..<Int.random(in: seconds * 8...seconds * 12) {
      guard !isStopped, state.withLock({ $0.returns }) == before else { return }
      _ = bell.wait(milliseconds: 100)
    }
  }

  /// A thread has a session again: the others need not wait to the end of their pauses.
  private func wakeOthers(_ name: String) {
    state.withLock { if $0.lost.contains(name) { $0.returns += 1 } }
  }

  private func lost(_ name: String, _ error: PostgresError, _ pause: Int) {
    let isFirst = state.withLock { state in
      defer { state.lost.insert(name) }
      return state.lost.isEmpty
    }
    pulse.serverIsAway()
    if isFirst { tell(.lost(reason: "\(error)", retryInSeconds: pause)) }
  }

  private func hindered(_ name: String, _ reason: String, _ pause: Int) {
    found(name)
    if pulse.hindered(name, reason) {
      tell(.hindered(reason: reason, retryInSeconds: pause))
    }
  }

  private func cameRound(_ name: String) {
    pulse.beat(name)
    pulse.hindered(name, nil)
    state.withLock { $0.hasWorked = true }
    found(name)
  }

  private func found(_ name: String) {
    let isLast = state.withLock { state in
      state.lost.remove(name) != nil && state.lost.isEmpty
    }
    guard isLast else { return }
    pulse.serverIsBack()
    tell(.found)
  }

  /// Looks again soon after there was something, for more is likely then; later at the pace of the
  /// sweep.
  private func project(_ session: Session, _ bell: Bell, _ cameRound: () -> Void) throws {
    let worker = try FactWorker(session: session)
    var pace = Pace()
    var pause = 0
    var statistics = StatisticsDue()
    while !isStopped {
      let started = ContinuousClock.now
      let events = try worker.runOnce(pace: &pace)
      cameRound()
      guard !session.isWorn else { return }
      if statistics.isDue(after: events) { try worker.refreshStatistics() }
      guard events == 0 else {
        pause = 0
        pulse.claimed(events, in: .now - started)
        tell(.projected(events: events))
        cellBell.ring()
        continue
      }
      pause = min(max(5, pause * 2), plan.sweep)
      if bell.wait(milliseconds: pause) { pause = 0 }
    }
  }

  /// Cells are for people: soon, but facts come first.
  private func compute(_ session: Session, _ bell: Bell, _ cameRound: () -> Void) throws {
    let canceller = session.canceller()
    state.withLock { $0.canceller = canceller }
    defer { state.withLock { $0.canceller = nil } }
    try CatalogueWriter(session: session).write()
    let worker = CellWorker(session: session, isStopped: { self.isStopped })
    var halfTime = HalfTime()
    while !isStopped {
      let started = ContinuousClock.now
      let cells = try worker.runToEnd()
      cameRound()
      guard !session.isWorn else { return }
      if cells > 0 {
        pulse.computed(cells)
        tell(.computed(cells: cells))
      }
      let rest = halfTime.rest(after: started)
      let until = ContinuousClock.now + rest
      var isAwaited = false
      while !isStopped, .now < until {
        let left = Int((until - .now) / .milliseconds(1)) + 1
        // What came while it rested is not left until the next sweep.
        if bell.wait(milliseconds: min(left, plan.sweep)) { isAwaited = true }
      }
      if !isAwaited, !isStopped { _ = bell.wait(milliseconds: plan.sweep) }
    }
  }

  /// Shows that the process is there, and tells what is stuck.
  private func keepHouse(_ session: Session, _ bell: Bell, _ cameRound: () -> Void) throws {
    try register.enter(session)
    var told: [WorkerNews] = []
    while !isStopped {
      try register.seen(session)
      let stuck = try WorkerNews.stuck(session)
      cameRound()
      for news in stuck where !told.contains(news) { tell(news) }
      told = stuck
      _ = bell.wait(milliseconds: 5_000)
    }
    try? register.leave(session)
  }

  /// Wakes the others when a log has grown. Through a pooler nothing can be heard; the sweep finds
  /// everything by itself, a moment later.
  private func hear(_ session: Session, _ bell: Bell, _ cameRound: () -> Void) throws {
    guard !session.isPooled else {
      while !isStopped {
        cameRound()
        _ = bell.wait(milliseconds: 60_000)
      }
      return
    }
    try session.listen(to: LogAnnouncer.channel)
    cameRound()
    while !isStopped {
      if try session.waitForAnnouncement(milliseconds: 500) {
        for bell in factBells { bell.ring() }
      }
      cameRound()
    }
  }
}
