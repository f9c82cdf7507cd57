CREATE VIEW evaluation.release WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.release, f.period, f.cut, f.manifest_sha256,
       f.recorded_at, f.position
FROM fact.release AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.release IS
  'Grain: one row per release given to someone.';
