-- Grain: one row per version of a planned, held or cancelled session.
CREATE TABLE session (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  group_code text NOT NULL,
  session text NOT NULL,
  planned_on date,
  status text NOT NULL,
  held_on date,
  minutes int,
  mode text,
  cancel_reason text,
  sensitivity text,
  identifying_problem text,
  analysis text,
  action_advised text,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX session_superseded ON session (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;
CREATE INDEX session_code ON session (institution_id, programme, session);
-- What happened in a month, without reading all years.
CREATE INDEX session_planned_on ON session (institution_id, programme, planned_on);
CREATE INDEX session_held_on ON session (institution_id, programme, held_on);

COMMENT ON TABLE session IS
  'Grain: one row per version of a planned, held or cancelled session.';
COMMENT ON COLUMN session.programme IS 'Programme code.';
COMMENT ON COLUMN session.group_code IS 'Group code.';
COMMENT ON COLUMN session.session IS 'Session code.';
COMMENT ON COLUMN session.planned_on IS 'Planned day; NULL for an extra session.';
COMMENT ON COLUMN session.status IS 'planned, held or cancelled.';
COMMENT ON COLUMN session.held_on IS 'Day it was held.';
COMMENT ON COLUMN session.minutes IS 'Length in minutes.';
COMMENT ON COLUMN session.mode IS 'in_person, online or hybrid.';
COMMENT ON COLUMN session.cancel_reason IS 'Why it was cancelled.';
COMMENT ON COLUMN session.sensitivity IS
  'TST principle 1, rated by the team: yes, partly, no or not_applicable.';
COMMENT ON COLUMN session.identifying_problem IS 'TST principle 2, rated likewise.';
COMMENT ON COLUMN session.analysis IS 'TST principle 3, rated likewise.';
COMMENT ON COLUMN session.action_advised IS 'TST principle 4, rated likewise.';

INSERT INTO projector (ordinal, fact, types)
VALUES (90, 'session', '{session_recorded}');

CREATE FUNCTION project_session(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO session (institution_id, position, recorded_at, superseded_by, superseded_at,
    programme, group_code, session, planned_on, status, held_on, minutes, mode, cancel_reason,
    sensitivity, identifying_problem, analysis, action_advised)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b."group", b.session, b.planned_on, b.status, b.held_on, b.minutes, b.mode, b.cancel_reason,
    b.sensitivity, b.identifying_problem, b.analysis, b.action_advised
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, "group" text, session text,
      planned_on date, status text, held_on date, minutes int, mode text, cancel_reason text,
      sensitivity text, identifying_problem text, analysis text, action_advised text)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'session_recorded';
  PERFORM close_superseded('session', p_institution, p_from, p_to);
  PERFORM mark_stale('session', '{participation}', 'planned_on', $$ to_char(t.k, 'YYYY-MM') $$,
    p_institution, p_from, p_to, 'group_code');
  PERFORM mark_stale('session', '{participation}', 'held_on', $$ to_char(t.k, 'YYYY-MM') $$,
    p_institution, p_from, p_to, 'group_code');
END $body$;
COMMENT ON FUNCTION project_session IS 'Fills session from a range of positions.';
