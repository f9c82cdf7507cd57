-- Grain: one row per version of a target for an indicator.
CREATE TABLE target (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  indicator text NOT NULL,
  period text NOT NULL,
  value numeric NOT NULL,
  rationale text,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX target_superseded ON target (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE target IS
  'Grain: one row per version of a target for an indicator.';
COMMENT ON COLUMN target.programme IS 'Programme code.';
COMMENT ON COLUMN target.indicator IS 'Indicator id.';
COMMENT ON COLUMN target.period IS 'Period the target is for.';
COMMENT ON COLUMN target.value IS 'What was promised.';
COMMENT ON COLUMN target.rationale IS 'Why this value.';

INSERT INTO projector (ordinal, fact, types)
VALUES (70, 'target', '{target_set}');

CREATE FUNCTION project_target(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO target (institution_id, position, recorded_at, superseded_by, superseded_at,
    programme, indicator, period, value, rationale)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b.indicator, b.period, b.value, b.rationale
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, indicator text, period text,
      value numeric, rationale text)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'target_set';
  PERFORM close_superseded('target', p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_target IS 'Fills target from a range of positions.';
