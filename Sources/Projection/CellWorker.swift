internal import Indicators
public import Postgres

/// Computes the indicator cells that no longer fit the facts, and those only.
///
/// Projectors mark what they touch. This worker claims an institution in two steps, a plain look and
/// then a row lock that nobody waits for, reads the marks, computes in Swift what they name, writes
/// the cells and clears the marks it has seen: what was marked anew meanwhile stays marked. Any number
/// of workers may run; no two compute the cells of one institution at the same time, and one that
/// dies has done nothing. Projectors never wait for a computation, because facts are read as they
/// were at the cut and marks are locked last.
///
/// The day of the cut is part of every figure (a period is provisional until 30 days after its end),
/// so the first block of a new day makes all cells of the institution due; those that were marked
/// come first.
public struct CellWorker {
  static let projection = "cell"
  /// How long a claim may be silent: figures are computed between its statements.
  static let silence = "10min"

  let session: Session
  private let target: FactWorker.Target
  private let isStopped: () -> Bool
  var schema: String { target.schema }

  /// - Parameters:
  ///   - session: acts as projector.
  ///   - isStopped: whether a statement that was cancelled is to end the work; otherwise its
  ///     institution is left alone for a while.
  public init(session: Session, isStopped: @escaping () -> Bool = { false }) {
    self.init(session: session, target: .live, isStopped: isStopped)
  }

  /// A rebuild that cannot go on is better given up.
  init(
    session: Session, target: FactWorker.Target, isStopped: @escaping () -> Bool = { true }
  ) {
    self.session = session
    self.target = target
    self.isStopped = isStopped
  }

  /// Computes what is stale, but what another worker is just computing; the number of cells written.
  public func runToEnd() throws -> Int { try serve(try scout()) }

  /// Computes what is stale of these institutions.
  @discardableResult
  func serve(_ claims: [Claim]) throws -> Int {
    var total = 0
    for claim in claims {
      do {
        total += try serve(claim)
      } catch let error as PostgresError where error.isRetryable {
        // A lock that did not come: the next round takes it.
        continue
      } catch is Swapped {
        continue
      } catch let error as PostgresError
        where error.isAboutServer || (error.isCancelled && isStopped())
      {
        throw error
      } catch {
        // Others' figures do not wait for those of one institution that cannot be computed.
        try note(error, claim)
      }
    }
    return total
  }

  /// Writes down that the figures of an institution cannot be computed from what its facts say.
  private func note(_ error: any Error, _ claim: Claim) throws {
    try session.transaction {
      guard let cut = try cut(of: claim) else { return }
      let server = error as? PostgresError
      if let server, !server.isAboutData {
        return try FailureBook(session: session).postpone(
          claim.key, server, while: Hindrance.computing)
      }
      try FailureBook(session: session).note(
        claim.key,
        Poison(
          position: cut.position, sqlstate: server?.sqlstate,
          message: "figures: " + (server.map(FailureText.masked) ?? "\(error)")))
    }
  }

  /// An institution with something stale.
  struct Claim: Sendable {
    let institution: Int32
    let code: String
    let generation: Int

    var key: [Value?] {
      [.int(Int64(institution)), .text(CellWorker.projection), .int(Int64(generation))]
    }
  }

  /// How far the facts have come, as this worker found them.
  struct Cut {
    let position: Int64
    let appendNo: Int64
    /// Day of the block the facts have reached.
    let asOf: String
    let isNewDay: Bool
    /// Whether there were cells before.
    let isFirst: Bool
    /// Events since the cells were computed last.
    let eventsSince: Int64
  }

  /// A rebuild has put other facts in place meanwhile; nothing of this claim may stay.
  private struct Swapped: Error {}

  /// The generation to compute for; `nil` where there is none, or where a rebuild is about to replace
  /// it and brings figures of its own.
  private func generation() throws -> Int? {
    if case .building(_, let generation) = target { return generation }
    return try session.query(
      """
      SELECT r.generation FROM ops.read_side AS r
       WHERE r.live AND NOT EXISTS (SELECT FROM ops.swap_near)
      """
    ).first?.int(0)
  }

