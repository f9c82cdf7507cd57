-- Who computes the cells of an institution. The row is locked for as long as that takes, so that of
-- any number of cell workers one does it, and a worker that dies leaves nothing behind. Not the
-- checkpoint's own row: that one a rebuild must be able to lock at once.
CREATE TABLE ops.cell_claim (
  institution_id int PRIMARY KEY
);
COMMENT ON TABLE ops.cell_claim IS
  'One row per institution; locked by the worker that is computing its cells.';
GRANT SELECT, INSERT, UPDATE ON ops.cell_claim TO varde_projector;
