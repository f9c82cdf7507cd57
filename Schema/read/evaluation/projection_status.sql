CREATE VIEW evaluation.projection_status WITH (security_invoker = true) AS
SELECT i.code AS institution, c.projection, c.position, c.state, c.reason, c.served_at
FROM ops.checkpoint AS c
JOIN ops.institution AS i ON i.institution_id = c.institution_id
JOIN ops.read_side AS r ON r.generation = c.generation AND r.live;
COMMENT ON VIEW evaluation.projection_status IS
  'Grain: one row per institution and projection: up to which position of the log the facts go.';
COMMENT ON COLUMN evaluation.projection_status.projection IS 'Name of the projection.';
COMMENT ON COLUMN evaluation.projection_status.position IS 'Last position the facts contain.';
COMMENT ON COLUMN evaluation.projection_status.state IS 'active, or halted at an event it cannot take.';
COMMENT ON COLUMN evaluation.projection_status.reason IS 'Why it halted; NULL while active.';
COMMENT ON COLUMN evaluation.projection_status.served_at IS 'When a worker last advanced it.';
