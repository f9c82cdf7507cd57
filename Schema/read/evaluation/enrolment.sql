CREATE VIEW evaluation.enrolment WITH (security_invoker = true) AS
SELECT i.code AS institution, f.programme, f.group_code, f.subject_id, f.unit, f.role,
       f.joined_on, f.left_on, f.leave_reason, f.fte_percent, f.recruited_via, f.recorded_at,
       f.position
FROM fact.enrolment AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.enrolment IS
  'Grain: one row per enrolment of a person in a group that holds now. Persons are random ids.';
