-- Grain: one row per item of a version of an instrument.
CREATE TABLE instrument_item (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  item_no int NOT NULL,
  programme text NOT NULL,
  instrument text NOT NULL,
  version text NOT NULL,
  item text NOT NULL,
  text_nb text NOT NULL,
  text_en text NOT NULL,
  scale_min int NOT NULL,
  scale_max int NOT NULL,
  not_relevant int,
  PRIMARY KEY (institution_id, position, item)
);
CREATE INDEX instrument_item_superseded ON instrument_item (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE instrument_item IS
  'Grain: one row per item of a version of an instrument.';
COMMENT ON COLUMN instrument_item.item_no IS 'Place in the instrument, from 1.';
COMMENT ON COLUMN instrument_item.programme IS 'Programme code.';
COMMENT ON COLUMN instrument_item.instrument IS 'Instrument code.';
COMMENT ON COLUMN instrument_item.version IS 'Version of the instrument.';
COMMENT ON COLUMN instrument_item.item IS 'Item code.';
COMMENT ON COLUMN instrument_item.text_nb IS 'Wording in bokmål.';
COMMENT ON COLUMN instrument_item.text_en IS 'Wording in English.';
COMMENT ON COLUMN instrument_item.scale_min IS 'Lowest answer.';
COMMENT ON COLUMN instrument_item.scale_max IS 'Highest answer.';
COMMENT ON COLUMN instrument_item.not_relevant IS
  'Code for not relevant / don''t know; a category of its own, never in a mean.';

INSERT INTO projector (ordinal, fact, types)
VALUES (40, 'instrument_item', '{instrument_published}');

CREATE FUNCTION project_instrument_item(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO instrument_item (institution_id, position, recorded_at, superseded_by,
    superseded_at, item_no, programme, instrument, version, item, text_nb, text_en, scale_min,
    scale_max, not_relevant)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, i.n::int,
    b.programme, b.instrument, b.version, i.v ->> 'item', i.v ->> 'text_nb', i.v ->> 'text_en',
    (i.v ->> 'min')::int, (i.v ->> 'max')::int, (i.v ->> 'not_relevant')::int
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, instrument text, version text,
      items json)
   CROSS JOIN LATERAL json_array_elements(b.items) WITH ORDINALITY AS i(v, n)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'instrument_published';
  PERFORM close_superseded('instrument_item', p_institution, p_from, p_to);
  PERFORM mark_stale('instrument_item', '{survey}', '1', $$ '*' $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_instrument_item IS 'Fills instrument_item from a range of positions.';
