-- Grain: one row per version of a survey wave, in days since a person's enrolment.
CREATE TABLE wave (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  wave text NOT NULL,
  from_day int NOT NULL,
  to_day int NOT NULL,
  instrument text,
  invited int,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX wave_superseded ON wave (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE wave IS
  'Grain: one row per version of a survey wave, in days since a person''s enrolment.';
COMMENT ON COLUMN wave.programme IS 'Programme code.';
COMMENT ON COLUMN wave.wave IS 'Wave code, W0 is the baseline.';
COMMENT ON COLUMN wave.from_day IS 'First day since enrolment.';
COMMENT ON COLUMN wave.to_day IS 'Last day since enrolment.';
COMMENT ON COLUMN wave.instrument IS 'Instrument that is asked.';
COMMENT ON COLUMN wave.invited IS 'People invited, where the institution counts them.';

INSERT INTO projector (ordinal, fact, types)
VALUES (60, 'wave', '{wave_defined}');

CREATE FUNCTION project_wave(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO wave (institution_id, position, recorded_at, superseded_by, superseded_at,
    programme, wave, from_day, to_day, instrument, invited)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b.wave, b.from_day, b.to_day, b.instrument, b.invited
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, wave text, from_day int, to_day
      int, instrument text, invited int)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'wave_defined';
  PERFORM close_superseded('wave', p_institution, p_from, p_to);
  PERFORM mark_stale('wave', '{survey}', '1', $$ '*' $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_wave IS 'Fills wave from a range of positions.';
