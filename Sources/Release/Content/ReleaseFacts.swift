internal import Indicators
internal import Postgres

/// The facts of one programme effective at the cut, in the shape a release tells them.
struct ReleaseFacts {
  let session: Session
  let institution: Int32
  let programme: String
  let cut: Int64

  /// `$1` institution, `$2` cut, `$3` programme.
  private static let effective = """
    institution_id = $1 AND position <= $2 AND (superseded_by IS NULL OR superseded_by > $2)
    """
  private static let ofProgramme = effective + " AND programme = $3"

  private func rows(_ sql: String, _ more: [Value?] = []) throws -> Rows {
    try session.query(
      sql, [.int(Int64(institution)), .int(cut), .text(programme)] + more)
  }

  /// Codes of all programmes there are.
  func programmes() throws -> [String] {
    try session.query(
      "SELECT DISTINCT programme FROM fact.programme WHERE \(Self.effective) ORDER BY 1",
      [.int(Int64(institution)), .int(cut)]
    ).map { try $0.text(0) }
  }

  func definition() throws -> ReleaseContent.Programme? {
    let found = try rows(
      """
      SELECT title_nb, title_en, array_to_string(models, ','), purpose, formative_only, starts_on,
             ends_on
        FROM fact.programme WHERE \(Self.ofProgramme) ORDER BY position DESC LIMIT 1
      """)
    return try found.first.map { row in
      ReleaseContent.Programme(
        code: programme, title: .init(nb: try row.text(0), en: try row.text(1)),
        models: try row.text(2).split(separator: ",").map(String.init), purpose: try row.text(3),
        formativeOnly: try row.bool(4), startsOn: try row.text(5), endsOn: row.optionalText(6))
    }
  }

  /// Units are the institution's; only those with people of the programme, and those above them,
  /// have figures.
  func units() throws -> [ReleaseContent.Unit] {
    try session.query(
      "SELECT unit, kind, name_nb, name_en, parent FROM fact.unit WHERE \(Self.effective) ORDER BY 1",
      [.int(Int64(institution)), .int(cut)]
    ).map { row in
      ReleaseContent.Unit(
        code: try row.text(0), kind: try row.text(1),
        name: .init(nb: try row.text(2), en: try row.text(3)), parent: row.optionalText(4))
    }
  }

  func groups() throws -> [ReleaseContent.Group] {
    try rows(
      """
      SELECT group_code, kind, unit, formed_on, dissolved_on, sessions_min, sessions_max,
             minutes_min, minutes_max, size_min, size_max
        FROM fact.programme_group WHERE \(Self.ofProgramme) ORDER BY 1
      """
    ).map { row in
      ReleaseContent.Group(
        code: try row.text(0), kind: try row.text(1), unit: row.optionalText(2),
        formedOn: try row.text(3), dissolvedOn: row.optionalText(4),
        sessionsAMonth: .init(row.optionalInt(5), row.optionalInt(6)),
        minutes: .init(row.optionalInt(7), row.optionalInt(8)),
        size: .init(row.optionalInt(9), row.optionalInt(10)))
    }
  }

  /// A wave lasts from the first person's window to the last one's.
  func waves() throws -> [ReleaseContent.Period] {
    try rows(
      """
      WITH first_joined AS (
        SELECT subject_id, min(joined_on) AS joined_on
          FROM fact.enrolment WHERE \(Self.ofProgramme) GROUP BY subject_id)
      SELECT w.wave, min(j.joined_on) + min(w.from_day), max(j.joined_on) + max(w.to_day)
        FROM (SELECT wave, from_day, to_day FROM fact.wave WHERE \(Self.ofProgramme)) AS w
       CROSS JOIN first_joined AS j
       GROUP BY w.wave ORDER BY 2, 1
      """
    ).map { row in
      ReleaseContent.Period(
        code: try row.text(0), kind: .wave, from: try row.text(1), to: try row.text(2))
    }
  }

