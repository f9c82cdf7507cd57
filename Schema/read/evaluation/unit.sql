CREATE VIEW evaluation.unit WITH (security_invoker = true) AS
SELECT i.code AS institution, f.unit, f.kind, f.name_nb, f.name_en, f.parent, f.valid_from,
       f.valid_to, f.recorded_at, f.position
FROM fact.unit AS f
JOIN ops.institution AS i ON i.institution_id = f.institution_id
WHERE f.superseded_by IS NULL;
COMMENT ON VIEW evaluation.unit IS
  'Grain: one row per unit, as registered now; the tree is parent.';
