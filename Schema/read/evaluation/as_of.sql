-- The views as they were at an earlier time. Every view over facts gets its pair of functions here:
--
--   SELECT * FROM evaluation.session_as_of('2025-03-01');
--   SELECT * FROM evaluation.session_as_of('fjordvik', 4711);
--
-- Each is the view's own query with the facts as they stood then in place of the facts, so the
-- planner sees the tables themselves and their indexes.
DO $$
DECLARE
  v record;
  v_form record;
BEGIN
  FOR v IN
    SELECT c.oid, c.relname AS name, array_agg(DISTINCT p.fact) AS facts
      FROM pg_class AS c
      JOIN pg_rewrite AS r ON r.ev_class = c.oid
      JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
      JOIN pg_class AS t ON t.oid = d.refobjid AND t.relnamespace = 'fact'::regnamespace
      JOIN fact.projector AS p ON p.fact = t.relname
     WHERE c.relnamespace = 'evaluation'::regnamespace AND c.relkind = 'v'
     GROUP BY c.oid, c.relname
  LOOP
    FOR v_form IN
      SELECT f.parameters, f.types, f.declaration, f.demand, f.held, f.meaning
        FROM (VALUES
          ('p_at timestamptz', 'timestamptz', '', '', fact.held_at_time(), 'at a time'),
          ('p_institution text, p_position bigint', 'text, bigint',
           'DECLARE v_institution CONSTANT int := (SELECT i.institution_id FROM ops.institution AS i '
           'WHERE i.code = p_institution);',
           'PERFORM fact.demand_reached(v_institution, p_institution, p_position);',
           fact.held_at_position(), 'at a position of one institution''s log'))
          AS f(parameters, types, declaration, demand, held, meaning)
    LOOP
      DECLARE
        v_query text := pg_get_viewdef(v.oid);
        v_fact text;
      BEGIN
        FOREACH v_fact IN ARRAY v.facts LOOP
          v_query := regexp_replace(v_query, '\mfact\.' || v_fact || '\M',
            '(' || fact.rows_as_of(('fact.' || v_fact)::regclass, v_form.held) || ')', 'g');
        END LOOP;
        EXECUTE format(
          'CREATE FUNCTION evaluation.%I(%s) RETURNS SETOF evaluation.%I
           LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100000 AS $body$
           %s
           BEGIN
             %s
             RETURN QUERY %s
           END $body$',
          v.name || '_as_of', v_form.parameters, v.name, v_form.declaration, v_form.demand,
          v_query);
        EXECUTE format('COMMENT ON FUNCTION evaluation.%I(%s) IS %L', v.name || '_as_of',
          v_form.types, format('What evaluation.%s showed %s, as far as it is known who was who: '
            'merges and erasures hold for all of the past.', v.name, v_form.meaning));
      END;
    END LOOP;
  END LOOP;
END $$;

-- Analysts do not read the log; which of its positions belongs to which time is no secret.
CREATE FUNCTION evaluation.position_at(p_institution text, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_institution int;
  v_position bigint := 0;
  v_low bigint := 0;
  v_high bigint;
  v_middle bigint;
  v_block record;
BEGIN
  SELECT i.institution_id INTO v_institution
    FROM ops.institution AS i WHERE i.code = p_institution;
  SELECT h.append_no INTO v_high FROM log.head(v_institution) AS h;
  -- Blocks are numbered without gaps and their times only grow.
  WHILE v_low < v_high LOOP
    v_middle := (v_low + v_high + 1) / 2;
    SELECT a.recorded_at, a.last_position INTO v_block
      FROM log.append AS a
     WHERE a.institution_id = v_institution AND a.append_no = v_middle;
    IF v_block.recorded_at <= p_at THEN
      v_low := v_middle;
      v_position := v_block.last_position;
    ELSE
      v_high := v_middle - 1;
    END IF;
  END LOOP;
  RETURN CASE WHEN v_institution IS NOT NULL THEN v_position END;
END $$;
COMMENT ON FUNCTION evaluation.position_at IS
  'Last position of an institution''s log at a time; 0 before the first, NULL for an institution '
  'nobody knows.';
