CREATE VIEW evaluation.observation WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.group_code, f.cycle, f.step, f.on_date, f.subject_id,
       f.observer_id, f.minutes, f.teaching_form, f.recorded_at, f.position
FROM fact.observation AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.observation IS
  'Grain: one row per step of an observation cycle. What was said in feedback is never recorded.';
