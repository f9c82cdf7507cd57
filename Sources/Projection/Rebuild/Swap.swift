internal import Glibc
internal import Postgres

/// Puts new facts in the place of the live ones.
struct Swap {
  let session: Session
  let live: Int
  let building: Building

  /// Tries until nobody is in the way. Each try gives up quickly, so that nobody has to wait long
  /// behind it.
  /// - Throws: `RebuildProblem.noSwap`, the facts built being kept.
  func whenFree(patience seconds: Int) throws {
    try tellOthers(true)
    let end = ContinuousClock.now + .seconds(seconds)
    var wait = 200
    while true {
      do {
        return try session.transaction { try swapInTransaction(wait) }
      } catch let error as PostgresError where error.isRetryable {
        guard ContinuousClock.now < end else {
          try tellOthers(false)
          throw RebuildProblem.noSwap(seconds: seconds)
        }
        wait = min(wait + 100, 2_000)
        usleep(500_000)
      }
    }
  }

  private func tellOthers(_ isNear: Bool) throws {
    try session.query(
      """
      UPDATE ops.rebuild SET swapping_at = CASE WHEN $2 THEN now() END WHERE generation = $1
      """, [building.key, .bool(isNear)])
  }

  /// - Parameter wait: milliseconds to wait for a lock that readers may have; at first well below the
  ///   second after which the server calls a deadlock, so that it is never a reader who is told so.
  private func swapInTransaction(_ wait: Int) throws {
    // A worker's claim holds the row of its generation: this waits for those under way, and those to
    // come wait for this.
    try session.execute(
      "SET LOCAL lock_timeout = '2s'; LOCK TABLE ops.read_side IN EXCLUSIVE MODE")
    try FactWorker(session: session, target: building.target)
      .catchUpInTransaction(withLive: live)
    try refuseToFallBehind(session)
    for table in ["checkpoint", "cell_claim", "failure"] {
      try session.query("DELETE FROM ops.\(table) WHERE generation <> $1", [building.key])
    }
    let grants = try KeptGrants(session)
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
    try ReadSide(session: session).publishViews()
    try grants.give(session)
    try session.query("UPDATE ops.read_side SET live = true WHERE generation = $1", [building.key])
    try session.query("DELETE FROM ops.read_side WHERE generation <> $1", [building.key])
    for table in ["rebuild", "rebuild_cut", "rebuild_task", "rebuild_index"] {
      try session.query("DELETE FROM ops.\(table) WHERE generation = $1", [building.key])
    }
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
      SELECT i.code, n.position, l.position, coalesce(n.reason, 'they stand still there')
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
      reason: try row.text(3))
  }
}
