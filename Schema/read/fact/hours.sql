-- Grain: one row per version of a person's hours in a term.
CREATE TABLE hours (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  subject_id uuid NOT NULL,
  recorded_as uuid,
  programme text NOT NULL,
  term text NOT NULL,
  allocated numeric,
  spent numeric,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX hours_superseded ON hours (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE hours IS
  'Grain: one row per version of a person''s hours in a term.';
COMMENT ON COLUMN hours.subject_id IS 'The person, by random id.';
COMMENT ON COLUMN hours.programme IS 'Programme code.';
COMMENT ON COLUMN hours.term IS 'Term code.';
COMMENT ON COLUMN hours.allocated IS
  'Hours set aside in the work plan; NULL: unknown, which is not 0.';
COMMENT ON COLUMN hours.spent IS 'Hours the person reports; NULL: unknown.';

INSERT INTO projector (ordinal, fact, types)
VALUES (150, 'hours', '{hours_recorded}');

CREATE FUNCTION project_hours(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO hours (institution_id, position, recorded_at, superseded_by, superseded_at,
    subject_id, recorded_as, programme, term, allocated, spent)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, e.subject_id,
    e.recorded_as, b.programme, b.term, b.allocated, b.spent
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, term text, allocated numeric,
      spent numeric)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'hours_recorded';
  PERFORM close_superseded('hours', p_institution, p_from, p_to);
  PERFORM mark_stale('hours', '{hours}', 'term', $$ t.k $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_hours IS 'Fills hours from a range of positions.';
