-- Grain: one row per version of a participant's log entry; its text is not here.
CREATE TABLE log_entry (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  subject_id uuid NOT NULL,
  recorded_as uuid,
  programme text NOT NULL,
  group_code text,
  round text NOT NULL,
  on_date date NOT NULL,
  words int NOT NULL,
  learning_codes text[],
  shareable boolean,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX log_entry_superseded ON log_entry (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE log_entry IS
  'Grain: one row per version of a participant''s log entry; its text is not here.';
COMMENT ON COLUMN log_entry.subject_id IS 'The person, by random id.';
COMMENT ON COLUMN log_entry.programme IS 'Programme code.';
COMMENT ON COLUMN log_entry.group_code IS 'Group code.';
COMMENT ON COLUMN log_entry.round IS 'Round of log writing.';
COMMENT ON COLUMN log_entry.on_date IS 'Day of submission.';
COMMENT ON COLUMN log_entry.words IS 'Length in words.';
COMMENT ON COLUMN log_entry.learning_codes IS 'Codes of what was learned.';
COMMENT ON COLUMN log_entry.shareable IS 'Whether the writer allows sharing it.';

INSERT INTO projector (ordinal, fact, types)
VALUES (120, 'log_entry', '{log_submitted}');

CREATE FUNCTION project_log_entry(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO log_entry (institution_id, position, recorded_at, superseded_by, superseded_at,
    subject_id, recorded_as, programme, group_code, round, on_date, words, learning_codes, shareable)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, e.subject_id,
    e.recorded_as, b.programme, b."group", b.round, b."on", b.words, ARRAY(SELECT
    json_array_elements_text(b.learning_codes)), b.shareable
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, "group" text, round text, "on"
      date, words int, learning_codes json, shareable boolean)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'log_submitted';
  PERFORM close_superseded('log_entry', p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_log_entry IS 'Fills log_entry from a range of positions.';
