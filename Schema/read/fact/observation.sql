-- Grain: one row per version of one step of an observation cycle (OPM).
CREATE TABLE observation (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  subject_id uuid NOT NULL,
  recorded_as uuid,
  programme text NOT NULL,
  group_code text NOT NULL,
  cycle text NOT NULL,
  step text NOT NULL,
  on_date date NOT NULL,
  observer_id uuid,
  observer_recorded_as uuid,
  minutes int,
  teaching_form text,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX observation_superseded ON observation (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE observation IS
  'Grain: one row per version of one step of an observation cycle (OPM).';
COMMENT ON COLUMN observation.subject_id IS 'The person observed.';
COMMENT ON COLUMN observation.programme IS 'Programme code.';
COMMENT ON COLUMN observation.group_code IS 'Group code.';
COMMENT ON COLUMN observation.cycle IS 'Cycle code.';
COMMENT ON COLUMN observation.step IS
  'opened, pre_meeting, observation, feedback, reflection, closed or abandoned.';
COMMENT ON COLUMN observation.on_date IS 'Day of the step.';
COMMENT ON COLUMN observation.observer_id IS 'The observer.';
COMMENT ON COLUMN observation.observer_recorded_as IS
  'The id the observer was recorded under, where they have several; NULL for everybody else.';
COMMENT ON COLUMN observation.minutes IS 'Length in minutes.';
COMMENT ON COLUMN observation.teaching_form IS 'lecture, seminar, lab, supervision or online.';

INSERT INTO projector (ordinal, fact, types)
VALUES (110, 'observation', '{observation_recorded}');

CREATE FUNCTION project_observation(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO observation (institution_id, position, recorded_at, superseded_by, superseded_at,
    subject_id, recorded_as, programme, group_code, cycle, step, on_date, observer_id,
    observer_recorded_as, minutes, teaching_form)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, e.subject_id,
    e.recorded_as, b.programme, b."group", b.cycle, b.step, b."on",
    coalesce(w.subject_id, b.observer), w.recorded_as, b.minutes, b.teaching_form
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, "group" text, cycle text, step
      text, "on" date, observer uuid, minutes int, teaching_form text)
    LEFT JOIN merged_subject AS w
      ON w.institution_id = e.institution_id AND w.recorded_as = b.observer
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'observation_recorded';
  PERFORM close_superseded('observation', p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_observation IS 'Fills observation from a range of positions.';
