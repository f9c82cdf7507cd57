-- Expected pairs: every member on the day of a held session, recorded or not, and the guests who
-- came. The denominator of attendance is here for everyone to count. Who is a member is known by the
-- enrolments: somebody who was written down as a guest and enrolled later is a member, once. Leaders
-- and observers have no fixed place, and come as guests: the same roles as in the figures (FactReader).
CREATE VIEW evaluation.attendance WITH (security_invoker = true) AS
SELECT i.code AS institution, s.programme, s.group_code, s.session, s.held_on, e.subject_id,
       e.unit, e.role, false AS guest, coalesce(a.status, 'not_recorded') AS status,
       CASE WHEN a.status IN ('present', 'late', 'partial') THEN coalesce(a.minutes, s.minutes, 0)
            ELSE 0 END AS minutes,
       a.reason, a.match, a.recorded_at, a.position
FROM fact.session AS s
JOIN ops.institution AS i ON i.institution_id = s.institution_id
JOIN fact.enrolment AS e
  ON e.institution_id = s.institution_id AND e.programme = s.programme
 AND e.group_code = s.group_code AND e.superseded_by IS NULL
 AND e.role IN ('participant', 'facilitator', 'mentor', 'mentee')
 AND e.joined_on <= s.held_on AND (e.left_on IS NULL OR s.held_on < e.left_on)
LEFT JOIN fact.attendance AS a
  ON a.institution_id = s.institution_id AND a.programme = s.programme
 AND a.session = s.session AND a.subject_id = e.subject_id AND a.superseded_by IS NULL
WHERE s.superseded_by IS NULL AND s.status = 'held'
UNION ALL
SELECT i.code, s.programme, s.group_code, s.session, s.held_on, a.subject_id, NULL, 'guest', true,
       a.status,
       CASE WHEN a.status IN ('present', 'late', 'partial') THEN coalesce(a.minutes, s.minutes, 0)
            ELSE 0 END,
       a.reason, a.match, a.recorded_at, a.position
FROM fact.session AS s
JOIN ops.institution AS i ON i.institution_id = s.institution_id
JOIN fact.attendance AS a
  ON a.institution_id = s.institution_id AND a.programme = s.programme
 AND a.session = s.session AND a.guest AND a.superseded_by IS NULL
WHERE s.superseded_by IS NULL AND s.status = 'held'
  AND NOT EXISTS (
    SELECT FROM fact.enrolment AS e
     WHERE e.institution_id = s.institution_id AND e.programme = s.programme
       AND e.group_code = s.group_code AND e.subject_id = a.subject_id
       AND e.superseded_by IS NULL
       AND e.role IN ('participant', 'facilitator', 'mentor', 'mentee')
       AND e.joined_on <= s.held_on AND (e.left_on IS NULL OR s.held_on < e.left_on));
COMMENT ON VIEW evaluation.attendance IS
  'Grain: one row per held session and member on that day, and one per guest who came. Status '
  'not_recorded: nobody wrote down whether the member came, which is not the same as absent. '
  'Leaders and observers of a group are no members of it in this sense: they are here as guests, '
  'if they were recorded as that.';
COMMENT ON COLUMN evaluation.attendance.unit IS 'The person''s unit in the enrolment; NULL for guests.';
COMMENT ON COLUMN evaluation.attendance.role IS 'Role in the group, or guest.';
COMMENT ON COLUMN evaluation.attendance.held_on IS 'Day of the session.';
COMMENT ON COLUMN evaluation.attendance.minutes IS
  'Minutes received: the person''s own, else the session''s length, else 0; 0 when not there.';
COMMENT ON COLUMN evaluation.attendance.status IS
  'present, late, partial, excused, absent, unknown or not_recorded.';
