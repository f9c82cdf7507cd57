-- Grain: one row per version of an act of leadership support.
CREATE TABLE support_act (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  act text NOT NULL,
  unit text NOT NULL,
  kind text NOT NULL,
  on_date date NOT NULL,
  level text,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX support_act_superseded ON support_act (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE support_act IS
  'Grain: one row per version of an act of leadership support.';
COMMENT ON COLUMN support_act.programme IS 'Programme code.';
COMMENT ON COLUMN support_act.act IS 'The institution''s own key of the act.';
COMMENT ON COLUMN support_act.unit IS 'Unit whose leader acted.';
COMMENT ON COLUMN support_act.kind IS 'Kind of act, for example budget or leader_attended.';
COMMENT ON COLUMN support_act.on_date IS 'Day.';
COMMENT ON COLUMN support_act.level IS 'unit, faculty or institution.';

INSERT INTO projector (ordinal, fact, types)
VALUES (160, 'support_act', '{support_act_recorded}');

CREATE FUNCTION project_support_act(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO support_act (institution_id, position, recorded_at, superseded_by, superseded_at,
    programme, act, unit, kind, on_date, level)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b.act, b."unit", b.kind, b."on", b.level
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, act text, "unit" text, kind
      text, "on" date, level text)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'support_act_recorded';
  PERFORM close_superseded('support_act', p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_support_act IS 'Fills support_act from a range of positions.';
