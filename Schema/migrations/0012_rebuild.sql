-- Read sides under construction. A rebuild that was killed goes on where it was.

CREATE TABLE ops.rebuild (
  generation int PRIMARY KEY,
  started_at timestamptz NOT NULL,
  swapping_at timestamptz
);
COMMENT ON TABLE ops.rebuild IS
  'Generations being built. Who rebuilds holds a lock on this table, in a transaction that does '
  'nothing else: it ends with its process, and two never build at once.';
COMMENT ON COLUMN ops.rebuild.swapping_at IS
  'When the new facts were ready to be swapped in; nobody begins to compute figures of the old ones '
  'for a moment, so that the swap finds its locks.';

CREATE TABLE ops.rebuild_cut (
  institution_id int NOT NULL,
  generation int NOT NULL,
  position bigint NOT NULL,
  append_no bigint NOT NULL,
  hash bytea NOT NULL,
  block_wise boolean NOT NULL DEFAULT false,
  PRIMARY KEY (institution_id, generation)
);
COMMENT ON TABLE ops.rebuild_cut IS
  'Head of each log when a rebuild began: up to there facts are written in bulk.';
COMMENT ON COLUMN ops.rebuild_cut.block_wise IS
  'Whether something in the log could not be taken in bulk; the workers'' way finds out what.';

CREATE TABLE ops.rebuild_task (
  institution_id int NOT NULL,
  generation int NOT NULL,
  first_position bigint NOT NULL,
  last_position bigint NOT NULL,
  done boolean NOT NULL DEFAULT false,
  PRIMARY KEY (institution_id, generation, first_position)
);
COMMENT ON TABLE ops.rebuild_task IS
  'Ranges of the logs that are written in bulk, each in one transaction that also says it is done.';

CREATE TABLE ops.rebuild_index (
  generation int NOT NULL,
  relation text NOT NULL,
  name text NOT NULL,
  statement text NOT NULL,
  key text,
  PRIMARY KEY (generation, name)
);
COMMENT ON TABLE ops.rebuild_index IS
  'Indexes that are made after the facts have been filled, as their files define them.';
COMMENT ON COLUMN ops.rebuild_index.key IS
  'PRIMARY KEY or UNIQUE where the index belongs to such a constraint.';

GRANT SELECT ON ops.rebuild, ops.rebuild_cut, ops.rebuild_task TO varde_projector;
