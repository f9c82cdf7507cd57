public import Postgres

/// Moves facts forward: claims an institution, runs the projectors over its next blocks, and
/// advances the checkpoint in the same transaction.
///
/// Any number of workers may run on any number of hosts and may be killed at any time; nothing
/// but PostgreSQL coordinates them, and only with transaction-scoped locks.
public struct FactWorker {
  static let projection = "fact"
  /// How long a claim may be silent: between two of its statements nothing is done but a little Swift.
  static let silence = "1min"

  /// Which facts are filled.
  enum Target {
    /// The ones analysts read, whatever generation they are by now.
    case live
    /// A generation that is being built beside them.
    case building(schema: String, generation: Int)

    var schema: String {
      switch self {
      case .live: "fact"
      case .building(let schema, _): schema
      }
    }
  }

  let session: Session
  let target: Target
  /// Digest of the read side this binary can fill.
  private let digest: String

  /// A worker for the live facts. `session` acts as projector.
  public init(session: Session) throws { try self.init(session: session, target: .live) }

  init(session: Session, target: Target) throws {
    self.session = session
    self.target = target
    digest = try ReadSide(session: session).digest()
  }

  /// Whether people read what is filled; a rebuild that cannot go on is better given up.
  private var isLive: Bool { if case .live = target { true } else { false } }

  var schema: String { target.schema }

  /// The generation to fill. Inside a claim it is pinned: a rebuild's swap waits for the claim, and
  /// a claim after the swap fills the new generation.
  func generation(pinned: Bool) throws -> Int {
    guard case .live = target else {
      guard case .building(_, let generation) = target else { return 0 }
      return generation
    }
    let rows = try session.query(
      "SELECT generation, digest FROM ops.read_side WHERE live" + (pinned ? " FOR SHARE" : ""))
    guard let row = rows.first else { throw Migrator.Mismatch.uninitialised }
    guard try row.text(1) == digest else { throw ReadSide.Outdated() }
    return try row.int(0)
  }

  /// Projects until no claimable institution is behind its log; returns the events projected.
  @discardableResult
  public func runToEnd(progress: (Int) -> Void = { _ in }) throws -> Int {
    var total = 0
    var pace = Pace()
    var statistics = StatisticsDue()
    while true {
      let projected = try runOnce(pace: &pace)
      if statistics.isDue(after: projected) { try refreshStatistics() }
      guard projected > 0 else { return total }
      total += projected
      progress(total)
    }
  }

  func refreshStatistics() throws {
    try session.query("SELECT \(schema).refresh_statistics($1)", [.text(schema)])
  }

  /// One claim; returns the events projected, 0 if there was nothing to do.
  ///
  /// What is wrong with one institution's log, or takes too long there, is noted and does not hold up
  /// the others; what is wrong with the server is thrown.
  public func runOnce(pace: inout Pace) throws -> Int {
    for institution in try scout() {
      let started = ContinuousClock.now
      let budget = pace.budget
      do {
        let events = try session.transaction {
          // What a crash takes back is projected again; memory keeps the joins out of files.
          try session.execute(
            claimSettings(institution)
              + "SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '64MB'")
          return try claim(institution, budget: budget)
        }
        guard events > 0 else { continue }
        pace.took(ContinuousClock.now - started)
        return events
      } catch let error as PostgresError where error.isRetryable {
        continue  // It lost a race (a deadlock, a lock that did not come); the next round takes it.
      } catch let error as PostgresError where isLive && !error.isAboutServer {
        if error.isCancelled { pace.took(.seconds(60)) }
        try postpone(institution, error)
      }
    }
    return 0
  }

  /// Nobody waits for a claim on facts that nobody reads yet.
  private func claimSettings(_ institution: Int32) -> String {
    guard isLive else { return "" }
    return ClaimHolder(FactWorker.projection, institution).settings(silence: FactWorker.silence)
  }

  /// For a rebuild's swap, inside its transaction: up to where the live facts are, and hardly further.
  func catchUpInTransaction(withLive live: Int) throws {
    while true {
      let behind = try behind(live)
      var taken = 0
      for (institution, events) in behind { taken += try claim(institution, budget: events) }
      if taken == 0 { return }
    }
  }

