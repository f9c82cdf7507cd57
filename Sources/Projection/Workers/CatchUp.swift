internal import Glibc
public import Postgres

/// Brings facts and figures to where all logs end when it begins, together with whoever else is at
/// that: what another worker has claimed is waited for.
public struct CatchUp {
  /// What it has done itself.
  public struct Work: Sendable, Equatable {
    public var events = 0
    public var cells = 0
  }

  /// What it tells while it is at work.
  public enum News: Sendable, Equatable {
    /// Events it has projected so far.
    case projected(events: Int)
    /// It has nothing to do itself until other workers are done with these institutions.
    case waiting(institutions: [String])
  }

  private let connect: () throws -> Session
  private let computesCells: Bool

  /// - Parameters:
  ///   - computesCells: whether figures are computed, and waited for.
  ///   - connect: makes a session that acts as projector.
  public init(computesCells: Bool, connect: @escaping () throws -> Session) {
    self.computesCells = computesCells
    self.connect = connect
  }

  /// Ends when everything is done but what stands still or waits for its next try.
  /// - Throws: `ReadSide.Outdated`; `PostgresError`.
  public func run(tell: (News) -> Void) throws -> Work {
    var session = try connect()
    try ReadSide(session: session).check()
    try CatalogueWriter(session: session).write()
    let ends = try LogEnds(session)
    var work = Work()
    var hasComeRound = false
    while true {
      do {
        try round(session, &work, tell)
        hasComeRound = true
        let missing = try ends.missing(session, withCells: computesCells)
        if missing.isEmpty { return work }
        tell(.waiting(institutions: missing))
        usleep(200_000)
      } catch let error as PostgresError where error.isConnectionFailure && hasComeRound {
        // A claim that was held too long, because this process was stopped, is lost with its session.
        hasComeRound = false
        session = try connect()
      }
    }
  }

  private func round(_ session: Session, _ work: inout Work, _ tell: (News) -> Void) throws {
    let before = work.events
    work.events += try FactWorker(session: session).runToEnd {
      tell(.projected(events: before + $0))
    }
    if computesCells { work.cells += try CellWorker(session: session).runToEnd() }
  }
}

/// Where each log ended at some moment.
private struct LogEnds {
  private var institutions: [Int64] = []
  private var blocks: [Int64] = []
  private var positions: [Int64] = []

  init(_ session: Session) throws {
    for row in try session.query(
      """
      SELECT i.institution_id, h.append_no, h.last_position
        FROM ops.institution AS i CROSS JOIN LATERAL log.head(i.institution_id) AS h
      """)
    {
      institutions.append(Int64(try row.int(0)))
      blocks.append(Int64(try row.int(1)))
      positions.append(Int64(try row.int(2)))
    }
  }

  /// Codes of the institutions whose facts, or figures of these facts, do not reach to there and that
  /// nothing keeps from it.
  func missing(_ session: Session, withCells: Bool) throws -> [String] {
    try session.query(
      """
      SELECT i.code
        FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
               AS e(institution_id, append_no, position)
        JOIN ops.institution AS i ON i.institution_id = e.institution_id
        JOIN ops.read_side AS r ON r.live
        LEFT JOIN ops.checkpoint AS f
          ON f.institution_id = i.institution_id AND f.projection = 'fact'
         AND f.generation = r.generation
        LEFT JOIN ops.checkpoint AS c
          ON c.institution_id = i.institution_id AND c.projection = 'cell'
         AND c.generation = r.generation
       WHERE (coalesce(f.append_no, 0) < e.append_no AND f.reason IS NULL)
          OR ($4 AND c.reason IS NULL
              AND (coalesce(c.append_no, 0) < least(e.append_no, coalesce(f.append_no, 0))
                   OR EXISTS (SELECT FROM fact.stale AS s
                               WHERE s.institution_id = i.institution_id
                                 AND s.position <= least(e.position, f.position))))
       ORDER BY i.code
      """,
      [
        .int64Array(institutions), .int64Array(blocks), .int64Array(positions), .bool(withCells),
      ]
    ).map { try $0.text(0) }
  }
}