  func items() throws -> [ReleaseContent.InstrumentItem] {
    try rows(
      """
      SELECT instrument, version, item, text_nb, text_en, scale_min, scale_max, not_relevant
        FROM fact.instrument_item WHERE \(Self.ofProgramme) ORDER BY instrument, version, item_no
      """
    ).map { row in
      ReleaseContent.InstrumentItem(
        instrument: try row.text(0), version: try row.text(1), code: try row.text(2),
        text: .init(nb: try row.text(3), en: try row.text(4)), minimum: try row.int(5),
        maximum: try row.int(6), notRelevant: row.optionalInt(7))
    }
  }

  func scales() throws -> [ReleaseContent.InstrumentScale] {
    try rows(
      """
      SELECT instrument, version, scale, title_nb, title_en, array_to_string(items, ','),
             array_to_string(reversed, ','), min_valid
        FROM fact.instrument_scale WHERE \(Self.ofProgramme) ORDER BY instrument, version, scale_no
      """
    ).map { row in
      ReleaseContent.InstrumentScale(
        instrument: try row.text(0), version: try row.text(1), code: try row.text(2),
        title: .init(nb: try row.text(3), en: try row.text(4)),
        items: try row.text(5).split(separator: ",").map(String.init),
        reversed: try row.text(6).split(separator: ",").map(String.init),
        minimumValid: row.optionalInt(7))
    }
  }

  func targets() throws -> [ReleaseContent.Target] {
    try rows(
      """
      SELECT indicator, period, value, rationale FROM fact.target WHERE \(Self.ofProgramme)
       ORDER BY indicator, period
      """
    ).map { row in
      ReleaseContent.Target(
        indicator: try row.text(0), period: try row.text(1), value: try row.double(2),
        rationale: row.optionalText(3) ?? "")
    }
  }

  /// People by where they stand at the end of a day: still members of a group, or gone, with the
  /// reason of their last enrolment.
  func flow(until day: String) throws -> ReleaseContent.Flow {
    let people = try rows(
      """
      SELECT DISTINCT ON (subject_id) left_on IS NULL OR left_on > $4::date,
             coalesce(leave_reason, 'unknown')
        FROM fact.enrolment
       WHERE \(Self.ofProgramme) AND joined_on <= $4::date
       ORDER BY subject_id, left_on DESC NULLS FIRST, joined_on DESC
      """, [.text(day)])
    var flow = ReleaseContent.Flow(enrolled: people.count, active: 0, left: [:])
    for person in people {
      if try person.bool(0) {
        flow.active += 1
      } else {
        flow.left[try person.text(1), default: 0] += 1
      }
    }
    return flow
  }

  func acts(
    _ calendar: [ReleaseContent.Period], until day: String
  ) throws -> [ReleaseContent.ActCount] {
    let terms = calendar.filter { $0.kind == .term }
    var counts: [[String]: Int] = [:]
    for row in try rows(
      "SELECT kind, on_date FROM fact.support_act WHERE \(Self.ofProgramme) AND on_date <= $4::date",
      [.text(day)])
    {
      let on = try row.text(1)
      guard let term = terms.first(where: { $0.from <= on && on <= $0.to }) else { continue }
      counts[[term.code, try row.text(0)], default: 0] += 1
    }
    return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      ReleaseContent.ActCount(term: $0.key[0], kind: $0.key[1], count: $0.value)
    }
  }

  func outreach() throws -> [ReleaseContent.OutreachCount] {
    try rows(
      """
      SELECT term, count(*), sum(requests), sum(held) FROM fact.outreach
       WHERE \(Self.ofProgramme) GROUP BY term ORDER BY term
      """
    ).map { row in
      ReleaseContent.OutreachCount(
        term: try row.text(0), groupsReporting: try row.int(1), requests: try row.int(2),
        held: row.optionalInt(3))
    }
  }
}
