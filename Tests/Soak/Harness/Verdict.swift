import Glibc
import Postgres

/// What must hold when the blows have ended.
struct Verdict {
  let ground: Ground

  /// Waits until facts and figures have come to the end of every log.
  func waitUntilCaughtUp() throws {
    let end = ContinuousClock.now + .seconds(ground.plan.patience)
    let session = try ground.session()
    while .now < end {
      let behind = try session.query(
        """
        SELECT (SELECT count(*) FROM ops.projection WHERE events_behind <> 0)
             + (SELECT count(*) FROM fact.stale)
        """)[0].int(0)
      if behind == 0 { return }
      usleep(100_000)
    }
    let late = try session.query(
      """
      SELECT institution || ' ' || projection || ' ' || state || ', ' || events_behind
             || ' events behind ' || coalesce(reason, '')
        FROM ops.projection WHERE events_behind <> 0
      """)
    ground.fault("never caught up: \(try late.map { try $0.text(0) })")
  }

  /// Facts, figures and log, after all workers have ended.
  func judge(_ institutions: [String]) throws {
    let session = try ground.session()
    for table in ["ops.failure", "fact.stale"] {
      let rows = try session.query("SELECT count(*) FROM \(table)")[0].int(0)
      if rows != 0 { ground.fault("\(rows) rows in \(table)") }
    }
    for institution in institutions {
      let ending = try ground.start(["verify", "--institution", institution], output: "verify")
        .wait()
      if ending != .exit(0) { ground.fault("varde verify of \(institution): \(ending)") }
    }
    let live = try digests(session)
    let ending = try ground.start(["rebuild", "--verify"], output: "rebuild").wait()
    if ending != .exit(0) { ground.fault("varde rebuild --verify: \(ending)") }
    let rebuilt = try digests(session)
    for (table, digest) in live where rebuilt[table] != digest {
      ground.fault("\(table): \(digest), rebuilt \(rebuilt[table] ?? "absent")")
    }
    ground.count("tables equal", by: live.count { rebuilt[$0.key] == $0.value })
    ground.count(
      "events in the logs", by: try session.query("SELECT count(*) FROM log.event")[0].int(0))
    ground.count("facts", by: try session.query("SELECT count(*) FROM fact.attendance")[0].int(0))
    ground.count("cells", by: try session.query("SELECT count(*) FROM fact.cell")[0].int(0))
  }

  /// Rows and their digest by table. It is the text of all rows in order, so a table that is equal
  /// is equal byte for byte; Varde's own comparison is not asked.
  private func digests(_ session: Session) throws -> [String: String] {
    let tables = try session.query(
      "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'fact' ORDER BY 1")
    var digests: [String: String] = [:]
    for table in tables {
      let name = "fact." + (try table.text(0))
      let row = try session.query(
        """
        SELECT count(*) || ' rows ' || coalesce(encode(sha256(convert_to(
                 string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), 'UTF8')), 'hex'), 'none')
          FROM \(name) AS t
        """)[0]
      digests[name] = try row.text(0)
    }
    return digests
  }
}
