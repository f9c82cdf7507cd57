CREATE VIEW evaluation.answer WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.instrument, f.version, f.wave, f.response,
       f.subject_id, f.item, f.value, f.state, f.recorded_at, f.position
FROM fact.answer AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.answer IS
  'Grain: one row per item of a survey response that holds now. Means use state = answered only; '
  'not_relevant is a category of its own.';
