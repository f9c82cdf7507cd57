-- Grain: one row per version of one survey response.
CREATE TABLE response (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  subject_id uuid,
  recorded_as uuid,
  programme text NOT NULL,
  instrument text NOT NULL,
  version text NOT NULL,
  wave text NOT NULL,
  response text,
  on_date date,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX response_superseded ON response (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE response IS
  'Grain: one row per version of one survey response.';
COMMENT ON COLUMN response.subject_id IS 'The person, by random id; NULL for anonymous answers.';
COMMENT ON COLUMN response.programme IS 'Programme code.';
COMMENT ON COLUMN response.instrument IS 'Instrument code.';
COMMENT ON COLUMN response.version IS 'Version of the instrument.';
COMMENT ON COLUMN response.wave IS 'Wave code.';
COMMENT ON COLUMN response.response IS
  'The response''s own code where it comes from; NULL where that would say who answered.';
COMMENT ON COLUMN response.on_date IS 'Day of the response; NULL where the tool keeps no time.';

INSERT INTO projector (ordinal, fact, types)
VALUES (130, 'response', '{response_submitted}');

CREATE FUNCTION project_response(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO response (institution_id, position, recorded_at, superseded_by, superseded_at,
    subject_id, recorded_as, programme, instrument, version, wave, response, on_date)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, e.subject_id,
    e.recorded_as, b.programme, b.instrument, b.version, b.wave, b.response, b."on"
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, instrument text, version text,
      wave text, response text, "on" date)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'response_submitted';
  PERFORM close_superseded('response', p_institution, p_from, p_to);
  PERFORM mark_stale('response', '{survey}', 'wave', $$ t.k $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_response IS 'Fills response from a range of positions.';
