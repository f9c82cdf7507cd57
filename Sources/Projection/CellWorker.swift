internal import Indicators
public import Postgres

/// Computes the indicator cells that no longer fit the facts, and those only.
///
/// Projectors mark what they touch; this worker takes the marks of one institution, computes in
/// Swift from the facts at the facts' own position, and writes the cells in one transaction. The
/// day of the cut is part of every figure (a period is provisional until 30 days after its end),
/// so the first block of a new day makes all cells of the institution due.
public struct CellWorker {
  static let projection = "cell"

  private let session: Session

  /// - Parameter session: acts as projector.
  public init(session: Session) { self.session = session }

  /// Computes until nothing is stale; the number of cells written.
  public func runToEnd() throws -> Int {
    guard let row = try session.query("SELECT generation FROM ops.read_side WHERE live").first
    else { return 0 }
    var total = 0
    for claim in try scout(try row.int(0)) {
      do {
        total += try session.transaction(repeatableRead: true) { try compute(claim) }
      } catch let error as PostgresError where error.isRetryable {
        // A projector marked a cell while we were at it: the next round takes it.
        continue
      }
    }
    return total
  }

  /// For a rebuild's swap, inside its transaction: every cell of a generation just renamed to
  /// `fact`, so that nobody ever reads facts without figures.
  func fill(generation: Int) throws {
    for claim in try scout(generation) { _ = try compute(claim) }
  }

  private struct Claim {
    let institution: Int32
    let code: String
    let generation: Int
  }

  private struct Cut {
    let position: Int64
    let appendNo: Int64
    /// Day of the block the facts have reached.
    let asOf: String
    let isNewDay: Bool
    /// Events since the cells were computed last.
    let eventsSince: Int64
  }

  private func scout(_ generation: Int) throws -> [Claim] {
    try session.query(
      """
      INSERT INTO ops.checkpoint (institution_id, projection, generation)
      SELECT i.institution_id, $1, $2 FROM ops.institution AS i
       WHERE NOT EXISTS (SELECT FROM ops.checkpoint AS c
                          WHERE c.institution_id = i.institution_id AND c.projection = $1
                            AND c.generation = $2)
      ON CONFLICT DO NOTHING
      """, [.text(CellWorker.projection), .int(Int64(generation))])
    return try session.query(
      """
      SELECT i.institution_id, i.code
        FROM ops.institution AS i
        JOIN ops.checkpoint AS f
          ON f.institution_id = i.institution_id AND f.projection = 'fact' AND f.generation = $2
        JOIN ops.checkpoint AS c
          ON c.institution_id = i.institution_id AND c.projection = $1 AND c.generation = $2
       WHERE f.append_no > c.append_no
          OR EXISTS (SELECT FROM fact.stale AS s WHERE s.institution_id = i.institution_id)
       ORDER BY c.served_at
      """, [.text(CellWorker.projection), .int(Int64(generation))]
    ).map {
      Claim(institution: Int32(try $0.int(0)), code: try $0.text(1), generation: generation)
    }
  }

  private func compute(_ claim: Claim) throws -> Int {
    guard let cut = try lock(claim) else { return 0 }
    // Another worker may just have projected a great deal the planner knows nothing of; with what
    // it knows of empty tables it would take minutes.
    if cut.eventsSince > 10_000 {
      try session.query("SELECT fact.refresh_statistics('fact')")
    }
    try session.execute("SET LOCAL enable_nestloop = off")
    var written = 0
    for (programme, marks) in try stale(claim, cut) {
      let engine = try IndicatorEngine(
        session: session, institution: claim.institution, institutionCode: claim.code,
        programme: programme, at: cut.position, asOf: cut.asOf)
      let hasNewCalendar = try calendarChanged(engine, claim.institution, programme)
      for mark in hasNewCalendar ? [.everything] : marks {
        let cells = try engine.cells(families: mark.families, periods: mark.periods)
        try replace(claim.institution, programme, mark, cells)
        written += cells.count
      }
    }
    try session.query(
      "DELETE FROM fact.stale WHERE institution_id = $1", [.int(Int64(claim.institution))])
    try session.query(
      """
      UPDATE ops.checkpoint SET position = $4, append_no = $5, served_at = now()
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """,
      [
        .int(Int64(claim.institution)), .text(CellWorker.projection),
        .int(Int64(claim.generation)), .int(cut.position), .int(cut.appendNo),
      ])
    return written
  }

