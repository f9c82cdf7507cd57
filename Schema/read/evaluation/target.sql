CREATE VIEW evaluation.target WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.indicator, f.period, f.value, f.rationale,
       f.recorded_at, f.position
FROM fact.target AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.target IS
  'Grain: one row per target.';
