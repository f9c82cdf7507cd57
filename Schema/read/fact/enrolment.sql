-- Grain: one row per version of a person's enrolment in a group. A member on day d has joined_on
-- <= d and (left_on is null or d < left_on).
CREATE TABLE enrolment (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  subject_id uuid NOT NULL,
  recorded_as uuid,
  programme text NOT NULL,
  group_code text NOT NULL,
  unit text NOT NULL,
  role text NOT NULL,
  joined_on date NOT NULL,
  left_on date,
  leave_reason text,
  fte_percent numeric,
  recruited_via text,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX enrolment_superseded ON enrolment (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE enrolment IS
  'Grain: one row per version of a person''s enrolment in a group. A member on day d has '
  'joined_on <= d and (left_on is null or d < left_on).';
COMMENT ON COLUMN enrolment.subject_id IS 'The person, by random id.';
COMMENT ON COLUMN enrolment.programme IS 'Programme code.';
COMMENT ON COLUMN enrolment.group_code IS 'Group code.';
COMMENT ON COLUMN enrolment.unit IS 'The person''s unit in this enrolment.';
COMMENT ON COLUMN enrolment.role IS 'participant, facilitator, mentor, mentee, observer or leader.';
COMMENT ON COLUMN enrolment.joined_on IS 'First day as a member.';
COMMENT ON COLUMN enrolment.left_on IS 'First day no longer a member.';
COMMENT ON COLUMN enrolment.leave_reason IS 'Why the person left.';
COMMENT ON COLUMN enrolment.fte_percent IS 'Position in per cent of full time.';
COMMENT ON COLUMN enrolment.recruited_via IS 'How the person was recruited.';

INSERT INTO projector (ordinal, fact, types)
VALUES (80, 'enrolment', '{enrolment_recorded}');

CREATE FUNCTION project_enrolment(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO enrolment (institution_id, position, recorded_at, superseded_by, superseded_at,
    subject_id, recorded_as, programme, group_code, unit, role, joined_on, left_on, leave_reason,
    fte_percent, recruited_via)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, e.subject_id,
    e.recorded_as, b.programme, b."group", b."unit", b.role, b.joined, b."left", b.leave_reason,
    b.fte_percent, b.recruited_via
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, "group" text, "unit" text, role
      text, joined date, "left" date, leave_reason text, fte_percent numeric, recruited_via text)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'enrolment_recorded';
  PERFORM close_superseded('enrolment', p_institution, p_from, p_to);
  PERFORM mark_stale('enrolment', '{participation,survey,hours}', '1', $$ '*' $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_enrolment IS 'Fills enrolment from a range of positions.';
