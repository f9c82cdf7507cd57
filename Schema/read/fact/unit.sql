-- Grain: one row per version of a unit (faculty, department, school) in the dated tree.
CREATE TABLE unit (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  unit text NOT NULL,
  kind text NOT NULL,
  name_nb text NOT NULL,
  name_en text NOT NULL,
  parent text,
  valid_from date NOT NULL,
  valid_to date,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX unit_superseded ON unit (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE unit IS
  'Grain: one row per version of a unit (faculty, department, school) in the dated tree.';
COMMENT ON COLUMN unit.unit IS 'Unit code.';
COMMENT ON COLUMN unit.kind IS 'faculty, department, school, …';
COMMENT ON COLUMN unit.name_nb IS 'Name in bokmål.';
COMMENT ON COLUMN unit.name_en IS 'Name in English.';
COMMENT ON COLUMN unit.parent IS 'Code of the unit above; NULL at the top.';
COMMENT ON COLUMN unit.valid_from IS 'First day of this unit.';
COMMENT ON COLUMN unit.valid_to IS 'First day after it; NULL while it exists.';

INSERT INTO projector (ordinal, fact, types)
VALUES (20, 'unit', '{unit_registered}');

CREATE FUNCTION project_unit(p_institution int, p_from bigint, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO unit (institution_id, position, recorded_at, superseded_by, superseded_at, unit,
    kind, name_nb, name_en, parent, valid_from, valid_to)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b."unit", b.kind,
    b.name_nb, b.name_en, b.parent, b.valid_from, b.valid_to
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_to
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b("unit" text, kind text, name_nb text, name_en
      text, parent text, valid_from date, valid_to date)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'unit_registered';
  PERFORM close_superseded('unit', p_institution, p_from, p_to);
  -- A unit belongs to the institution; where the tree changes, every programme's figures may.
  INSERT INTO stale AS k (institution_id, programme, family, period, position)
  SELECT p_institution, p.programme, f.family, '*', p_to
    FROM (SELECT DISTINCT programme FROM programme WHERE institution_id = p_institution) AS p
   CROSS JOIN unnest(ARRAY['participation', 'survey', 'hours']) AS f(family)
   ORDER BY 2, 3, 4
  ON CONFLICT (institution_id, programme, family, group_code, period) DO UPDATE SET position = excluded.position;
END $body$;
COMMENT ON FUNCTION project_unit IS 'Fills unit from a range of positions.';
