-- Grain: one row per version of a group (a mentoring team or pair programme) and its plan.
CREATE TABLE programme_group (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  group_code text NOT NULL,
  kind text NOT NULL,
  name_nb text NOT NULL,
  name_en text NOT NULL,
  unit text,
  formed_on date NOT NULL,
  dissolved_on date,
  sessions_min int,
  sessions_max int,
  minutes_min int,
  minutes_max int,
  size_min int,
  size_max int,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX programme_group_superseded ON programme_group (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE programme_group IS
  'Grain: one row per version of a group (a mentoring team or pair programme) and its plan.';
COMMENT ON COLUMN programme_group.programme IS 'Programme code.';
COMMENT ON COLUMN programme_group.group_code IS 'Group code.';
COMMENT ON COLUMN programme_group.kind IS 'tst, ppm, opm, pgm, …';
COMMENT ON COLUMN programme_group.name_nb IS 'Name in bokmål.';
COMMENT ON COLUMN programme_group.name_en IS 'Name in English.';
COMMENT ON COLUMN programme_group.unit IS 'Home unit; NULL for a group across units.';
COMMENT ON COLUMN programme_group.formed_on IS 'First day.';
COMMENT ON COLUMN programme_group.dissolved_on IS 'First day after it; NULL while it meets.';
COMMENT ON COLUMN programme_group.sessions_min IS 'Planned sessions a month, at least.';
COMMENT ON COLUMN programme_group.sessions_max IS 'Planned sessions a month, at most.';
COMMENT ON COLUMN programme_group.minutes_min IS 'Planned minutes a session, at least.';
COMMENT ON COLUMN programme_group.minutes_max IS 'Planned minutes a session, at most.';
COMMENT ON COLUMN programme_group.size_min IS 'Planned members, at least.';
COMMENT ON COLUMN programme_group.size_max IS 'Planned members, at most.';

INSERT INTO projector (ordinal, fact, types)
VALUES (30, 'programme_group', '{group_formed}');

CREATE FUNCTION project_programme_group(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO programme_group (institution_id, position, recorded_at, superseded_by,
    superseded_at, programme, group_code, kind, name_nb, name_en, unit, formed_on, dissolved_on,
    sessions_min, sessions_max, minutes_min, minutes_max, size_min, size_max)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b."group", b.kind, b.name_nb, b.name_en, b."unit", b.formed_on, b.dissolved_on,
    b.sessions_min, b.sessions_max, b.minutes_min, b.minutes_max, b.size_min, b.size_max
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, "group" text, kind text, name_nb
      text, name_en text, "unit" text, formed_on date, dissolved_on date, sessions_min int,
      sessions_max int, minutes_min int, minutes_max int, size_min int, size_max int)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'group_formed';
  PERFORM close_superseded('programme_group', p_institution, p_from, p_to);
  PERFORM mark_stale('programme_group', '{participation}', '1', $$ '*' $$,
    p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_programme_group IS 'Fills programme_group from a range of positions.';
