CREATE VIEW evaluation.wave WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.wave, f.from_day, f.to_day, f.instrument, f.invited,
       f.recorded_at, f.position
FROM fact.wave AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.wave IS
  'Grain: one row per survey wave, in days since enrolment.';
