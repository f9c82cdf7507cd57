internal import Glibc
internal import Postgres

/// Transactions that look at the database as it was before the new facts were complete.
///
/// Names are looked up as they are now, rows as they were: whoever has such a snapshot and reads facts
/// only after a swap would find too few, or none at all, without an error.
struct OldSnapshots {
  /// They did not end in time.
  struct Held: Error {
    let processes: [Int]
  }

  /// In no transaction: what it sees of other sessions is fixed for as long as one lasts.
  let watcher: Session
  /// Process of the session that swaps, which may keep a snapshot of the statement before.
  let swapping: Int

  /// Waits until nobody looks at what was before now.
  /// - Returns: false where others' sessions may not be seen; then it has not waited.
  /// - Throws: `Held`.
  func wait(milliseconds: Int) throws -> Bool {
    let now = try watcher.query(
      """
      SELECT ops.sees_sessions(), pg_snapshot_xmax(pg_current_snapshot())::xid,
             clock_timestamp()
      """)[0]
    guard try now.bool(0) else { return false }
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while true {
      let processes = try processes(from: now)
      if processes.isEmpty { return true }
      guard ContinuousClock.now < end else { throw Held(processes: processes) }
      usleep(20_000)
    }
  }

  /// A transaction of long ago, also one in another database, makes new snapshots look old; whoever
  /// has begun since then has a new one all the same. A worker that waits for the swap will look
  /// anew.
  private func processes(from now: Row) throws -> [Int] {
    try watcher.query(
      """
      SELECT o.pid FROM ops.open_transactions() AS o
       WHERE age(o.snapshot) > age($1::xid) AND o.started_at <= $2::timestamptz AND o.pid <> $3
         AND NOT EXISTS (SELECT FROM pg_locks AS l
                          WHERE l.pid = o.pid AND NOT l.granted
                            AND l.relation = 'ops.read_side'::regclass)
       ORDER BY o.started_at
      """, [.text(try now.text(1)), .text(try now.text(2)), .int(Int64(swapping))]
    ).map { try $0.int(0) }
  }
}
