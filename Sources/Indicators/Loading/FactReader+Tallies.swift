import Events
import Postgres

extension FactReader {
  /// Attendance: every held session with every fixed member of that day; `unknown` is not recorded,
  /// whoever is a member by the enrolments is one here, also where a record calls them a guest. Dose:
  /// minutes of members of the day and of guests who have a fixed place somewhere; the unit is that of
  /// a membership active on the day, in the session's own group if there is one. Whoever is neither
  /// (a membership corrected later) is in no view of attendance and in no figure.
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
          ON k.session = h.session AND k.subject_id = m.subject_id AND k.status <> 'unknown'
       GROUP BY m.subject_id, h.group_code, m.unit, h.no
    ), placed AS (
      SELECT k.subject_id, k.group_code, m.unit, k.no, k.minutes,
             row_number() OVER (
               PARTITION BY k.position
               ORDER BY (m.joined_on <= k.held_on
                         AND (m.left_on IS NULL OR k.held_on < m.left_on)) DESC,
                        (m.group_code = k.group_code) DESC, m.joined_on, m.group_code) AS place
        FROM known AS k
        JOIN member AS m
          ON m.subject_id = k.subject_id
         AND (k.guest
              OR m.group_code = k.group_code
             AND m.joined_on <= k.held_on AND (m.left_on IS NULL OR k.held_on < m.left_on))
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

  /// What happened in a calendar, summed up from sessions and attendance.
  func tallies(in calendar: ProgrammeCalendar, by people: People) throws -> Tallies {
    guard let bounds = Bounds(calendar.segments) else { return Tallies() }
    return try tallies(
      rows(sums, [bounds.starts, bounds.ends, nil, bounds.first, bounds.end]), by: people
    ) { calendar.segments[try $0.int(3) - 1].periods }
  }

  /// The same from what `keepTallies` has kept.
  func keptTallies(in calendar: ProgrammeCalendar, by people: People) throws -> Tallies {
    let places = Dictionary(grouping: calendar.periods.indices) { calendar.periods[$0].code }
    let found = try session.query(
      """
      SELECT subject_id, group_code, unit, period, expected, recorded, excused, present, minutes,
             unmeasured
        FROM \(schema).tally
       WHERE institution_id = $1 AND programme = $2 AND period = ANY ($3::text[])
      """, [.int(Int64(institution)), .text(programme), .textArray(Array(places.keys))])
    return try tallies(found, by: people) { places[try $0.text(3), default: []] }
  }

  private func tallies(
    _ rows: Rows, by people: People, countingFor periods: (Row) throws -> [Int]
  ) throws -> Tallies {
    var tallies = Tallies()
    for row in rows {
      guard let person = people.rank(of: try row.uuid(0)) else { continue }
      let (group, unit, periods) = (try row.text(1), try row.text(2), try periods(row))
      let expected = try row.int(4)
      if expected > 0 {
        tallies.attendance.append(
          AttendanceTally(
            person: person, group: group, unit: unit, periods: periods, expected: expected,
            recorded: try row.int(5), excused: try row.int(6), present: try row.int(7)))
      }
      tallies.dose.append(
        DoseTally(
          person: person, group: group, unit: unit, periods: periods, minutes: try row.int(8),
          unmeasured: try row.int(9)))
    }
    return tallies
  }

  /// Makes kept sums anew; the units of those whose sums these are or were.
  /// - Parameters:
  ///   - calendar: the periods whose sums are made.
  ///   - codes: those whose sums there were, `nil` for all there may be.
  ///   - groups: `nil` for all.
  func keepTallies(
    in calendar: ProgrammeCalendar, insteadOf codes: Set<String>?, groups: Set<String>?
  ) throws -> Set<String> {
    let groups: Value? = groups.map { .textArray($0.sorted()) }
    var units = try session.query(
      """
      WITH gone AS (
        DELETE FROM \(schema).tally AS t
         WHERE t.institution_id = $1 AND t.programme = $2
           AND ($3::text[] IS NULL OR t.period = ANY ($3::text[]))
           AND ($4::text[] IS NULL OR t.group_code = ANY ($4::text[]))
        RETURNING t.unit)
      SELECT DISTINCT unit FROM gone
      """,
      [
        .int(Int64(institution)), .text(programme), codes.map { .textArray($0.sorted()) }, groups,
      ]
    ).map { try $0.text(0) }
    if let bounds = Bounds(calendar.segments) {
      let parts = calendar.segments.enumerated().flatMap { place, segment in
        segment.periods.map { (segment: Int64(place + 1), period: calendar.periods[$0].code) }
      }
      units += try rows(
        """
        WITH made AS (
          INSERT INTO \(schema).tally AS t (institution_id, programme, period, group_code,
            subject_id, unit, expected, recorded, excused, present, minutes, unmeasured)
          SELECT $1, $2, p.period, s.group_code, s.subject_id, s.unit, sum(s.expected),
                 sum(s.recorded), sum(s.excused), sum(s.present), sum(s.minutes), sum(s.unmeasured)
            FROM (\(sums)) AS s
            JOIN unnest($9::bigint[], $10::text[]) AS p(no, period) ON p.no = s.no
           GROUP BY p.period, s.group_code, s.subject_id, s.unit
          RETURNING t.unit)
        SELECT DISTINCT unit FROM made
        """,
        [
          bounds.starts, bounds.ends, groups, bounds.first, bounds.end,
          .int64Array(parts.map(\.segment)), .textArray(parts.map(\.period)),
        ]
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
