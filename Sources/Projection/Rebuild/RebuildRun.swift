internal import Postgres
internal import Synchronization

/// One rebuild, phase by phase.
final class RebuildRun {
  private let session: Session
  private let crew: Crew
  private let building: Building
  private let live: Int
  /// Events in the new facts, and those that are to be written in bulk.
  private let count: Count
  private let total: Int
  private let known: Int
  private let progress: @Sendable (RebuildProgress) -> Void
  private var report = RebuildReport()

  private final class Count: Sendable {
    private let events: Mutex<Int>
    init(_ events: Int) { self.events = Mutex(events) }

    @discardableResult
    func add(_ more: Int) -> Int {
      events.withLock { events in
        events += more
        return events
      }
    }
  }

  /// - Parameter live: generation of the facts that people read.
  init(
    session: Session, crew: Crew, building: Building, live: Int,
    progress: @escaping @Sendable (RebuildProgress) -> Void
  ) throws {
    self.session = session
    self.crew = crew
    self.building = building
    self.live = live
    self.progress = progress
    total = try session.query(
      "SELECT coalesce(sum(position), 0)::bigint FROM ops.rebuild_cut WHERE generation = $1",
      [building.key])[0].int(0)
    known = try session.query(
      """
      SELECT coalesce(sum(last_position - first_position + 1), 0)::bigint FROM ops.rebuild_task
       WHERE generation = $1 AND done AND first_position > 0
      """, [building.key])[0].int(0)
    count = Count(known)
  }

  /// - Parameters:
  ///   - isResumed: whether some of it was done by an earlier rebuild.
  ///   - isComparable: whether the live facts were built from the same SQL.
  ///   - patience: seconds the swap waits for readers; `nil` for no swap.
  func run(isResumed: Bool, isComparable: Bool, patience: Int?) throws -> RebuildReport {
    report.isResumed = isResumed
    if isResumed { try forgetHaltsAndSwap() }
    let swap = Swap(session: session, connect: crew.connect, live: live, building: building)
    try phase(.bulk, fill)
    try phase(.index, index)
    try phase(.following) {
      // Without it the planner believes that the facts are empty.
      try session.query(
        "SELECT \(building.schema).refresh_statistics($1)", [.text(building.schema)])
      try BulkFill(building: building).finish(session)
      try follow()
      try swap.refuseToFallBehind(session)
    }
    try phase(.figures) {
      try CatalogueWriter(session: session, schema: building.schema).write()
      try computeCells()
      try follow()
    }
    if isComparable { try phase(.comparing, compare) }
    report.halts = try halts()
    report.eventsInAll = try session.query(
      """
      SELECT coalesce(sum(position), 0)::bigint FROM ops.checkpoint
       WHERE generation = $1 AND projection = 'fact'
      """, [building.key])[0].int(0)
    if let patience {
      try phase(.swapping) { report.seesSessions = try swap.whenFree(patience: patience) }
      report.isSwapped = true
    }
    report.events = count.add(0) - known
    return report
  }

  private func phase(_ phase: RebuildPhase, _ work: () throws -> Void) throws {
    let started = ContinuousClock.now
    tell(phase, count.add(0))
    try work()
    report.seconds[phase] = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1_000
  }

  private func tell(_ phase: RebuildPhase, _ events: Int) {
    progress(RebuildProgress(phase: phase, events: events, total: max(total, events)))
  }

  // MARK: Phases

  private func fill() throws {
    let (count, total, progress) = (count, total, progress)
    try BulkFill(building: building).run(session, crew) { events in
      progress(RebuildProgress(phase: .bulk, events: count.add(events), total: total))
    }
  }

  private func index() throws {
    try LaterIndexes(building: building).make(session, crew)
    report.rows = try LaterIndexes(building: building).rowCount(session)
  }

  /// Takes what was recorded meanwhile, as live workers do, until nothing is left or nothing moves.
  private func follow() throws {
    let (count, total, progress, target) = (count, total, progress, building.target)
    repeat {
      try crew.forEach(Array(0..<crew.jobs)) { session, _ in
        var taken = 0
        try FactWorker(session: session, target: target).runToEnd { events in
          let sum = count.add(events - taken)
          taken = events
          progress(RebuildProgress(phase: .following, events: sum, total: max(total, sum)))
        }
      }
    } while try triedAgain()
  }

  /// What could not be taken is tried again at once, until it halts: nobody is served by waiting.
  private func triedAgain() throws -> Bool {
    try session.query(
      """
      UPDATE ops.checkpoint SET not_before = '-infinity'
       WHERE generation = $1 AND projection = 'fact' AND state = 'active' AND attempts > 0
      """, [building.key]
    ).affected > 0
  }

  private func computeCells() throws {
    let target = building.target
    let claims = try CellWorker(session: session, target: target).scout()
    try crew.forEach(claims) { session, claim in
      try CellWorker(session: session, target: target).serve([claim])
    }
  }

  /// Where the sides differ and do not stand at the same position, both go on to the end of the log
  /// and are compared anew: what only one of them had seen may make the difference.
  private func compare() throws {
    let check = ParityCheck(session: session, live: live, building: building)
    var outcome = try check.run()
    for _ in 0..<3 where !outcome.isEqual && !outcome.isSameCut {
      try FactWorker(session: session).runToEnd()
      try follow()
      outcome = try check.run()
    }
    report.facts = outcome.facts
    report.differences = outcome.differences
  }

  /// An institution that had halted when the rebuild was interrupted may be able to go on; and there is
  /// no swap near any more.
  private func forgetHaltsAndSwap() throws {
    try session.query(
      "UPDATE ops.rebuild SET swapping_at = NULL WHERE generation = $1", [building.key])
    try session.query(
      """
      UPDATE ops.checkpoint
         SET state = 'active', reason = NULL, attempts = 0, not_before = '-infinity'
       WHERE generation = $1 AND (state = 'halted' OR attempts > 0)
      """, [building.key])
  }

  private func halts() throws -> [RebuildReport.Halt] {
    try session.query(
      """
      SELECT i.code, c.position, coalesce(c.reason, '')
        FROM ops.checkpoint AS c
        JOIN ops.institution AS i ON i.institution_id = c.institution_id
       WHERE c.generation = $1 AND c.projection = 'fact' AND c.state = 'halted'
       ORDER BY i.code
      """, [building.key]
    ).map {
      RebuildReport.Halt(
        institution: try $0.text(0), position: try $0.int(1), reason: try $0.text(2))
    }
  }
}
