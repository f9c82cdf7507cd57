-- Who it was about (vault, erasable) and how the work is going (ops).
CREATE SCHEMA vault;
COMMENT ON SCHEMA vault IS
  'Identities behind the random subject ids. Backed up apart from the log, erasable, never read by '
  'analysts.';

CREATE TABLE vault.secret (
  institution_id int PRIMARY KEY,
  source_key_secret bytea NOT NULL CHECK (length(source_key_secret) = 32)
);
COMMENT ON TABLE vault.secret IS 'Key under which an institution''s row keys are digested.';

CREATE TABLE vault.subject (
  institution_id int NOT NULL,
  subject_id uuid NOT NULL,
  name text,
  PRIMARY KEY (institution_id, subject_id)
);
COMMENT ON TABLE vault.subject IS 'One row per person known to an institution.';

CREATE TABLE vault.identifier (
  institution_id int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person_id', 'email')),
  value text NOT NULL,
  subject_id uuid NOT NULL,
  PRIMARY KEY (institution_id, kind, value),
  FOREIGN KEY (institution_id, subject_id) REFERENCES vault.subject (institution_id, subject_id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE vault.identifier IS
  'What a person is called in files: employee id as written, e-mail case-folded; several per person.';
CREATE INDEX identifier_subject ON vault.identifier (institution_id, subject_id);

CREATE SCHEMA ops;
COMMENT ON SCHEMA ops IS 'Bookkeeping: institutions, ingest runs, checkpoints, failures.';

CREATE TABLE ops.institution (
  institution_id int PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL
);
COMMENT ON TABLE ops.institution IS
  'Catalogue of institutions by code; small and shared (a reference table on Citus).';

CREATE TABLE ops.ingest_run (
  institution_id int NOT NULL,
  run_id uuid NOT NULL,
  kind text NOT NULL,
  file_name text NOT NULL,
  file_sha256 bytea,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  dry_run boolean NOT NULL,
  rows_read bigint,
  rows_rejected bigint,
  report json,
  PRIMARY KEY (institution_id, run_id)
);
COMMENT ON TABLE ops.ingest_run IS 'One row per ingest of one file, with its whole report.';

-- A report is kept for ever: only a run that is not finished may be written to.
CREATE FUNCTION ops.keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.finished_at IS NOT NULL THEN
    RAISE EXCEPTION 'run % is finished; its report stays', OLD.run_id USING ERRCODE = 'VL403';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_report BEFORE UPDATE ON ops.ingest_run
  FOR EACH ROW EXECUTE FUNCTION ops.keep_report();

CREATE TABLE ops.read_side (
  generation int PRIMARY KEY,
  digest text NOT NULL,
  applied_at timestamptz NOT NULL,
  live boolean NOT NULL
);
COMMENT ON TABLE ops.read_side IS
  'Generations of the read side: digest of the SQL under Schema/read that built it.';

CREATE TABLE ops.checkpoint (
  institution_id int NOT NULL,
  projection text NOT NULL,
  generation int NOT NULL,
  position bigint NOT NULL DEFAULT 0,
  append_no bigint NOT NULL DEFAULT 0,
  hash bytea,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'halted')),
  reason text,
  attempts int NOT NULL DEFAULT 0,
  not_before timestamptz NOT NULL DEFAULT '-infinity',
  served_at timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (institution_id, projection, generation)
) WITH (fillfactor = 50);
COMMENT ON TABLE ops.checkpoint IS
  'How far a projection has come in an institution''s log: position, block and the block''s hash. '
  'Advanced in the transaction that writes the facts. NULL hash: nothing consumed yet.';
COMMENT ON COLUMN ops.checkpoint.served_at IS 'When a worker last advanced it.';
COMMENT ON COLUMN ops.checkpoint.not_before IS 'Where a try failed: when the next one is due.';

CREATE TABLE ops.failure (
  institution_id int NOT NULL,
  projection text NOT NULL,
  generation int NOT NULL,
  position bigint NOT NULL,
  sqlstate text,
  message text NOT NULL,
  attempts int NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (institution_id, projection, generation, position)
);
COMMENT ON TABLE ops.failure IS 'Ranges a projection could not take, by their first position.';
