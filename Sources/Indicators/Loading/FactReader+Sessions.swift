import Events
import Postgres

extension FactReader {
  func sessions() throws -> [SessionRecord] {
    try rows(
      """
      SELECT group_code, status, planned_on, held_on
        FROM \(schema).session
       WHERE \(Self.effective)
       ORDER BY position
      """
    ).compactMap { row in
      guard let status = SessionRecord.Status(rawValue: try row.text(1)) else { return nil }
      return SessionRecord(
        group: try row.text(0), status: status, plannedOn: row.optionalDate(2),
        heldOn: row.optionalDate(3))
    }
  }

  /// The sessions held in the calendar's segments; parameters 4 and 5 are their first days and
  /// the days after them.
  private var held: String {
    """
    SELECT s.institution_id, s.session, s.group_code, s.held_on, s.minutes, g.no - 1 AS segment
      FROM (SELECT institution_id, session, group_code, held_on, minutes
              FROM \(schema).session
             WHERE \(Self.effective) AND status = 'held') AS s
      JOIN unnest($4::date[], $5::date[]) WITH ORDINALITY AS g(starts, ends, no)
        ON s.held_on >= g.starts AND s.held_on < g.ends
    """
  }

  private func bounds(of calendar: ProgrammeCalendar) -> [Value?] {
    [
      .textArray(calendar.segments.map { $0.from.description }),
      .textArray(calendar.segments.map { $0.until.description }),
    ]
  }

  /// Every held session with every fixed member of that day, summed up per person and segment.
  /// `unknown` is not recorded; guests are not members, whatever else is known of them.
  func attendance(in calendar: ProgrammeCalendar, by people: People) throws -> [AttendanceTally] {
    guard !calendar.segments.isEmpty else { return [] }
    return try rows(
      """
      WITH held AS (
        \(held)
      ), member AS (
        SELECT institution_id, subject_id, group_code, unit, joined_on, left_on
          FROM \(schema).enrolment
         WHERE \(Self.effective) AND \(Self.member)
      ), recorded AS (
        SELECT institution_id, session, subject_id, status
          FROM \(schema).attendance
         WHERE \(Self.effective) AND NOT guest AND status <> 'unknown'
      )
      SELECT m.subject_id, h.group_code, m.unit, h.segment, count(*), count(r.status),
             count(*) FILTER (WHERE r.status = 'excused'),
             count(*) FILTER (WHERE r.status IN ('present', 'late', 'partial'))
        FROM held AS h
        JOIN member AS m
          ON m.institution_id = h.institution_id AND m.group_code = h.group_code
         AND m.joined_on <= h.held_on AND (m.left_on IS NULL OR h.held_on < m.left_on)
        LEFT JOIN recorded AS r
          ON r.institution_id = h.institution_id AND r.session = h.session
         AND r.subject_id = m.subject_id
       GROUP BY m.subject_id, h.group_code, m.unit, h.segment
      """, bounds(of: calendar)
    ).compactMap { row in
      guard let person = people.rank(of: try row.uuid(0)) else { return nil }
      return AttendanceTally(
        person: person, group: try row.text(1), unit: try row.text(2), segment: try row.int(3),
        expected: try row.int(4), recorded: try row.int(5), excused: try row.int(6),
        present: try row.int(7))
    }
  }

  /// Minutes of everyone with a fixed place somewhere, in whichever group. The unit is that of a
  /// membership active on the day, in the session's own group if there is one.
  func dose(in calendar: ProgrammeCalendar, by people: People) throws -> [DoseTally] {
    guard !calendar.segments.isEmpty else { return [] }
    return try rows(
      """
      WITH held AS (
        \(held)
      ), member AS (
        SELECT institution_id, subject_id, group_code, unit, joined_on, left_on
          FROM \(schema).enrolment
         WHERE \(Self.effective) AND \(Self.member)
      ), came AS (
        SELECT institution_id, position, session, subject_id, minutes
          FROM \(schema).attendance
         WHERE \(Self.effective) AND status IN ('present', 'late', 'partial')
      ), placed AS (
        SELECT c.subject_id, h.group_code, m.unit, h.segment,
               coalesce(c.minutes, h.minutes) AS minutes,
               row_number() OVER (
                 PARTITION BY c.position
                 ORDER BY (m.joined_on <= h.held_on
                           AND (m.left_on IS NULL OR h.held_on < m.left_on)) DESC,
                          (m.group_code = h.group_code) DESC, m.joined_on, m.group_code) AS place
          FROM came AS c
          JOIN held AS h ON h.institution_id = c.institution_id AND h.session = c.session
          JOIN member AS m
            ON m.institution_id = c.institution_id AND m.subject_id = c.subject_id
      )
      SELECT subject_id, group_code, unit, segment, coalesce(sum(minutes), 0),
             count(*) FILTER (WHERE minutes IS NULL)
        FROM placed
       WHERE place = 1
       GROUP BY subject_id, group_code, unit, segment
      """, bounds(of: calendar)
    ).compactMap { row in
      guard let person = people.rank(of: try row.uuid(0)) else { return nil }
      return DoseTally(
        person: person, group: try row.text(1), unit: try row.text(2), segment: try row.int(3),
        minutes: try row.int(4), unmeasured: try row.int(5))
    }
  }
}
