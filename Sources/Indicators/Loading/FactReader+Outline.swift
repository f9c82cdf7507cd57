import Events
import Postgres

extension FactReader {
  func outline(asOf: CivilDate) throws -> ProgrammeOutline {
    let found = try rows(
      """
      SELECT starts_on, ends_on, array_to_string(holiday_months, ',')
        FROM \(schema).programme
       WHERE \(Self.effective)
       ORDER BY position DESC
       LIMIT 1
      """)
    guard let row = found.first else {
      throw IndicatorError.unknownProgramme(programme, position: position)
    }
    let terms = try terms()
    return ProgrammeOutline(
      startsOn: try row.date(0), endsOn: row.optionalDate(1), terms: terms,
      holidayMonths: Set(try row.text(2).split(separator: ",").compactMap { Int($0) }),
      groups: try groups(), units: try units(), lastFactOn: try lastFact(terms: terms, asOf: asOf))
  }

  private func terms() throws -> [TermRule] {
    try rows(
      """
      WITH newest AS (
        SELECT terms
          FROM \(schema).programme
         WHERE \(Self.effective)
         ORDER BY position DESC
         LIMIT 1
      )
      SELECT t.term ->> 'code', t.term ->> 'from', t.term ->> 'to'
        FROM newest
       CROSS JOIN LATERAL json_array_elements(newest.terms) WITH ORDINALITY AS t(term, place)
       ORDER BY t.place
      """
    ).compactMap { row in
      TermRule(code: try row.text(0), from: try row.text(1), to: try row.text(2))
    }
  }

  private func groups() throws -> [GroupPlan] {
    try rows(
      """
      SELECT group_code, formed_on, dissolved_on, sessions_min, sessions_max
        FROM \(schema).programme_group
       WHERE \(Self.effective)
       ORDER BY group_code
      """
    ).map { row in
      let least = row.optionalInt(3)
      let most = row.optionalInt(4)
      let plan: ClosedRange<Int>? =
        least == nil && most == nil ? nil : (least ?? 1)...max(least ?? 1, most ?? 2)
      return GroupPlan(
        code: try row.text(0), formedOn: try row.date(1), dissolvedOn: row.optionalDate(2),
        sessionsAMonth: plan)
    }
  }

  /// Units belong to the institution, not to a programme.
  private func units() throws -> UnitTree {
    var parents: [String: String] = [:]
    for row in try session.query(
      """
      SELECT unit, parent
        FROM \(schema).unit
       WHERE institution_id = $1 AND position <= $2
         AND (superseded_by IS NULL OR superseded_by > $2) AND parent IS NOT NULL
       ORDER BY position
      """, [.int(Int64(institution)), .int(position)])
    {
      parents[try row.text(0)] = try row.text(1)
    }
    return UnitTree(parents: parents)
  }

  /// Days after the cut are plans, or mistakes; neither makes a period.
  private func lastFact(terms: [TermRule], asOf: CivilDate) throws -> CivilDate? {
    // Each from the end of an index.
    let days = try rows(
      """
      SELECT max(planned_on) FROM \(schema).session
       WHERE \(Self.effective) AND planned_on <= $4::date
      UNION ALL
      SELECT max(held_on) FROM \(schema).session WHERE \(Self.effective) AND held_on <= $4::date
      UNION ALL
      SELECT max(joined_on) FROM \(schema).enrolment
       WHERE \(Self.effective) AND joined_on <= $4::date
      """, [.text(asOf.description)]
    ).compactMap { $0.optionalDate(0) }
    let hours = try rows(
      "SELECT DISTINCT term FROM \(schema).hours WHERE \(Self.effective)"
    ).compactMap { row in
      Self.firstDay(of: try row.text(0), terms)
    }.filter { $0 <= asOf }
    return (days + hours).max()
  }

  /// The day a term code starts on, `2025V`; `nil` for a term the calendar does not know.
  private static func firstDay(of code: String, _ terms: [TermRule]) -> CivilDate? {
    guard let year = Int(code.prefix(4)) else { return nil }
    return terms.lazy.compactMap { $0.period(startingIn: year) }.first { $0.code == code }?.from
  }
}