  /// The programme of an institution's first mark. In the order of the key, as `marks`, so that the
  /// index is walked: only such a walk remembers which of its entries are of marks that are gone, and
  /// after much has happened they are most of it.
  private var firstMark: String {
    """
    SELECT s.programme FROM \(schema).stale AS s WHERE s.institution_id = i.institution_id
     ORDER BY s.programme, s.family, s.group_code, s.period LIMIT 1
    """
  }

  func scout() throws -> [Claim] {
    guard let generation = try generation() else { return [] }
    let key: [Value?] = [.text(CellWorker.projection), .int(Int64(generation))]
    let rows = try session.query(
      """
      SELECT i.institution_id, i.code, c.institution_id IS NULL OR k.institution_id IS NULL
        FROM ops.institution AS i
        JOIN ops.checkpoint AS f
          ON f.institution_id = i.institution_id AND f.projection = 'fact' AND f.generation = $2
        LEFT JOIN ops.checkpoint AS c
          ON c.institution_id = i.institution_id AND c.projection = $1 AND c.generation = $2
        LEFT JOIN ops.cell_claim AS k
          ON k.institution_id = i.institution_id AND k.generation = $2
       WHERE (f.append_no > coalesce(c.append_no, 0)
              OR (\(firstMark)) IS NOT NULL)
         AND coalesce(c.state = 'active' AND c.not_before <= clock_timestamp(), true)
       ORDER BY greatest(c.served_at, c.not_before) NULLS FIRST
      """, key)
    for row in rows where try row.bool(2) {
      let institution = Value.int(Int64(try row.int(0)))
      try session.query(
        """
        INSERT INTO ops.checkpoint (projection, generation, institution_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
        """, key + [institution])
      try session.query(
        """
        INSERT INTO ops.cell_claim (institution_id, generation) VALUES ($1, $2)
        ON CONFLICT DO NOTHING
        """, [institution, .int(Int64(generation))])
    }
    return try rows.map {
      Claim(institution: Int32(try $0.int(0)), code: try $0.text(1), generation: generation)
    }
  }

  private func serve(_ claim: Claim) throws -> Int {
    var written = 0
    var isDone = false
    // A new day's marks first: somebody may be waiting for those, and the rest takes longer.
    for everything in [false, true] where !isDone {
      try session.transaction {
        if case .live = target {
          try session.execute(
            ClaimHolder(CellWorker.projection, claim.institution)
              .settings(silence: CellWorker.silence))
        }
        guard try take(claim), let cut = try cut(of: claim) else { return isDone = true }
        guard everything || !cut.isFirst else { return }
        written += try renew(claim, cut, everything: everything)
        isDone = !cut.isNewDay
      }
    }
    return written
  }

  /// Locks the institution's claim for this transaction; false if another worker has it.
  private func take(_ claim: Claim) throws -> Bool {
    try !session.query(
      """
      SELECT FROM ops.cell_claim WHERE institution_id = $1 AND generation = $2
         FOR UPDATE SKIP LOCKED
      """, [.int(Int64(claim.institution)), .int(Int64(claim.generation))]
    ).isEmpty
  }

  private func renew(_ claim: Claim, _ cut: Cut, everything: Bool) throws -> Int {
    // A worker may just have projected a great deal the planner knows nothing of; with what it
    // knows of empty tables it would take minutes.
    if case .live = target, cut.eventsSince > StatisticsDue.manyRows {
      try session.query("SELECT fact.refresh_statistics('fact')")
    }
    // What a crash takes back it takes back whole, with the marks: it is computed again.
    try session.execute("SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '64MB'")
    let marks = try marks(claim.institution, cut)
    let due = Dictionary(grouping: marks, by: \.programme).mapValues(StaleMark.all)
    var written = 0
    let programmes = try programmes(claim.institution, cut)
    try forget(Set(due.keys).subtracting(programmes), claim.institution)
    for programme in programmes where everything || due[programme] != nil {
      written += try compute(
        claim, cut, programme, everything ? [.everything] : due[programme, default: []])
    }
    try clear(marks, claim.institution)
    // The next change looks for a few cells among these: with what the planner knows of none it
    // would read them all.
    if case .live = target, written > StatisticsDue.manyRows {
      try session.query("SELECT fact.refresh_statistics('fact')")
    }
    let isReached = everything || !cut.isNewDay
    let advanced = try session.query(
      """
      UPDATE ops.checkpoint SET position = CASE WHEN $6 THEN $4 ELSE position END,
             append_no = CASE WHEN $6 THEN $5 ELSE append_no END, served_at = now(),
             attempts = 0, reason = NULL
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """,
      claim.key + [.int(cut.position), .int(cut.appendNo), .text(isReached ? "true" : "false")])
    guard advanced.affected == 1 else { throw Swapped() }
    if isReached { try FailureBook(session: session).forget(claim.key, upTo: cut.position) }
    return written
  }

