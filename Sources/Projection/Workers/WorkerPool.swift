internal import Dispatch
internal import EventLog
public import Postgres
internal import Synchronization

/// The workers of one process: threads that turn the log into facts, one that computes cells, and
/// one that listens for news of the log.
///
/// Nothing but PostgreSQL coordinates them with those of other processes and hosts. A thread that
/// loses its server waits, ever longer, and goes on.
public final class WorkerPool: Sendable {
  private let plan: WorkerPlan
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
    /// Threads whose server is away.
    var lost: Set<String> = []
  }

  /// - Parameters:
  ///   - connect: makes a session that acts as projector; called on each thread.
  ///   - tell: called on the threads, one call at a time is not promised.
  public init(
    _ plan: WorkerPlan, connect: @escaping @Sendable () throws -> Session,
    tell: @escaping @Sendable (WorkerNews) -> Void
  ) {
    self.plan = plan
    self.connect = connect
    self.tell = tell
    factBells = (0..<plan.threads).map { _ in Bell() }
  }

  /// Works until `stop` is called.
  /// - Throws: what no waiting will mend, for example read models of another version.
  public func run() throws {
    let group = DispatchGroup()
    func start(_ name: String, _ work: @escaping @Sendable () -> Void) {
      DispatchQueue(label: "varde.worker.\(name)").async(group: group, execute: work)
    }
    for (number, bell) in factBells.enumerated() {
      start("facts-\(number)") { self.keepTrying("facts \(number)", bell, self.project) }
    }
    if plan.computesCells {
      start("cells") { self.keepTrying("cells", self.cellBell, self.compute) }
    }
    start("house") { self.keepTrying("house", self.houseBell, self.keepHouse) }
    start("ear") { self.keepTrying("ear", self.earBell, self.hear) }
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

  /// Connects and works; when the server is away, waits longer each time.
  private func keepTrying(
    _ name: String, _ bell: Bell, _ work: (Session, Bell, _ works: () -> Void) throws -> Void
  ) {
    var pause = 1
    while !isStopped {
      var isConnected = false
      do {
        let session = try connect()
        isConnected = true
        try work(session, bell) {
          found(name)
          pause = 1
        }
      } catch let error as PostgresError {
        if isStopped { return }
        // A connection that was cut says nothing yet of the server; the next one will.
        if isConnected, error.isConnectionFailure {
          _ = bell.wait(milliseconds: 50)
          continue
        }
        lost(name, error, pause)
        // In short steps, so that stopping need not wait for it.
        for _ in 0..<pause * 10 where !isStopped { _ = bell.wait(milliseconds: 100) }
        pause = min(pause * 2, 60)
      } catch {
        stop(error)
      }
    }
  }

  private func lost(_ name: String, _ error: PostgresError, _ pause: Int) {
    let isFirst = state.withLock { state in
      defer { state.lost.insert(name) }
      return state.lost.isEmpty
    }
    if isFirst { tell(.lost(reason: "\(error)", retryInSeconds: pause)) }
  }

  private func found(_ name: String) {
    let isLast = state.withLock { state in
      state.lost.remove(name) != nil && state.lost.isEmpty
    }
    if isLast { tell(.found) }
  }

  /// Looks again soon after there was something, for more is likely then; later at the pace of the
  /// sweep.
  private func project(_ session: Session, _ bell: Bell, _ works: () -> Void) throws {
    let worker = try FactWorker(session: session)
    var pace = Pace()
    var pause = 0
    var sinceStatistics = 0
    while !isStopped {
      let events = try worker.runOnce(pace: &pace)
      works()
      guard events == 0 else {
        sinceStatistics += events
        pause = 0
        tell(.projected(events: events))
        cellBell.ring()
        continue
      }
      if sinceStatistics > FactWorker.manyEvents {
        try worker.refreshStatistics()
        sinceStatistics = 0
      }
      pause = min(max(5, pause * 2), plan.sweep)
      if bell.wait(milliseconds: pause) { pause = 0 }
    }
  }

  /// Cells are for people: a second later is soon enough, and facts come first.
  private func compute(_ session: Session, _ bell: Bell, _ works: () -> Void) throws {
    let canceller = session.canceller()
    state.withLock { $0.canceller = canceller }
    defer { state.withLock { $0.canceller = nil } }
    try CatalogueWriter(session: session).write()
    let worker = CellWorker(session: session)
    while !isStopped {
      let started = ContinuousClock.now
      let cells = try worker.runToEnd()
      works()
      if cells > 0 { tell(.computed(cells: cells)) }
      let took = ContinuousClock.now - started
      // At most half of the time, however fast the log grows.
      let rest = cells > 0 ? min(max(took, .seconds(1)), .seconds(30)) : .zero
      let until = ContinuousClock.now + rest
      repeat { _ = bell.wait(milliseconds: plan.sweep) } while !isStopped && .now < until
    }
  }

  /// Shows that the process is there, and tells what is stuck.
  private func keepHouse(_ session: Session, _ bell: Bell, _ works: () -> Void) throws {
    let register = WorkerRegister(session: session, plan: plan)
    try register.enter()
    var told: [WorkerNews] = []
    while !isStopped {
      try register.seen()
      let stuck = try WorkerNews.stuck(session)
      works()
      for news in stuck where !told.contains(news) { tell(news) }
      told = stuck
      _ = bell.wait(milliseconds: 5_000)
    }
    try? register.leave()
  }

  /// Wakes the others when a log has grown. Through a pooler nothing can be heard; the sweep finds
  /// everything by itself, a moment later.
  private func hear(_ session: Session, _ bell: Bell, _ works: () -> Void) throws {
    guard !session.isPooled else {
      while !isStopped { _ = bell.wait(milliseconds: 60_000) }
      return
    }
    try session.listen(to: LogAnnouncer.channel)
    works()
    while !isStopped {
      if try session.waitForAnnouncement(milliseconds: 500) {
        for bell in factBells { bell.ring() }
      }
    }
  }
}
