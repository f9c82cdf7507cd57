CREATE VIEW evaluation.outreach WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.group_code, f.term, f.requests, f.held,
       f.recorded_at, f.position
FROM fact.outreach AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.outreach IS
  'Grain: one row per group and term: requests from colleagues outside. 0 means none, and we '
  'looked.';
