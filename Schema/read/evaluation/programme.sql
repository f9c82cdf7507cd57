CREATE VIEW evaluation.programme WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.title_nb, f.title_en, f.models, f.purpose,
       f.formative_only, f.starts_on, f.ends_on, f.terms, f.holiday_months, f.time_zone,
       f.recorded_at, f.position
FROM fact.programme AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.programme IS
  'Grain: one row per programme, as defined now.';
