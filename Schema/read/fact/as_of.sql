-- What was known then. Every fact of the table projector gets its pair of functions here, so that a
-- new fact has them without another thought:
--
--   fact.session_as_of(timestamptz)          rows of all institutions
--   fact.session_as_of(institution, position) rows of one
--
-- plpgsql, because a table function in SQL cannot read a distributed table (R23). Their text says
-- fact.*, the name under which a read side is read: they are called by readers, who see no other.

CREATE FUNCTION rows_as_of(p_fact regclass, p_then text) RETURNS text
LANGUAGE plpgsql STABLE AS $body$
BEGIN
  RETURN (
    SELECT format('SELECT %s FROM fact.%I AS x WHERE %s',
             string_agg(CASE a.attname
               WHEN 'superseded_by' THEN 'NULL::bigint AS superseded_by'
               WHEN 'superseded_at' THEN 'NULL::timestamptz AS superseded_at'
               ELSE format('x.%I', a.attname) END, ', ' ORDER BY a.attnum),
             c.relname, p_then)
      FROM pg_class AS c
      JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.oid = p_fact
     GROUP BY c.relname);
END $body$;
COMMENT ON FUNCTION rows_as_of IS
  'The query for the rows of a fact that held when p_then, a condition on x, says: as they stood '
  'then, that is, with nothing yet that corrected or retracted them.';

CREATE FUNCTION held_at_time() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $body$
BEGIN
  RETURN 'x.recorded_at <= p_at AND (x.superseded_at IS NULL OR x.superseded_at > p_at)';
END $body$;
COMMENT ON FUNCTION held_at_time IS
  'Condition of rows_as_of for a time p_at. Exact: no two blocks of a log have the same recorded_at, '
  'later ones have later ones, and all events of a block share it.';

CREATE FUNCTION held_at_position() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $body$
BEGIN
  RETURN 'x.institution_id = v_institution AND x.position <= p_position '
         'AND (x.superseded_by IS NULL OR x.superseded_by > p_position)';
END $body$;
COMMENT ON FUNCTION held_at_position IS
  'Condition of rows_as_of for a position p_position in the log of v_institution.';

-- Asked as the owner, who sees how far the facts have come whoever reads them.
CREATE FUNCTION demand_reached(p_institution int, p_named text, p_position bigint) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
  v_reached bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM ops.institution AS i WHERE i.institution_id = p_institution) THEN
    RAISE EXCEPTION 'there is no institution %', p_named
      USING ERRCODE = 'VL430', HINT = 'ops.institution has the codes of those there are.';
  END IF;
  SELECT coalesce(max(c.position), 0) INTO v_reached
    FROM ops.checkpoint AS c
    JOIN ops.read_side AS r ON r.generation = c.generation AND r.live
   WHERE c.institution_id = p_institution AND c.projection = 'fact';
  IF p_position IS NULL OR p_position > v_reached THEN
    RAISE EXCEPTION 'the facts of % have come to position %, not to %',
      p_named, v_reached, coalesce(p_position::text, 'NULL')
      USING ERRCODE = 'VL431',
        HINT = 'Ask for a position up to there, or wait for the worker: varde status.';
  END IF;
END $body$;
COMMENT ON FUNCTION demand_reached IS
  'Refuses a position that the facts have not come to (VL431), for then nobody knows what held there, '
  'and an institution that there is not (VL430).';

DO $$
DECLARE
  v_fact text;
BEGIN
  FOR v_fact IN SELECT p.fact FROM projector AS p LOOP
    -- The planner should expect many rows: loops over few would take minutes where there are many.
    EXECUTE format(
      'CREATE FUNCTION %I(p_at timestamptz) RETURNS SETOF %I
       LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100000 AS $body$
       BEGIN
         RETURN QUERY %s;
       END $body$',
      v_fact || '_as_of', v_fact, rows_as_of(v_fact::regclass, held_at_time()));
    EXECUTE format('COMMENT ON FUNCTION %I(timestamptz) IS %L', v_fact || '_as_of',
      'The rows that held at a time, of all institutions, as a reader would have seen them then. '
      'Merges and erasures hold for all of the past.');
    EXECUTE format(
      'CREATE FUNCTION %I(p_institution int, p_position bigint) RETURNS SETOF %I
       LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100000 AS $body$
       DECLARE
         v_institution CONSTANT int := p_institution;
       BEGIN
         PERFORM fact.demand_reached(p_institution, p_institution::text, p_position);
         RETURN QUERY %s;
       END $body$',
      v_fact || '_as_of', v_fact, rows_as_of(v_fact::regclass, held_at_position()));
    EXECUTE format('COMMENT ON FUNCTION %I(int, bigint) IS %L', v_fact || '_as_of',
      'The rows that held at a position of an institution''s log, as a reader would have seen them '
      'then. Merges and erasures hold for all of the past.');
  END LOOP;
END $$;
