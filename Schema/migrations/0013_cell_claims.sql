-- Who computes the cells of an institution in a generation of the read side. The row is locked for as
-- long as that takes, so that of any number of cell workers one does it, and a worker that dies leaves
-- nothing behind. Not the checkpoint's own row: that one a rebuild must be able to lock at once.
CREATE TABLE ops.cell_claim (
  institution_id int NOT NULL,
  generation int NOT NULL,
  PRIMARY KEY (institution_id, generation)
);
COMMENT ON TABLE ops.cell_claim IS
  'One row per institution and generation; locked by the worker that is computing its cells.';
GRANT SELECT, INSERT, UPDATE, DELETE ON ops.cell_claim TO varde_projector;
