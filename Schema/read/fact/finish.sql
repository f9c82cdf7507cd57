-- Loaded after every other fact file: the comments all facts share, and who may read them.
DO $$
DECLARE
  v_fact text;
BEGIN
  FOR v_fact IN SELECT p.fact FROM projector AS p LOOP
    EXECUTE format('COMMENT ON COLUMN %I.institution_id IS %L', v_fact,
      'Owner of the log; code and name in ops.institution.');
    EXECUTE format('COMMENT ON COLUMN %I.position IS %L', v_fact, 'Event that made this row.');
    EXECUTE format('COMMENT ON COLUMN %I.recorded_at IS %L', v_fact,
      'When the institution recorded it (system time).');
    EXECUTE format('COMMENT ON COLUMN %I.superseded_by IS %L', v_fact,
      'Event that corrected or retracted it; NULL while it holds.');
    EXECUTE format('COMMENT ON COLUMN %I.superseded_at IS %L', v_fact,
      'When the correction or retraction was recorded; NULL while it holds.');
  END LOOP;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO varde_projector, varde_analyst, varde_recorder',
    current_schema());
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO varde_projector, varde_analyst, '
                 'varde_recorder', current_schema());
  -- Bodies are for projectors only.
  EXECUTE format('REVOKE ALL ON %I.entry FROM varde_analyst, varde_recorder', current_schema());
  EXECUTE format('GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO varde_projector',
    current_schema());
END $$;