  /// Institutions whose live facts have come further than these, and by how many events.
  private func behind(_ live: Int) throws -> [(institution: Int32, events: Int)] {
    let parameters: [Value?] = [
      .text(FactWorker.projection), .int(Int64(try generation(pinned: false))), .int(Int64(live)),
    ]
    try session.query(
      """
      INSERT INTO ops.checkpoint (projection, generation, institution_id)
      SELECT $1, $2, l.institution_id FROM ops.checkpoint AS l
       WHERE l.projection = $1 AND l.generation = $3
      ON CONFLICT DO NOTHING
      """, parameters)
    return try session.query(
      """
      SELECT l.institution_id, l.position - n.position
        FROM ops.checkpoint AS l
        JOIN ops.checkpoint AS n
          ON n.institution_id = l.institution_id AND n.projection = $1 AND n.generation = $2
       WHERE l.projection = $1 AND l.generation = $3 AND l.position > n.position
       ORDER BY l.institution_id
      """, parameters
    ).map { (institution: Int32(try $0.int(0)), events: try $0.int(1)) }
  }

  /// Institutions behind their log, least recently served, or to be tried again, first. A plain read:
  /// only a hint.
  private func scout() throws -> [Int32] {
    let key: [Value?] = [
      .text(FactWorker.projection), .int(Int64(try generation(pinned: false))),
    ]
    let rows = try session.query(
      """
      SELECT i.institution_id, c.institution_id IS NULL
        FROM ops.institution AS i
        LEFT JOIN ops.checkpoint AS c
          ON c.institution_id = i.institution_id AND c.projection = $1 AND c.generation = $2
       WHERE coalesce(c.state = 'active' AND c.not_before <= clock_timestamp(), true)
         AND coalesce(c.append_no, 0)
             <> coalesce((SELECT a.append_no FROM log.append AS a
                           WHERE a.institution_id = i.institution_id
                           ORDER BY a.append_no DESC LIMIT 1), 0)
       ORDER BY greatest(c.served_at, c.not_before) NULLS FIRST
       LIMIT 32
      """, key)
    for row in rows where try row.bool(1) {
      try session.query(
        """
        INSERT INTO ops.checkpoint (projection, generation, institution_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
        """, key + [.int(Int64(try row.int(0)))])
    }
    return try rows.map { Int32(try $0.int(0)) }
  }

  private func claim(_ institution: Int32, budget: Int) throws -> Int {
    let generation = try generation(pinned: true)
    guard let checkpoint = try Checkpoint.lock(session, institution, generation: generation)
    else { return 0 }
    let blocks = try nextBlocks(after: checkpoint, budget: budget)
    if blocks.isEmpty, try log(of: institution, reaches: checkpoint) { return 0 }
    guard let first = blocks.first, first.previousHash == checkpoint.hash else {
      try FailureBook(session: session).halt(
        checkpoint.key,
        "log and checkpoint disagree after block \(checkpoint.appendNo): the log was restored to "
          + "an earlier state or rewritten")
      return 0
    }
    return try take(blocks, checkpoint)
  }

  /// There was nothing left when the blocks were read, because the scout was late and another worker
  /// has taken it; more may have been appended since then, which is for the next claim.
  private func log(of institution: Int32, reaches checkpoint: Checkpoint) throws -> Bool {
    try session.query(
      "SELECT append_no FROM log.head($1)", [.int(Int64(institution))])[0].int(0)
      >= Int(checkpoint.appendNo)
  }

  /// Projects the blocks that go and advances the checkpoint over them; what is wrong with the next
  /// one is noted in the same transaction.
  private func take(_ blocks: [Block], _ checkpoint: Checkpoint) throws -> Int {
    let (taken, poison) = try projectWhatGoes(checkpoint.institution, blocks)
    var events = 0
    if let first = blocks.first, let last = blocks.prefix(taken).last {
      events = Int(last.lastPosition - first.firstPosition + 1)
      try advance(checkpoint, to: last)
    }
    if let poison { try FailureBook(session: session).note(checkpoint.key, poison) }
    return events
  }

  private func advance(_ checkpoint: Checkpoint, to block: Block) throws {
    try session.query(
      """
      UPDATE ops.checkpoint
         SET position = $4, append_no = $5, hash = $6, served_at = now(), attempts = 0,
             reason = NULL
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """,
      checkpoint.key + [.int(block.lastPosition), .int(block.appendNo), .bytes(block.hash)])
    guard checkpoint.hasFailures else { return }
    try FailureBook(session: session).forget(checkpoint.key, upTo: block.lastPosition)
  }
}
