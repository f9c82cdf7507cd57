internal import Indicators
internal import Postgres

extension CellWorker {
  /// Computes and writes cells of one programme; how many.
  func compute(
    _ claim: Claim, _ cut: Cut, _ programme: String, _ stale: [StaleMark]
  ) throws -> Int {
    let engine = try IndicatorEngine(
      session: session, schema: schema, institution: claim.institution,
      institutionCode: claim.code, programme: programme, at: cut.position, asOf: cut.asOf)
    var stale = stale
    if let changed = try changedPeriods(engine, claim.institution, programme) {
      // The first session makes no hours into 0 hours, for everybody.
      if try hasDose(claim.institution, programme) != engine.hasDose { stale.append(.dose) }
      if !changed.isEmpty, !stale.contains(where: \.isEverything) {
        stale.append(.changed(changed))
      }
    } else {
      stale = [.everything]
    }
    // All sums before any figure: a figure may be made of those of several marks.
    let focused = try stale.map { ($0, try keepTallies(engine, $0)) }
    var written = 0
    for (mark, focus) in focused {
      try expectMuch(focus == nil)
      let cells = try engine.cells(
        families: mark.families, periods: mark.periods, focus: focus, usingKept: true
      ).filter { mark.indicators.contains($0.indicator) }
      try replace(claim.institution, programme, mark, focus, cells)
      written += cells.count
    }
    return written
  }

  /// Sums up anew what a mark names; whose figures follow, `nil` for everybody's.
  private func keepTallies(_ engine: IndicatorEngine, _ mark: StaleMark) throws -> Focus? {
    guard mark.needsTallies else { return nil }
    try expectMuch(mark.groups == nil)
    let units = try engine.keepTallies(of: mark.groups, in: mark.periods)
    return mark.groups.map { Focus(groups: $0, units: units) }
  }

  /// Where much is read, a plan for little takes minutes; where little is read, one for much takes
  /// seconds.
  private func expectMuch(_ isMuch: Bool) throws {
    try session.execute("SET LOCAL enable_nestloop = \(isMuch ? "off" : "on")")
  }

  /// A fact beyond the last period opens that period and every empty one before it; one that is
  /// taken back closes them again. Either way it is not only the marked months that change.
  /// - Returns: codes of the periods that have opened or closed; `nil` if there were no cells yet.
  private func changedPeriods(
    _ engine: IndicatorEngine, _ institution: Int32, _ programme: String
  ) throws -> Set<String>? {
    // The programme has one such cell in every period.
    let known = try session.query(
      """
      SELECT period FROM \(schema).cell
       WHERE institution_id = $1 AND programme = $2 AND indicator = 'session_delivery_rate'
         AND scope_kind = 'programme'
      """, [.int(Int64(institution)), .text(programme)]
    ).map { try $0.text(0) }
    return known.isEmpty ? nil : Set(known).symmetricDifference(engine.periods.map(\.code))
  }

  /// Removes what there was of programmes that are no more.
  func forget(_ programmes: Set<String>, _ institution: Int32) throws {
    for table in ["cell", "tally"] where !programmes.isEmpty {
      try session.query(
        "DELETE FROM \(schema).\(table) WHERE institution_id = $1 AND programme = ANY ($2::text[])",
        [.int(Int64(institution)), .textArray(programmes.sorted())])
    }
  }

  /// The programme has such cells in every period, and they are found by the key: of any scope, the
  /// planner would look through all cells for the first.
  private func hasDose(_ institution: Int32, _ programme: String) throws -> Bool {
    try session.query(
      """
      SELECT EXISTS (SELECT FROM \(schema).cell
                      WHERE institution_id = $1 AND programme = $2 AND indicator = 'dose_hours'
                        AND scope_kind = 'programme')
      """, [.int(Int64(institution)), .text(programme)])[0].bool(0)
  }

  private func replace(
    _ institution: Int32, _ programme: String, _ mark: StaleMark, _ focus: Focus?, _ cells: [Cell]
  ) throws {
    var codes: Value?
    if case .touching(let touched) = mark.periods {
      codes = .textArray(Array(touched.union(cells.map(\.period))))
    }
    try session.query(
      """
      DELETE FROM \(schema).cell
       WHERE institution_id = $1 AND programme = $2 AND indicator = ANY ($3::text[])
         AND ($4::text[] IS NULL OR period = ANY ($4::text[]))
         AND ($5::text[] IS NULL OR scope_kind IN ('institution', 'programme')
              OR (scope_kind = 'group' AND scope = ANY ($5::text[]))
              OR (scope_kind = 'unit' AND scope = ANY ($6::text[])))
      """,
      [
        .int(Int64(institution)), .text(programme), .textArray(mark.indicators), codes,
        focus.map { .textArray($0.groups.sorted()) }, focus.map { .textArray($0.units.sorted()) },
      ])
    try session.copyIn(CellRows.copyStatement(schema)) { copy in
      for cell in cells { try copy.write(CellRows.row(institution, cell)) }
    }
  }
}
