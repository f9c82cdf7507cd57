-- Grain: one row per version of what is known of one person at one session.
CREATE TABLE attendance (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  subject_id uuid NOT NULL,
  recorded_as uuid,
  programme text NOT NULL,
  group_code text NOT NULL,
  session text NOT NULL,
  on_date date,
  status text NOT NULL,
  minutes int,
  guest boolean NOT NULL,
  reason text,
  match text,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX attendance_superseded ON attendance (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;
CREATE INDEX attendance_session ON attendance (institution_id, programme, session);

COMMENT ON TABLE attendance IS
  'Grain: one row per version of what is known of one person at one session.';
COMMENT ON COLUMN attendance.subject_id IS 'The person, by random id.';
COMMENT ON COLUMN attendance.programme IS 'Programme code.';
COMMENT ON COLUMN attendance.group_code IS 'Group code.';
COMMENT ON COLUMN attendance.session IS 'Session code.';
COMMENT ON COLUMN attendance.on_date IS 'Day of the session as known when this was recorded.';
COMMENT ON COLUMN attendance.status IS 'present, late, partial, excused, absent or unknown.';
COMMENT ON COLUMN attendance.minutes IS 'The person''s own minutes; NULL: not measured.';
COMMENT ON COLUMN attendance.guest IS 'Whether the person came without being a member.';
COMMENT ON COLUMN attendance.reason IS 'Why the person was not there.';
COMMENT ON COLUMN attendance.match IS 'How the person was recognised: person_id, email or name; membership: missing from the list of a whole group.';

INSERT INTO projector (ordinal, fact, types)
VALUES (100, 'attendance', '{attendance_recorded}');

-- Attendance counts where and when its session was held, whatever day it was recorded with. Where the
-- session is not known yet, its own coming marks the cells.
CREATE FUNCTION mark_attended(p_institution int, p_from bigint, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO stale AS m (institution_id, programme, family, group_code, period, position)
  SELECT DISTINCT p_institution, s.programme, 'participation', s.group_code,
         to_char(s.held_on, 'YYYY-MM'), p_to
    FROM (SELECT a.programme, a.session FROM attendance AS a
           WHERE a.institution_id = p_institution AND a.position BETWEEN p_from AND p_to
           GROUP BY 1, 2
          UNION
          SELECT a.programme, a.session FROM attendance AS a
           WHERE a.institution_id = p_institution AND a.superseded_by BETWEEN p_from AND p_to) AS t
    JOIN session AS s
      ON s.institution_id = p_institution AND s.programme = t.programme AND s.session = t.session
   WHERE s.superseded_by IS NULL AND s.held_on IS NOT NULL
   ORDER BY 2, 3, 4, 5
  ON CONFLICT (institution_id, programme, family, group_code, period)
  DO UPDATE SET position = excluded.position;
END $body$;
COMMENT ON FUNCTION mark_attended IS
  'Marks the cells stale that attendance touches which was written or closed in a range of positions.';

CREATE FUNCTION project_attendance(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO attendance (institution_id, position, recorded_at, superseded_by, superseded_at,
    subject_id, recorded_as, programme, group_code, session, on_date, status, minutes, guest,
    reason, match)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, e.subject_id,
    e.recorded_as, b.programme, b."group", b.session, b."on", b.status, b.minutes, b.guest, b.reason,
    b.match
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, "group" text, session text, "on"
      date, status text, minutes int, guest boolean, reason text, match text)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'attendance_recorded';
  PERFORM close_superseded('attendance', p_institution, p_from, p_to);
  PERFORM mark_attended(p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_attendance IS 'Fills attendance from a range of positions.';
