-- Grain: one row per scale of a version of an instrument.
CREATE TABLE instrument_scale (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  scale_no int NOT NULL,
  programme text NOT NULL,
  instrument text NOT NULL,
  version text NOT NULL,
  scale text NOT NULL,
  title_nb text NOT NULL,
  title_en text NOT NULL,
  items text[] NOT NULL,
  reversed text[] NOT NULL,
  min_valid int,
  PRIMARY KEY (institution_id, position, scale)
);
CREATE INDEX instrument_scale_superseded ON instrument_scale (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE instrument_scale IS
  'Grain: one row per scale of a version of an instrument.';
COMMENT ON COLUMN instrument_scale.scale_no IS 'Place in the instrument, from 1.';
COMMENT ON COLUMN instrument_scale.programme IS 'Programme code.';
COMMENT ON COLUMN instrument_scale.instrument IS 'Instrument code.';
COMMENT ON COLUMN instrument_scale.version IS 'Version of the instrument.';
COMMENT ON COLUMN instrument_scale.scale IS 'Scale code.';
COMMENT ON COLUMN instrument_scale.title_nb IS 'Title in bokmål.';
COMMENT ON COLUMN instrument_scale.title_en IS 'Title in English.';
COMMENT ON COLUMN instrument_scale.items IS 'Items of the scale.';
COMMENT ON COLUMN instrument_scale.reversed IS 'Items that are reversed before scoring.';
COMMENT ON COLUMN instrument_scale.min_valid IS 'Valid items a score needs; NULL: half of them.';

INSERT INTO projector (ordinal, fact, types)
VALUES (50, 'instrument_scale', '{instrument_published}');

CREATE FUNCTION project_instrument_scale(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO instrument_scale (institution_id, position, recorded_at, superseded_by,
    superseded_at, scale_no, programme, instrument, version, scale, title_nb, title_en, items,
    reversed, min_valid)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, i.n::int,
    b.programme, b.instrument, b.version, i.v ->> 'scale', i.v ->> 'title_nb', i.v ->> 'title_en',
    ARRAY(SELECT json_array_elements_text(i.v -> 'items')), ARRAY(SELECT
    json_array_elements_text(coalesce(i.v -> 'reversed', '[]'))), (i.v ->> 'min_valid')::int
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, instrument text, version text,
      scales json)
   CROSS JOIN LATERAL json_array_elements(coalesce(b.scales, '[]')) WITH ORDINALITY AS i(v, n)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'instrument_published';
  PERFORM close_superseded('instrument_scale', p_institution, p_from, p_to);
  PERFORM mark_stale('instrument_scale', '{survey}', '1', $$ '*' $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_instrument_scale IS 'Fills instrument_scale from a range of positions.';
