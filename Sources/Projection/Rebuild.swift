internal import Glibc
public import Postgres

/// Builds the read side anew from the log and swaps it in.
public struct Rebuild {
  /// How the new facts compare with those they replace, at the same cut.
  public struct Parity: Sendable, Equatable {
    public let fact: String
    public let rowsBefore: Int
    public let rowsAfter: Int
    /// Whether all rows, in order, are byte for byte the same.
    public let isEqual: Bool
  }

  /// Somebody's own views stand on ours and would be dropped with them.
  public struct ForeignViews: Error, CustomStringConvertible {
    let names: [String]
    public var description: String {
      "these views stand on Varde's: \(names.joined(separator: ", "))"
        + "\n  hint: drop them, rebuild, and make them again; or keep their tables in another database"
    }
  }

  private let session: Session
  private let readSide: ReadSide

  /// - Parameter session: a session that may act as owner and as projector.
  public init(session: Session) {
    self.session = session
    readSide = ReadSide(session: session)
  }

  /// Fills a new generation to the head of every log, compares, and swaps it in.
  /// - Parameter progress: called with the number of events projected.
  /// - Returns: the parity report; empty if there was no comparable generation before.
  public func run(progress: (Int) -> Void = { _ in }) throws -> [Parity] {
    let live = try readSide.liveGeneration() ?? 0
    try removeOrphans()
    try refuseForeignViews()
    let next = try session.query(
      "SELECT coalesce(max(generation), 0) + 1 FROM ops.read_side")[0].int(0)
    let schema = "fact_\(next)"
    try session.transaction { try readSide.build(schema: schema, generation: next) }
    do {
      let worker = try FactWorker(
        session: session, target: .building(schema: schema, generation: next))
      try worker.runToEnd(progress: progress)
      let parity = try swapWhenFree(from: live, to: next, schema: schema)
      try removeOrphans()
      return parity
    } catch {
      // A failed rebuild leaves nothing behind; the old read side was never touched.
      try? abandon(schema: schema, generation: next)
      throw error
    }
  }

  /// The swap needs the views for a moment. It gives up quickly while somebody reads, and tries
  /// again, instead of making everybody else wait behind it.
  private func swapWhenFree(from live: Int, to next: Int, schema: String) throws -> [Parity] {
    var attempt = 0
    while true {
      do {
        return try swap(from: live, to: next, schema: schema)
      } catch let error as PostgresError where error.isRetryable && attempt < 60 {
        attempt += 1
        sleep(1)
      }
    }
  }

  private func swap(from live: Int, to next: Int, schema: String) throws -> [Parity] {
    try session.transaction {
      try session.execute("SET LOCAL lock_timeout = '2s'")
      // Live workers finish their claim and wait; then both sides stand at one cut.
      try session.execute("LOCK TABLE ops.checkpoint IN EXCLUSIVE MODE")
      let isComparable = try live != 0 && readSide.isCurrent()
      if isComparable {
        try FactWorker(session: session, target: .live).catchUpInTransaction()
      }
      try FactWorker(session: session, target: .building(schema: schema, generation: next))
        .catchUpInTransaction()
      let parity = isComparable ? try compare(with: schema) : []
      try session.execute(
        """
        ALTER SCHEMA fact RENAME TO fact_before;
        ALTER SCHEMA \(schema) RENAME TO fact;
        """)
      try CatalogueWriter(session: session).writeInTransaction()
      try CellWorker(session: session).fill(generation: next)
      // Last, because from here on readers wait.
      try readSide.publishViews()
      try session.query(
        "UPDATE ops.read_side SET live = (generation = $1)", [.int(Int64(next))])
      try session.query(
        "DELETE FROM ops.checkpoint WHERE generation <> $1", [.int(Int64(next))])
      try session.execute("RESET ROLE")
      return parity
    }
  }

  /// Schemas of rebuilds that were killed, and the facts that were replaced last.
  private func removeOrphans() throws {
    let orphans = try session.query(
      "SELECT nspname FROM pg_namespace WHERE nspname ~ '^fact_(before|[0-9]+)$'")
    for orphan in orphans {
      try session.execute("DROP SCHEMA \(session.quoted(identifier: try orphan.text(0))) CASCADE")
    }
    for table in ["ops.checkpoint", "ops.failure"] {
      try session.execute(
        "DELETE FROM \(table) WHERE generation <> (SELECT generation FROM ops.read_side WHERE live)"
      )
    }
    try session.execute("DELETE FROM ops.read_side WHERE NOT live")
  }

  /// Views that somebody built on ours would go with the old facts without a word.
  private func refuseForeignViews() throws {
    let views = try session.query(
      """
      WITH ours AS (
        SELECT t.oid, 'pg_class'::regclass AS kind, t.relnamespace AS schema FROM pg_class AS t
        UNION ALL
        SELECT p.oid, 'pg_proc'::regclass, p.pronamespace FROM pg_proc AS p
      )
      SELECT DISTINCT v.oid::regclass::text
        FROM pg_depend AS d
        JOIN pg_rewrite AS r ON r.oid = d.objid
        JOIN pg_class AS v ON v.oid = r.ev_class
        JOIN ours AS t ON t.oid = d.refobjid AND t.kind = d.refclassid
        JOIN pg_namespace AS n ON n.oid = t.schema AND n.nspname IN ('fact', 'evaluation')
        JOIN pg_namespace AS o ON o.oid = v.relnamespace AND o.nspname NOT IN ('fact', 'evaluation')
       WHERE d.classid = 'pg_rewrite'::regclass
      """
    ).map { try $0.text(0) }
    guard views.isEmpty else { throw ForeignViews(names: views) }
  }

  private func compare(with schema: String) throws -> [Parity] {
    let facts = try session.query("SELECT fact FROM fact.projector ORDER BY ordinal")
    return try facts.map { row in
      let fact = try row.text(0)
      let before = try fingerprint("fact", fact)
      let after = try fingerprint(schema, fact)
      return Parity(
        fact: fact, rowsBefore: before.rows, rowsAfter: after.rows,
        isEqual: before.digest == after.digest)
    }
  }

  private func fingerprint(_ schema: String, _ fact: String) throws -> (rows: Int, digest: String) {
    guard
      try session.query("SELECT to_regclass($1) IS NOT NULL", [.text("\(schema).\(fact)")])[0]
        .bool(0)
    else { return (0, "absent") }
    // Order-free and in constant memory: the sum of a hash of each row's text.
    let row = try session.query(
      """
      SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text
        FROM \(schema).\(fact) AS t
      """)[0]
    return (try row.int(0), try row.text(1))
  }

  private func abandon(schema: String, generation: Int) throws {
    try session.transaction {
      try session.execute("DROP SCHEMA IF EXISTS \(schema) CASCADE")
      for table in ["ops.checkpoint", "ops.failure", "ops.read_side"] {
        try session.query(
          "DELETE FROM \(table) WHERE generation = $1", [.int(Int64(generation))])
      }
    }
  }
}
