internal import Glibc
public import Postgres

/// Builds the read side anew from the log and swaps it in, while people read and record.
///
/// The facts of everything up to a cut are written in bulk by many sessions, then get their indexes,
/// then follow the log as live facts do. They are compared with the live ones, get their figures, and
/// take their place by rename. A rebuild that was killed, or whose server went away, goes on where it
/// was when the next one begins with the same version of varde.
public struct Rebuild {
  private let session: Session
  private let readSide: ReadSide
  private let jobs: Int
  private let slice: Int?
  private let large: Int
  /// Seconds the swap waits for readers.
  private let patience: Int

  /// - Parameters:
  ///   - session: may act as owner and as projector; others like it are made for the work.
  ///   - jobs: sessions that work at the same time; as many as there are processors unless said.
  ///   - patience: seconds the swap waits for readers who hold the old facts.
  ///   - slice: events one session takes at a time; chosen by the length of the logs unless said.
  ///   - large: bytes of a live fact from which its indexes are made after its rows.
  public init(
    session: Session, jobs: Int? = nil, patience: Int = 120, slice: Int? = nil, large: Int? = nil
  ) {
    self.session = session
    self.slice = slice
    self.patience = patience
    self.large = large ?? LaterIndexes.worthwhile
    readSide = ReadSide(session: session)
    self.jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Builds, compares, and swaps.
  /// - Parameters:
  ///   - swapping: whether the new facts take the old ones' place; else they are dropped.
  ///   - progress: called with what is being done, on several threads.
  /// - Throws: `RebuildProblem`; `PostgresError`. What people read is as it was then.
  @discardableResult
  public func run(
    swapping: Bool = true, progress: @escaping @Sendable (RebuildProgress) -> Void = { _ in }
  ) throws -> RebuildReport {
    guard
      try session.query("SELECT pg_has_role('varde_owner', 'MEMBER')")[0].bool(0)
    else { throw RebuildProblem.notOwner }
    // A transaction that does nothing but hold a lock: no snapshot and no row, so no vacuum waits for
    // it, and it goes with the process.
    let alone = try session.siblings()()
    return try alone.transaction {
      do {
        try alone.execute(
          """
          SET LOCAL idle_in_transaction_session_timeout = 0;
          LOCK TABLE ops.rebuild IN SHARE UPDATE EXCLUSIVE MODE NOWAIT
          """)
      } catch let error as PostgresError where error.isRetryable {
        throw RebuildProblem.busy
      }
      return try rebuild(swapping, progress)
    }
  }

  private func rebuild(
    _ swapping: Bool, _ progress: @escaping @Sendable (RebuildProgress) -> Void
  ) throws -> RebuildReport {
    let live = try readSide.liveGeneration() ?? 0
    let site = SiteObjects(session: session, live: live)
    try site.refuse(exceptIndexesOf: nil)
    let interrupted = try Building.interrupted(session, digest: readSide.digest())
    try Building.removeOthers(session, but: interrupted)
    let building =
      try interrupted
      ?? Building.begin(session, readSide, jobs: jobs, slice: slice, large: large)
    do {
      try site.makeIndexes(on: building, areRowsToCome: interrupted == nil)
      let run = try RebuildRun(
        session: session, crew: Crew(connect: session.siblings(), jobs: jobs), building: building,
        live: live, progress: progress)
      let report = try run.run(
        isResumed: interrupted != nil, isComparable: try readSide.isCurrent(),
        patience: swapping ? patience : nil)
      // Readers that began before may hold the old facts for a while: then the next rebuild drops them.
      try? session.transaction {
        try session.execute(
          "SET LOCAL lock_timeout = '10s'; DROP SCHEMA IF EXISTS fact_before CASCADE")
      }
      if !swapping { try building.abandon(session) }
      return report
    } catch {
      if !isWorthResuming(error) { try? building.abandon(session) }
      throw error
    }
  }

  private func isWorthResuming(_ error: any Error) -> Bool {
    switch error {
    case let problem as RebuildProblem: problem.keepsBuilding
    // The server went away, a lock did not come, somebody cancelled it.
    case let error as PostgresError:
      error.isConnectionFailure || error.isRetryable || error.sqlstate == "57014"
    default: false
    }
  }
}