  /// A fact beyond the last period opens that period and every empty one before it; one that is
  /// taken back closes them again. Either way it is not only the marked months that change.
  private func calendarChanged(
    _ engine: IndicatorEngine, _ institution: Int32, _ programme: String
  ) throws -> Bool {
    let known = try session.query(
      """
      SELECT DISTINCT period FROM fact.cell
       WHERE institution_id = $1 AND programme = $2 AND period_kind IN ('month', 'term')
      """, [.int(Int64(institution)), .text(programme)]
    ).map { try $0.text(0) }
    return Set(engine.periods.map(\.code)) != Set(known)
  }

  private func lock(_ claim: Claim) throws -> Cut? {
    let id: [Value?] = [.int(Int64(claim.institution)), .int(Int64(claim.generation))]
    let before = try session.query(
      """
      SELECT append_no FROM ops.checkpoint
       WHERE institution_id = $1 AND projection = 'cell' AND generation = $2
         FOR UPDATE SKIP LOCKED
      """, id)
    guard let before = before.first else { return nil }
    let rows = try session.query(
      """
      SELECT f.position, f.append_no, (n.recorded_at AT TIME ZONE 'UTC')::date,
             (b.recorded_at AT TIME ZONE 'UTC')::date
               IS DISTINCT FROM (n.recorded_at AT TIME ZONE 'UTC')::date,
             f.position - coalesce(b.last_position, 0)
        FROM ops.checkpoint AS f
        JOIN log.append AS n
          ON n.institution_id = f.institution_id AND n.append_no = f.append_no
        LEFT JOIN log.append AS b ON b.institution_id = f.institution_id AND b.append_no = $3
       WHERE f.institution_id = $1 AND f.projection = 'fact' AND f.generation = $2
      """, id + [.int(Int64(try before.int(0)))])
    return try rows.first.map {
      Cut(
        position: Int64(try $0.int(0)), appendNo: Int64(try $0.int(1)), asOf: try $0.text(2),
        isNewDay: try $0.bool(3), eventsSince: Int64(try $0.int(4)))
    }
  }

  private func stale(_ claim: Claim, _ cut: Cut) throws -> [(String, [StaleMark])] {
    let id = Value.int(Int64(claim.institution))
    let known = try session.query(
      """
      SELECT DISTINCT programme FROM fact.programme
       WHERE institution_id = $1 AND superseded_by IS NULL ORDER BY programme
      """, [id]
    ).map { try $0.text(0) }
    if cut.isNewDay { return known.map { ($0, [StaleMark.everything]) } }
    var periods: [String: [String: Set<String>]] = [:]
    // Locked in the order in which projectors write them, so that the two never wait in a circle.
    for row in try session.query(
      """
      SELECT programme, family, period FROM fact.stale WHERE institution_id = $1
       ORDER BY programme, family, period FOR UPDATE
      """, [id])
    {
      periods[try row.text(0), default: [:]][try row.text(1), default: []].insert(try row.text(2))
    }
    return known.compactMap { programme in
      guard let families = periods[programme] else { return nil }
      return (
        programme, families.sorted { $0.key < $1.key }.map { StaleMark(word: $0.key, $0.value) }
      )
    }
  }

  private func replace(
    _ institution: Int32, _ programme: String, _ mark: StaleMark, _ cells: [Cell]
  ) throws {
    var codes: [String?]?
    if case .touching(let touched) = mark.periods {
      codes = Array(touched.union(cells.map(\.period)))
    }
    try session.query(
      """
      DELETE FROM fact.cell
       WHERE institution_id = $1 AND programme = $2 AND indicator = ANY ($3::text[])
         AND ($4::text[] IS NULL OR period = ANY ($4::text[]))
      """,
      [
        .int(Int64(institution)), .text(programme), .textArray(mark.indicators),
        codes.map { .textArray($0) },
      ])
    try session.copyIn(CellRows.copyStatement) { copy in
      for cell in cells { try copy.write(CellRows.row(institution, cell)) }
    }
  }
}
