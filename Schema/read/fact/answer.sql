-- Grain: one row per item of one version of a survey response.
CREATE TABLE answer (
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
  item text NOT NULL,
  value int,
  state text NOT NULL,
  PRIMARY KEY (institution_id, position, item)
);
CREATE INDEX answer_superseded ON answer (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE answer IS
  'Grain: one row per item of one version of a survey response.';
COMMENT ON COLUMN answer.subject_id IS 'The person, by random id; NULL for anonymous answers.';
COMMENT ON COLUMN answer.programme IS 'Programme code.';
COMMENT ON COLUMN answer.instrument IS 'Instrument code.';
COMMENT ON COLUMN answer.version IS 'Version of the instrument.';
COMMENT ON COLUMN answer.wave IS 'Wave code.';
COMMENT ON COLUMN answer.response IS
  'The response''s own code where it comes from; NULL where that would say who answered.';
COMMENT ON COLUMN answer.item IS 'Item code.';
COMMENT ON COLUMN answer.value IS 'Answer as coded; the not-relevant code is kept here too.';
COMMENT ON COLUMN answer.state IS 'answered, not_relevant, skipped, not_shown or unknown.';

INSERT INTO projector (ordinal, fact, types)
VALUES (140, 'answer', '{response_submitted}');

CREATE FUNCTION project_answer(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO answer (institution_id, position, recorded_at, superseded_by, superseded_at,
    subject_id, recorded_as, programme, instrument, version, wave, response, item, value,
    state)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, e.subject_id,
    e.recorded_as, b.programme, b.instrument, b.version, b.wave, b.response, i.key,
    (i.value ->> 'v')::int, i.value ->> 's'
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, instrument text, version text,
      wave text, response text, answers json)
   CROSS JOIN LATERAL json_each(b.answers) AS i(key, value)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'response_submitted';
  PERFORM close_superseded('answer', p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_answer IS 'Fills answer from a range of positions.';
