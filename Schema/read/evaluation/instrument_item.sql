CREATE VIEW evaluation.instrument_item WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.instrument, f.version, f.item_no, f.item, f.text_nb,
       f.text_en, f.scale_min, f.scale_max, f.not_relevant, f.recorded_at, f.position
FROM fact.instrument_item AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.instrument_item IS
  'Grain: one row per item of an instrument version.';
