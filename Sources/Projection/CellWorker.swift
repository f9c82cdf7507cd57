internal import Indicators
public import Postgres

/// Computes the indicator cells that no longer fit the facts, and those only.
///
/// Projectors mark what they touch. This worker reads the marks of one institution, computes in
/// Swift from one snapshot of the facts, and writes the cells in a second, short transaction that
/// clears the marks it has seen: what was marked anew meanwhile stays marked, and no projector waits
/// for a computation. The day of the cut is part of every figure (a period is provisional until 30
/// days after its end), so the first block of a new day makes all cells of the institution due.
public struct CellWorker {
  static let projection = "cell"

  private let session: Session
  private let target: FactWorker.Target
  private var schema: String { target.schema }

  /// - Parameter session: acts as projector.
  public init(session: Session) { self.init(session: session, target: .live) }

  init(session: Session, target: FactWorker.Target) {
    self.session = session
    self.target = target
  }

  /// Computes until nothing is stale; the number of cells written.
  public func runToEnd() throws -> Int { try serve(try scout()) }

  /// Computes what is stale of these institutions.
  @discardableResult
  func serve(_ claims: [Claim]) throws -> Int {
    var total = 0
    for claim in claims {
      do {
        guard
          let computed = try session.transaction(repeatableRead: true, { try compute(claim) })
        else { continue }
        total += try session.transaction { try write(computed) }
      } catch let error as PostgresError where error.isRetryable {
        // A lock that did not come: the next round takes it.
        continue
      } catch let error as PostgresError where error.isAboutServer || error.isCancelled {
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
        return try FailureBook(session: session).postpone(key(of: claim), server)
      }
      try FailureBook(session: session).note(
        key(of: claim),
        Poison(
          position: cut.position, sqlstate: server?.sqlstate,
          message: "figures: " + (server.map(FailureText.masked) ?? "\(error)")))
    }
  }

  private func key(of claim: Claim) -> [Value?] {
    [
      .int(Int64(claim.institution)), .text(CellWorker.projection), .int(Int64(claim.generation)),
    ]
  }

  /// An institution with something stale.
  struct Claim: Sendable {
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
    /// Block the cells had reached when this was read.
    let before: Int64
  }

  /// The generation to compute for; `nil` where there is none, or where a rebuild is about to replace
  /// it and brings figures of its own.
  private func generation() throws -> Int? {
    if case .building(_, let generation) = target { return generation }
    return try session.query(
      """
      SELECT r.generation FROM ops.read_side AS r
       WHERE r.live AND NOT EXISTS (SELECT FROM ops.rebuild AS b
                                     WHERE b.swapping_at > now() - interval '3 minutes')
      """
    ).first?.int(0)
  }

  func scout() throws -> [Claim] {
    guard let generation = try generation() else { return [] }
    let key: [Value?] = [.text(CellWorker.projection), .int(Int64(generation))]
    let rows = try session.query(
      """
      SELECT i.institution_id, i.code, c.institution_id IS NULL
        FROM ops.institution AS i
        JOIN ops.checkpoint AS f
          ON f.institution_id = i.institution_id AND f.projection = 'fact' AND f.generation = $2
        LEFT JOIN ops.checkpoint AS c
          ON c.institution_id = i.institution_id AND c.projection = $1 AND c.generation = $2
       WHERE (f.append_no > coalesce(c.append_no, 0)
              OR EXISTS (SELECT FROM \(schema).stale AS s WHERE s.institution_id = i.institution_id))
         AND coalesce(c.state = 'active' AND c.not_before <= clock_timestamp(), true)
       ORDER BY c.served_at NULLS FIRST
      """, key)
    for row in rows where try row.bool(2) {
      try session.query(
        """
        INSERT INTO ops.checkpoint (projection, generation, institution_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
        """, key + [.int(Int64(try row.int(0)))])
    }
    return try rows.map {
      Claim(institution: Int32(try $0.int(0)), code: try $0.text(1), generation: generation)
    }
  }

  /// A mark as it was read; marked anew, it has a later position.
  private struct Mark {
    let programme: String
    let family: String
    let period: String
    let position: Int64
  }

  /// The cells of an institution that were computed from one snapshot, and what they replace.
  private struct Computed {
    let claim: Claim
    let cut: Cut
    let marks: [Mark]
    var replacements: [(programme: String, mark: StaleMark, cells: [Cell])] = []
  }

  private func compute(_ claim: Claim) throws -> Computed? {
    guard let cut = try cut(of: claim) else { return nil }
    // Another worker may just have projected a great deal the planner knows nothing of; with what
    // it knows of empty tables it would take minutes.
    if case .live = target, cut.eventsSince > 10_000 {
      try session.query("SELECT fact.refresh_statistics('fact')")
    }
    try session.execute("SET LOCAL enable_nestloop = off")
    var computed = Computed(claim: claim, cut: cut, marks: try marks(claim.institution))
    for (programme, marks) in try due(computed) {
      let engine = try IndicatorEngine(
        session: session, schema: schema, institution: claim.institution,
        institutionCode: claim.code, programme: programme, at: cut.position, asOf: cut.asOf)
      let hasNewCalendar = try calendarChanged(engine, claim.institution, programme)
      for mark in hasNewCalendar ? [.everything] : marks {
        let cells = try engine.cells(families: mark.families, periods: mark.periods)
        computed.replacements.append((programme, mark, cells))
      }
    }
    return computed
  }

