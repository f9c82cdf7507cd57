public import Postgres

extension Register {
  /// Takes in what the log says now of programmes, units, groups, instruments, waves and
  /// enrolments; sessions are looked up as they are named, see `LogSessions`. It reads the log itself, not the facts: the checks of a file must know the file
  /// before it, whether or not a worker has run.
  public mutating func load(from session: Session, institution: Int32) throws {
    let rows = try session.query(
      """
      SELECT e.type, e.body, e.subject_id
        FROM log.event AS e
       WHERE e.institution_id = $1
         AND e.type IN ('programme_registered', 'unit_registered', 'group_formed',
                        'instrument_published', 'wave_defined', 'target_set',
                        'enrolment_recorded')
         AND e.body IS NOT NULL
         AND e.position <= (SELECT h.last_position FROM log.head($1) AS h)
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
       ORDER BY CASE WHEN e.type = 'instrument_published'
                     THEN (SELECT f.position FROM log.event AS f
                            WHERE f.institution_id = $1 AND f.source_key = e.source_key
                              AND f.supersedes IS NULL)
                     ELSE e.position END
      """, [.int(Int64(institution))])
    for row in rows {
      learn(type: try row.text(0), body: row.utf8(1) ?? [], subject: row.optionalUUID(2))
    }
  }
}
