import Events
import Postgres

extension FactReader {
  /// Attendance: every held session with every fixed member of that day; `unknown` is not recorded,
  /// guests are not members, whatever else is known of them. Dose: minutes of everyone with a fixed
  /// place somewhere, in whichever group; the unit is that of a membership active on the day, in the
  /// session's own group if there is one.
  ///
  /// The parts are of one institution each and joined without it: a planner that does not see that it
  /// is one expects a match in two hundred and joins by nothing else.
  ///
  /// Parameters 4 and 5 are the first days of the segments, in order, and the days after them; 6 the
  /// groups, or NULL; 7 and 8 the first day of all and the day after the last.
  private var sums: String {
    """
    WITH held AS (
      SELECT s.session, s.group_code, s.held_on, s.minutes, s.no
        FROM (SELECT session, group_code, held_on, minutes,
                     width_bucket(held_on, $4::date[]) AS no
                FROM \(schema).session
               WHERE \(Self.effective) AND status = 'held'
                 AND held_on >= $7::date AND held_on < $8::date
                 AND ($6::text[] IS NULL OR group_code = ANY ($6::text[]))) AS s
       WHERE s.held_on < ($5::date[])[s.no]
    ), member AS (
      SELECT subject_id, group_code, unit, joined_on, left_on
        FROM \(schema).enrolment
       WHERE \(Self.effective) AND \(Self.member)
    ), known AS (
      SELECT h.session, h.group_code, h.held_on, h.no, a.position,
             a.subject_id, a.status, a.guest, coalesce(a.minutes, h.minutes) AS minutes
        FROM held AS h
        JOIN \(schema).attendance AS a ON a.session = h.session
       WHERE a.institution_id = $1 AND a.programme = $2 AND a.position <= $3
         AND (a.superseded_by IS NULL OR a.superseded_by > $3)
    ), expected AS (
      SELECT m.subject_id, h.group_code, m.unit, h.no, count(*) AS expected,
             count(k.status) AS recorded,
             count(*) FILTER (WHERE k.status = 'excused') AS excused,
             count(*) FILTER (WHERE k.status IN ('present', 'late', 'partial')) AS present
        FROM held AS h
        JOIN member AS m
          ON m.group_code = h.group_code
         AND m.joined_on <= h.held_on AND (m.left_on IS NULL OR h.held_on < m.left_on)
        LEFT JOIN known AS k
          ON k.session = h.session AND k.subject_id = m.subject_id AND NOT k.guest AND k.status <> 'unknown'
       GROUP BY m.subject_id, h.group_code, m.unit, h.no
    ), placed AS (
      SELECT k.subject_id, k.group_code, m.unit, k.no, k.minutes,
             row_number() OVER (
               PARTITION BY k.position
               ORDER BY (m.joined_on <= k.held_on
                         AND (m.left_on IS NULL OR k.held_on < m.left_on)) DESC,
                        (m.group_code = k.group_code) DESC, m.joined_on, m.group_code) AS place
        FROM known AS k
        JOIN member AS m ON m.subject_id = k.subject_id
       WHERE k.status IN ('present', 'late', 'partial')
    ), part AS (
      SELECT subject_id, group_code, unit, no, expected, recorded, excused, present,
             0::bigint AS minutes, 0::bigint AS unmeasured
        FROM expected
       UNION ALL
      SELECT subject_id, group_code, unit, no, 0, 0, 0, 0, coalesce(sum(minutes), 0),
             count(*) FILTER (WHERE minutes IS NULL)
        FROM placed
       WHERE place = 1
       GROUP BY subject_id, group_code, unit, no
    )
    SELECT subject_id, group_code, unit, no, sum(expected)::int AS expected,
           sum(recorded)::int AS recorded, sum(excused)::int AS excused,
           sum(present)::int AS present, sum(minutes)::bigint AS minutes,
           sum(unmeasured)::int AS unmeasured
      FROM part
     GROUP BY subject_id, group_code, unit, no
    """
  }

