-- Loaded first into a fresh, empty schema; names without a schema mean "the read side being built".
-- Facts are bitemporal: valid time in their own columns, system time in recorded_at and
-- superseded_at, both taken from the log and never from the projector's clock. A fact is
-- effective at position p if position <= p and (superseded_by is null or superseded_by > p).

CREATE TABLE projector (
  ordinal int PRIMARY KEY,
  fact text NOT NULL UNIQUE,
  types text[] NOT NULL
);
COMMENT ON TABLE projector IS
  'Which fact is filled from which event types, and in which order; fact.project_<fact> does it, for '
  'the positions p_from to p_to, as they stand at p_cut: a worker''s cut is the end of its range, a '
  'rebuild''s is the end of the log, so that a row is written once, closed if it was closed since.';

-- Cells to compute anew. Written in the transaction that changed the facts, taken by the cell
-- worker. The position makes every mark an UPDATE, so that a worker that is just taking the row
-- notices the new one; with room on its page it needs no new entry in the index.
CREATE TABLE stale (
  institution_id int NOT NULL,
  programme text NOT NULL,
  family text NOT NULL,
  group_code text NOT NULL DEFAULT '*',
  period text NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (institution_id, programme, family, group_code, period)
) WITH (fillfactor = 50);
COMMENT ON TABLE stale IS
  'Programme, family of indicators (participation, survey, hours, or one indicator by its id), group '
  'and period (a month, wave, term) whose cells no longer fit the facts; * stands for all. What '
  'happens in a group also counts for its members'' units and for the whole.';

CREATE FUNCTION close_superseded(p_fact text, p_institution int, p_from bigint, p_to bigint)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'UPDATE %I AS f
        SET superseded_by = s.position, superseded_at = s.recorded_at
       FROM log.entry AS s
      WHERE s.institution_id = $1
        AND s.position BETWEEN $2 AND $3
        AND s.supersedes IS NOT NULL
        AND f.institution_id = $1
        AND f.position = s.supersedes
        AND f.superseded_by IS NULL', p_fact)
  USING p_institution, p_from, p_to;
END $$;
COMMENT ON FUNCTION close_superseded IS
  'Closes the facts that events in the range of positions correct or retract.';

CREATE FUNCTION mark_stale(
  p_fact text, p_families text[], p_key text, p_period text, p_institution int, p_from bigint,
  p_to bigint, p_group text DEFAULT $g$ '*' $g$
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO stale AS m (institution_id, programme, family, group_code, period, position)
     SELECT DISTINCT $1, t.programme, f.family, t.g, %1$s, $3
       FROM (SELECT programme, %4$s AS g, %2$s AS k FROM %3$I
              WHERE institution_id = $1 AND position BETWEEN $2 AND $3
              GROUP BY 1, 2, 3
             UNION
             SELECT programme, %4$s AS g, %2$s AS k FROM %3$I
              WHERE institution_id = $1 AND superseded_by BETWEEN $2 AND $3) AS t
      CROSS JOIN unnest($4) AS f(family)
      WHERE %1$s IS NOT NULL
      ORDER BY 2, 3, 4, 5
     ON CONFLICT (institution_id, programme, family, group_code, period)
     DO UPDATE SET position = excluded.position', p_period, p_key, p_fact, p_group)
  USING p_institution, p_from, p_to, p_families;
END $$;
COMMENT ON FUNCTION mark_stale IS
  'Marks the cells stale that rows of a fact touch which were written or closed in a range of '
  'positions. p_key and p_group are SQL expressions over the fact''s columns; p_period makes the '
  'period of p_key, as k, and no mark where it is NULL.';

-- Facts change by the hundred thousand in one catch-up, and a question asked before autovacuum has
-- looked at them can take minutes instead of seconds. ANALYZE needs the owner.
CREATE FUNCTION refresh_statistics(p_schema text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_fact regclass;
BEGIN
  FOR v_fact IN
    SELECT c.oid FROM pg_class AS c
     WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace(p_schema)
       AND pg_has_role(current_user, c.relowner, 'MEMBER')
  LOOP
    EXECUTE format('ANALYZE %s', v_fact);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION refresh_statistics FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_statistics TO varde_projector;
COMMENT ON FUNCTION refresh_statistics IS 'Lets the planner know the facts as they are now.';
