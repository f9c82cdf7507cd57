CREATE VIEW evaluation.hours WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.subject_id, f.term, f.allocated, f.spent,
       f.recorded_at, f.position
FROM fact.hours AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.hours IS
  'Grain: one row per person and term. NULL is unknown, which is not 0.';