  /// Puts the cells in place, unless another worker has come further meanwhile.
  private func write(_ computed: Computed) throws -> Int {
    let key = key(of: computed.claim)
    let locked = try session.query(
      """
      SELECT append_no FROM ops.checkpoint
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
         FOR UPDATE SKIP LOCKED
      """, key)
    guard let row = locked.first, Int64(try row.int(0)) == computed.cut.before else { return 0 }
    var written = 0
    for (programme, mark, cells) in computed.replacements {
      try replace(computed.claim.institution, programme, mark, cells)
      written += cells.count
    }
    try clear(computed)
    try session.query(
      """
      UPDATE ops.checkpoint
         SET position = $4, append_no = $5, served_at = now(), attempts = 0, reason = NULL
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """, key + [.int(computed.cut.position), .int(computed.cut.appendNo)])
    try FailureBook(session: session).forget(key, upTo: computed.cut.position)
    return written
  }

  /// Clears the marks that were seen; locked in the order in which projectors write them, so that
  /// the two never wait in a circle.
  private func clear(_ computed: Computed) throws {
    let marks = computed.marks
    try session.query(
      """
      WITH seen AS MATERIALIZED (
        SELECT s.programme, s.family, s.period
          FROM \(schema).stale AS s
          JOIN unnest($2::text[], $3::text[], $4::text[], $5::bigint[])
                 AS m(programme, family, period, position)
            ON (m.programme, m.family, m.period) = (s.programme, s.family, s.period)
         WHERE s.institution_id = $1 AND s.position = m.position
         ORDER BY s.programme, s.family, s.period
           FOR UPDATE OF s)
      DELETE FROM \(schema).stale AS s USING seen
       WHERE s.institution_id = $1
         AND (s.programme, s.family, s.period) = (seen.programme, seen.family, seen.period)
      """,
      [
        .int(Int64(computed.claim.institution)), .textArray(marks.map(\.programme)),
        .textArray(marks.map(\.family)), .textArray(marks.map(\.period)),
        .int64Array(marks.map(\.position)),
      ])
  }

  /// A fact beyond the last period opens that period and every empty one before it; one that is
  /// taken back closes them again. Either way it is not only the marked months that change.
  private func calendarChanged(
    _ engine: IndicatorEngine, _ institution: Int32, _ programme: String
  ) throws -> Bool {
    let known = try session.query(
      """
      SELECT DISTINCT period FROM \(schema).cell
       WHERE institution_id = $1 AND programme = $2 AND period_kind IN ('month', 'term')
      """, [.int(Int64(institution)), .text(programme)]
    ).map { try $0.text(0) }
    return Set(engine.periods.map(\.code)) != Set(known)
  }

  private func cut(of claim: Claim) throws -> Cut? {
    let rows = try session.query(
      """
      SELECT f.position, f.append_no, (n.recorded_at AT TIME ZONE 'UTC')::date,
             (b.recorded_at AT TIME ZONE 'UTC')::date
               IS DISTINCT FROM (n.recorded_at AT TIME ZONE 'UTC')::date,
             f.position - coalesce(b.last_position, 0), c.append_no
        FROM ops.checkpoint AS f
        JOIN ops.checkpoint AS c
          ON c.institution_id = f.institution_id AND c.projection = $3
         AND c.generation = f.generation
        JOIN log.append AS n
          ON n.institution_id = f.institution_id AND n.append_no = f.append_no
        LEFT JOIN log.append AS b
          ON b.institution_id = f.institution_id AND b.append_no = c.append_no
       WHERE f.institution_id = $1 AND f.projection = 'fact' AND f.generation = $2
      """,
      [
        .int(Int64(claim.institution)), .int(Int64(claim.generation)),
        .text(CellWorker.projection),
      ])
    return try rows.first.map {
      Cut(
        position: Int64(try $0.int(0)), appendNo: Int64(try $0.int(1)), asOf: try $0.text(2),
        isNewDay: try $0.bool(3), eventsSince: Int64(try $0.int(4)), before: Int64(try $0.int(5)))
    }
  }

  private func marks(_ institution: Int32) throws -> [Mark] {
    try session.query(
      "SELECT programme, family, period, position FROM \(schema).stale WHERE institution_id = $1",
      [.int(Int64(institution))]
    ).map {
      Mark(
        programme: try $0.text(0), family: try $0.text(1), period: try $0.text(2),
        position: Int64(try $0.int(3)))
    }
  }

  /// What is to be computed, programme by programme.
  private func due(_ computed: Computed) throws -> [(String, [StaleMark])] {
    let known = try session.query(
      """
      SELECT DISTINCT programme FROM \(schema).programme
       WHERE institution_id = $1 AND superseded_by IS NULL ORDER BY programme
      """, [.int(Int64(computed.claim.institution))]
    ).map { try $0.text(0) }
    if computed.cut.isNewDay { return known.map { ($0, [StaleMark.everything]) } }
    var periods: [String: [String: Set<String>]] = [:]
    for mark in computed.marks {
      periods[mark.programme, default: [:]][mark.family, default: []].insert(mark.period)
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
      DELETE FROM \(schema).cell
       WHERE institution_id = $1 AND programme = $2 AND indicator = ANY ($3::text[])
         AND ($4::text[] IS NULL OR period = ANY ($4::text[]))
      """,
      [
        .int(Int64(institution)), .text(programme), .textArray(mark.indicators),
        codes.map { .textArray($0) },
      ])
    try session.copyIn(CellRows.copyStatement(schema)) { copy in
      for cell in cells { try copy.write(CellRows.row(institution, cell)) }
    }
  }
}