  /// The same from what is kept; parameters as there, without groups and position.
  private var keptSums: String {
    """
    SELECT t.subject_id, t.group_code, t.unit, t.no, sum(t.expected)::int, sum(t.recorded)::int,
           sum(t.excused)::int, sum(t.present)::int, sum(t.minutes)::bigint,
           sum(t.unmeasured)::int
      FROM (SELECT *, width_bucket(starts, $3::date[]) AS no
              FROM \(schema).tally
             WHERE institution_id = $1 AND programme = $2
               AND starts >= $5::date AND starts < $6::date) AS t
     WHERE t.starts < ($4::date[])[t.no]
     GROUP BY t.subject_id, t.group_code, t.unit, t.no
    """
  }

  /// - Parameter kept: from `fact.tally` instead of from attendance itself.
  func tallies(in calendar: ProgrammeCalendar, by people: People, kept: Bool) throws -> Tallies {
    guard let bounds = Bounds(calendar.segments) else { return Tallies() }
    let found =
      if kept {
        try session.query(
          keptSums,
          [
            .int(Int64(institution)), .text(programme), bounds.starts, bounds.ends, bounds.first,
            bounds.end,
          ])
      } else {
        try rows(sums, [bounds.starts, bounds.ends, nil, bounds.first, bounds.end])
      }
    var tallies = Tallies()
    for row in found {
      guard let person = people.rank(of: try row.uuid(0)) else { continue }
      let (group, unit, segment) = (try row.text(1), try row.text(2), try row.int(3) - 1)
      let expected = try row.int(4)
      if expected > 0 {
        tallies.attendance.append(
          AttendanceTally(
            person: person, group: group, unit: unit, segment: segment, expected: expected,
            recorded: try row.int(5), excused: try row.int(6), present: try row.int(7)))
      }
      tallies.dose.append(
        DoseTally(
          person: person, group: group, unit: unit, segment: segment, minutes: try row.int(8),
          unmeasured: try row.int(9)))
    }
    return tallies
  }

  /// Makes kept sums anew; the units of those whose sums these are or were.
  /// - Parameters:
  ///   - segments: those of `days`.
  ///   - groups: `nil` for all.
  func keepTallies(
    _ segments: [Segment], days: [Range<CivilDate>], groups: Set<String>?
  ) throws -> Set<String> {
    let groups: Value? = groups.map { .textArray($0.sorted()) }
    var units = try session.query(
      """
      WITH gone AS (
        DELETE FROM \(schema).tally AS t
         USING unnest($3::date[], $4::date[]) AS d(starts, ends)
         WHERE t.institution_id = $1 AND t.programme = $2
           AND t.starts >= d.starts AND t.starts < d.ends
           AND ($5::text[] IS NULL OR t.group_code = ANY ($5::text[]))
        RETURNING t.unit)
      SELECT DISTINCT unit FROM gone
      """,
      [
        .int(Int64(institution)), .text(programme),
        .textArray(days.map(\.lowerBound.description)),
        .textArray(days.map(\.upperBound.description)), groups,
      ]
    ).map { try $0.text(0) }
    if let bounds = Bounds(segments) {
      units += try rows(
        """
        WITH made AS (
          INSERT INTO \(schema).tally AS t (institution_id, programme, starts, group_code, subject_id,
            unit, expected, recorded, excused, present, minutes, unmeasured)
          SELECT $1, $2, ($4::date[])[s.no], s.group_code, s.subject_id, s.unit, s.expected,
                 s.recorded, s.excused, s.present, s.minutes, s.unmeasured
            FROM (\(sums)) AS s
          RETURNING t.unit)
        SELECT DISTINCT unit FROM made
        """, [bounds.starts, bounds.ends, groups, bounds.first, bounds.end]
      ).map { try $0.text(0) }
    }
    return Set(units)
  }

  /// Segments as parameters.
  private struct Bounds {
    let starts: Value
    let ends: Value
    let first: Value
    let end: Value

    init?(_ segments: [Segment]) {
      guard let first = segments.first, let last = segments.last else { return nil }
      starts = .textArray(segments.map(\.from.description))
      ends = .textArray(segments.map(\.until.description))
      self.first = .text(first.from.description)
      end = .text(last.until.description)
    }
  }
}
