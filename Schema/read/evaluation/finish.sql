-- Loaded after every view: a column that passes a fact through means what it means there.
DO $$
DECLARE
  v_column record;
BEGIN
  FOR v_column IN
    SELECT v.relname AS view_name, c.attname AS column_name,
           CASE c.attname WHEN 'institution' THEN 'Institution code.'
                          ELSE col_description(f.oid, fc.attnum) END AS meaning
      FROM pg_class AS v
      JOIN pg_attribute AS c ON c.attrelid = v.oid AND c.attnum > 0
      LEFT JOIN pg_class AS f
        ON f.relname = v.relname AND f.relnamespace = 'fact'::regnamespace AND f.relkind = 'r'
      LEFT JOIN pg_attribute AS fc ON fc.attrelid = f.oid AND fc.attname = c.attname
     WHERE v.relnamespace = 'evaluation'::regnamespace AND v.relkind = 'v'
       AND col_description(v.oid, c.attnum) IS NULL
  LOOP
    EXECUTE format('COMMENT ON COLUMN evaluation.%I.%I IS %L',
      v_column.view_name, v_column.column_name, v_column.meaning);
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA evaluation TO varde_analyst, varde_projector, varde_recorder;
GRANT SELECT ON ALL TABLES IN SCHEMA evaluation TO varde_analyst, varde_projector, varde_recorder;
