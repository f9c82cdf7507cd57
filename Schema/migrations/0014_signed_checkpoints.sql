-- When a checkpoint of a log was signed last, so that an operator sees when the next one is due. The
-- checkpoint itself is with those to whom it was given; nothing hangs on this row.
CREATE TABLE ops.signed_checkpoint (
  institution_id int PRIMARY KEY,
  position bigint NOT NULL,
  append_no bigint NOT NULL,
  hash bytea NOT NULL,
  signed_at timestamptz NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE ops.signed_checkpoint IS
  'The checkpoint of each log that was signed last: length and newest block, and when.';

CREATE VIEW ops.checkpoint_age AS
SELECT i.institution_id, i.code AS institution, s.append_no, s.position, s.signed_at,
       h.append_no - coalesce(s.append_no, 0) AS blocks_since,
       extract(epoch FROM clock_timestamp() - s.signed_at)::float8 AS seconds_since
  FROM ops.institution AS i
 CROSS JOIN LATERAL log.head(i.institution_id) AS h
  LEFT JOIN ops.signed_checkpoint AS s ON s.institution_id = i.institution_id;
COMMENT ON VIEW ops.checkpoint_age IS
  'Grain: one row per institution: how long ago, and how many blocks ago, a checkpoint of its log was '
  'signed. NULL where none ever was.';

GRANT SELECT, INSERT, UPDATE ON ops.signed_checkpoint TO varde_projector;
GRANT SELECT ON ops.signed_checkpoint, ops.checkpoint_age TO varde_projector, varde_steward;