  /// Clears the marks that were seen; locked in the order in which projectors write them, so that
  /// the two never wait in a circle.
  private func clear(_ marks: [Mark], _ institution: Int32) throws {
    guard !marks.isEmpty else { return }
    try session.query(
      """
      WITH seen AS MATERIALIZED (
        SELECT s.programme, s.family, s.group_code, s.period
          FROM \(schema).stale AS s
          JOIN unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
                 AS m(programme, family, group_code, period, position)
            ON (m.programme, m.family, m.group_code, m.period)
               = (s.programme, s.family, s.group_code, s.period)
         WHERE s.institution_id = $1 AND s.position = m.position
         ORDER BY s.programme, s.family, s.group_code, s.period
           FOR UPDATE OF s)
      DELETE FROM \(schema).stale AS s USING seen
       WHERE s.institution_id = $1
         AND (s.programme, s.family, s.group_code, s.period)
             = (seen.programme, seen.family, seen.group_code, seen.period)
      """,
      [
        .int(Int64(institution)), .textArray(marks.map(\.programme)),
        .textArray(marks.map(\.word)), .textArray(marks.map(\.group)),
        .textArray(marks.map(\.period)), .int64Array(marks.map(\.position)),
      ])
  }

  private func cut(of claim: Claim) throws -> Cut? {
    let rows = try session.query(
      """
      SELECT f.position, f.append_no, (n.recorded_at AT TIME ZONE 'UTC')::date,
             (b.recorded_at AT TIME ZONE 'UTC')::date
               IS DISTINCT FROM (n.recorded_at AT TIME ZONE 'UTC')::date,
             b.append_no IS NULL, f.position - coalesce(b.last_position, 0)
        FROM ops.checkpoint AS f
        JOIN ops.checkpoint AS c
          ON c.institution_id = f.institution_id AND c.projection = $2
         AND c.generation = f.generation
        JOIN log.append AS n
          ON n.institution_id = f.institution_id AND n.append_no = f.append_no
        LEFT JOIN log.append AS b
          ON b.institution_id = f.institution_id AND b.append_no = c.append_no
       WHERE f.institution_id = $1 AND f.projection = 'fact' AND f.generation = $3
      """, claim.key)
    return try rows.first.map {
      Cut(
        position: Int64(try $0.int(0)), appendNo: Int64(try $0.int(1)), asOf: try $0.text(2),
        isNewDay: try $0.bool(3), isFirst: try $0.bool(4), eventsSince: Int64(try $0.int(5)))
    }
  }

  /// The marks of what is known at the cut: a later one is of facts that are not read yet.
  private func marks(_ institution: Int32, _ cut: Cut) throws -> [Mark] {
    try session.query(
      """
      SELECT programme, family, group_code, period, position
        FROM \(schema).stale WHERE institution_id = $1 AND position <= $2
       ORDER BY programme, family, group_code, period
      """, [.int(Int64(institution)), .int(cut.position)]
    ).map {
      Mark(
        programme: try $0.text(0), word: try $0.text(1), group: try $0.text(2),
        period: try $0.text(3), position: Int64(try $0.int(4)))
    }
  }

  private func programmes(_ institution: Int32, _ cut: Cut) throws -> [String] {
    try session.query(
      """
      SELECT DISTINCT programme FROM \(schema).programme
       WHERE institution_id = $1 AND position <= $2
         AND (superseded_by IS NULL OR superseded_by > $2)
       ORDER BY programme
      """, [.int(Int64(institution)), .int(cut.position)]
    ).map { try $0.text(0) }
  }
}
