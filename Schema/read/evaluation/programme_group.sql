CREATE VIEW evaluation.programme_group WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.group_code, f.kind, f.name_nb, f.name_en, f.unit,
       f.formed_on, f.dissolved_on, f.sessions_min, f.sessions_max, f.minutes_min, f.minutes_max,
       f.size_min, f.size_max, f.recorded_at, f.position
FROM fact.programme_group AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.programme_group IS
  'Grain: one row per group and its plan, as defined now.';
