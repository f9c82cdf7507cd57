CREATE VIEW evaluation.log_entry WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.group_code, f.subject_id, f.round, f.on_date,
       f.words, f.learning_codes, f.shareable, f.recorded_at, f.position
FROM fact.log_entry AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.log_entry IS
  'Grain: one row per log entry of a participant; its text is not in the database.';
