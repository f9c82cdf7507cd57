CREATE VIEW evaluation.response WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.instrument, f.version, f.wave, f.response,
       f.subject_id, f.on_date, f.recorded_at, f.position
FROM fact.response AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.response IS
  'Grain: one row per survey response that holds now. A person may have several in a '
  'wave; figures take that of the latest day.';
