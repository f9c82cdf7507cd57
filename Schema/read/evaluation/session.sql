CREATE VIEW evaluation.session WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.group_code, f.session, f.planned_on, f.status,
       f.held_on, f.minutes, f.mode, f.cancel_reason, f.sensitivity, f.identifying_problem,
       f.analysis, f.action_advised, f.recorded_at, f.position
FROM fact.session AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.session IS
  'Grain: one row per planned, held or cancelled session that holds now.';
