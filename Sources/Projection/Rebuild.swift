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
    let next = try session.query(
      "SELECT coalesce(max(generation), 0) + 1 FROM ops.read_side")[0].int(0)
    let schema = "fact_\(next)"
    try session.transaction { try readSide.build(schema: schema, generation: next) }
    do {
      let worker = FactWorker(session: session, schema: schema, generation: next)
      try worker.runToEnd(progress: progress)
      return try swap(from: live, to: next, schema: schema)
    } catch {
      // A failed rebuild leaves nothing behind; the old read side was never touched.
      try? abandon(schema: schema, generation: next)
      throw error
    }
  }

  private func swap(from live: Int, to next: Int, schema: String) throws -> [Parity] {
    try session.transaction {
      // Live workers finish their claim and wait; then both sides stand at one cut.
      try session.execute("LOCK TABLE ops.checkpoint IN EXCLUSIVE MODE")
      try FactWorker(session: session, schema: "fact", generation: live).catchUpInTransaction()
      try FactWorker(session: session, schema: schema, generation: next).catchUpInTransaction()
      let parity = live == 0 ? [] : try compare(with: schema)
      try session.execute(
        """
        ALTER SCHEMA fact RENAME TO fact_before;
        ALTER SCHEMA \(schema) RENAME TO fact;
        """)
      try readSide.publishViews()
      try session.execute("DROP SCHEMA fact_before CASCADE")
      try session.query(
        "UPDATE ops.read_side SET live = (generation = $1)", [.int(Int64(next))])
      try session.query("DELETE FROM ops.checkpoint WHERE generation < $1", [.int(Int64(next))])
      try session.execute("RESET ROLE")
      return parity
    }
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
