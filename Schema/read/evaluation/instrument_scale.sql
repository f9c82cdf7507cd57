CREATE VIEW evaluation.instrument_scale WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.instrument, f.version, f.scale_no, f.scale,
       f.title_nb, f.title_en, f.items, f.reversed, f.min_valid, f.recorded_at, f.position
FROM fact.instrument_scale AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.instrument_scale IS
  'Grain: one row per scale of an instrument version.';
