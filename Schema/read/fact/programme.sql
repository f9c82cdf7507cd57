-- Grain: one row per version of a programme's definition.
CREATE TABLE programme (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  title_nb text NOT NULL,
  title_en text NOT NULL,
  models text[] NOT NULL,
  purpose text NOT NULL,
  formative_only boolean NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  terms json NOT NULL,
  holiday_months int[] NOT NULL,
  time_zone text NOT NULL,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX programme_superseded ON programme (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE programme IS
  'Grain: one row per version of a programme''s definition.';
COMMENT ON COLUMN programme.programme IS 'Programme code.';
COMMENT ON COLUMN programme.title_nb IS 'Title in bokmål.';
COMMENT ON COLUMN programme.title_en IS 'Title in English.';
COMMENT ON COLUMN programme.models IS
  'Models of peer support: ppm, opm, tst, pgm, mentor_education, plc.';
COMMENT ON COLUMN programme.purpose IS 'Purpose statement the participants were given.';
COMMENT ON COLUMN programme.formative_only IS
  'Whether figures may serve improvement only, never assessment of persons.';
COMMENT ON COLUMN programme.starts_on IS 'First day.';
COMMENT ON COLUMN programme.ends_on IS 'First day after the programme; NULL while open.';
COMMENT ON COLUMN programme.terms IS 'Terms of the calendar: [{code, from, to}], days as MM-DD.';
COMMENT ON COLUMN programme.holiday_months IS 'Months without planned sessions, 1 to 12.';
COMMENT ON COLUMN programme.time_zone IS 'Time zone of the institution''s clocks.';

INSERT INTO projector (ordinal, fact, types)
VALUES (10, 'programme', '{programme_registered}');

CREATE FUNCTION project_programme(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO programme (institution_id, position, recorded_at, superseded_by, superseded_at,
    programme, title_nb, title_en, models, purpose, formative_only, starts_on, ends_on, terms,
    holiday_months, time_zone)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b.title_nb, b.title_en, ARRAY(SELECT json_array_elements_text(b.models)), b.purpose,
    b.formative_only, b.starts_on, b.ends_on, b.terms, ARRAY(SELECT v::int FROM
    json_array_elements_text(b.holiday_months) AS v), b.time_zone
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, title_nb text, title_en text,
      models json, purpose text, formative_only boolean, starts_on date, ends_on date, terms json,
      holiday_months json, time_zone text)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'programme_registered';
  PERFORM close_superseded('programme', p_institution, p_from, p_to);
  PERFORM mark_stale('programme', '{participation,survey,hours}', '1', $$ '*' $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_programme IS 'Fills programme from a range of positions.';
