CREATE VIEW evaluation.support_act WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.act, f.unit, f.kind, f.on_date, f.level,
       f.recorded_at, f.position
FROM fact.support_act AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.support_act IS
  'Grain: one row per act of leadership support.';
