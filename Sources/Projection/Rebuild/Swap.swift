internal import Glibc
internal import Postgres

/// Puts new facts in the place of the live ones.
struct Swap {
  let session: Session
  /// Makes another session like it.
  let connect: @Sendable () throws -> Session
  let live: Int
  let building: Building

  /// Tries until nobody is in the way. Each try gives up quickly, so that nobody has to wait long
  /// behind it.
  /// - Returns: whether it could see that nobody had a snapshot of before.
  /// - Throws: `RebuildProblem.noSwap`, the facts built being kept.
  func whenFree(patience seconds: Int) throws -> Bool {
    let helper = try connect()
    try tellOthers(true)
    do {
      return try tryUntil(.now + .seconds(seconds), helper)
    } catch let inTheWay as InTheWay {
      try tellOthers(false)
      throw RebuildProblem.noSwap(seconds: seconds, holders: inTheWay.holders)
    } catch {
      // The first error is the one to tell.
      try? tellOthers(false)
      throw error
    }
  }

  private struct InTheWay: Error {
    let holders: [RebuildProblem.Holder]
  }

  private func tryUntil(_ end: ContinuousClock.Instant, _ helper: Session) throws -> Bool {
    var wait = 200
    while true {
      let processes: [Int]
      do {
        return try session.transaction { try swapInTransaction(wait, helper) }
      } catch let held as OldSnapshots.Held {
        processes = held.processes
      } catch let error as PostgresError where error.isRetryable {
        processes = try helper.query("SELECT pid FROM ops.snapshot WHERE holds_facts ORDER BY 1")
          .map { try $0.int(0) }
      }
      guard ContinuousClock.now < end else {
        throw InTheWay(holders: try holders(processes, helper))
      }
      wait = min(wait + 100, 2_000)
      usleep(500_000)
    }
  }

  /// Who they are, as far as they are still there and may be seen.
  private func holders(
    _ processes: [Int], _ helper: Session
  ) throws -> [RebuildProblem.Holder] {
    try helper.query(
      """
      SELECT p.pid, coalesce(o.login, ''), coalesce(o.application, '')
        FROM unnest($1::bigint[]) WITH ORDINALITY AS p(pid, ordinal)
        LEFT JOIN ops.open_transactions() AS o ON o.pid = p.pid
       ORDER BY p.ordinal
      """, [.int64Array(processes.map(Int64.init))]
    ).map {
      RebuildProblem.Holder(
        process: try $0.int(0), login: try $0.text(1), application: try $0.text(2))
    }
  }

  private func tellOthers(_ isNear: Bool) throws {
    try session.query(
      """
      UPDATE ops.rebuild SET swapping_at = CASE WHEN $2 THEN now() END WHERE generation = $1
      """, [building.key, .bool(isNear)])
  }

  /// - Parameters:
  ///   - wait: milliseconds to wait for a lock that readers may have; at first well below the second
  ///     after which the server calls a deadlock, so that it is never a reader who is told so.
  ///   - helper: commits the last facts, so that everybody sees them who begins to look before the
  ///     swap and reads after it.
  private func swapInTransaction(_ wait: Int, _ helper: Session) throws -> Bool {
    // A worker's claim holds the row of its generation: this waits for those under way, and those to
    // come wait for this.
    try session.execute(
      "SET LOCAL lock_timeout = '2s'; LOCK TABLE ops.read_side IN EXCLUSIVE MODE")
    try helper.transaction {
      try FactWorker(session: helper, target: building.target)
        .catchUpInTransaction(withLive: live)
    }
    try refuseToFallBehind(session)
    let process = try session.query("SELECT pg_backend_pid()")[0].int(0)
    let isSeen = try OldSnapshots(watcher: helper, swapping: process).wait(milliseconds: wait)
    for table in ["checkpoint", "cell_claim", "failure"] {
      try session.query("DELETE FROM ops.\(table) WHERE generation <> $1", [building.key])
    }
    // Others may have put something there since the rebuild began.
    let site = SiteObjects(session: session, live: live)
    try site.refuse(exceptIndexesOf: building)
    let indexes = try site.indexes()
    let changes = try SiteChanges(session, live: live)
    // Views before the facts below them, as readers take them. Whoever has read a fact in a
    // transaction that is still open goes on with the same facts.
    try session.execute(
      """
      SET LOCAL lock_timeout = \(wait);
      DROP SCHEMA IF EXISTS evaluation CASCADE;
      LOCK TABLE \(try facts()) IN ACCESS EXCLUSIVE MODE
      """)
    try session.execute(
      """
      ALTER SCHEMA fact RENAME TO fact_before;
      ALTER SCHEMA \(building.schema) RENAME TO fact;
      """)
    let readSide = ReadSide(session: session)
    try readSide.publishViews()
    try readSide.noteObjects(of: building.generation, without: indexes)
    try changes.make(session, on: building.generation)
    try session.query("UPDATE ops.read_side SET live = true WHERE generation = $1", [building.key])
    for table in ["read_side", "read_side_object"] {
      try session.query("DELETE FROM ops.\(table) WHERE generation <> $1", [building.key])
    }
    for table in ["rebuild", "rebuild_cut", "rebuild_task", "rebuild_index"] {
      try session.query("DELETE FROM ops.\(table) WHERE generation = $1", [building.key])
    }
    return isSeen
  }

  private func facts() throws -> String {
    try session.query(
      """
      SELECT format('fact.%I', relname) FROM pg_class
       WHERE relnamespace = 'fact'::regnamespace AND relkind = 'r' ORDER BY 1
      """
    ).map { try $0.text(0) }.joined(separator: ", ")
  }

  /// Facts that have stopped at an event the live ones took must not replace them.
  func refuseToFallBehind(_ session: Session) throws {
    let row = try session.query(
      """
      SELECT i.code, n.position, l.position, coalesce(n.reason, 'they stand still there'),
             (SELECT f.position FROM ops.failure AS f
               WHERE f.institution_id = n.institution_id AND f.projection = n.projection
                 AND f.generation = n.generation AND f.position > n.position
                 AND f.sqlstate IS NOT NULL
               ORDER BY f.position LIMIT 1)
        FROM ops.checkpoint AS l
        JOIN ops.institution AS i ON i.institution_id = l.institution_id
        JOIN ops.checkpoint AS n
          ON n.institution_id = l.institution_id AND n.projection = l.projection
       WHERE l.projection = 'fact' AND l.generation = $1 AND n.generation = $2
         AND n.state = 'halted' AND n.position < l.position
       ORDER BY i.code
      """, [.int(Int64(live)), building.key]
    ).first
    guard let row else { return }
    throw RebuildProblem.fallsBehind(
      institution: try row.text(0), position: try row.int(1), live: try row.int(2),
      reason: try row.text(3), failing: row.optionalInt(4))
  }
}
