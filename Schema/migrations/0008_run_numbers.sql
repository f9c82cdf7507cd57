-- A run gets a small number in its institution, for people to name it by: `varde run show 17`.
--
-- Why a column and not row_number() over the runs: the number is written on reports and quoted in
-- letters, so it must not depend on what another reader sees or on two runs begun at once. Who
-- begins a run takes the next number; the unique key lets one of two win, and the other tries again.
ALTER TABLE ops.ingest_run ADD COLUMN run_no bigint;

-- Finished runs keep their reports; only their number is added, once.
ALTER TABLE ops.ingest_run DISABLE TRIGGER keep_report;
UPDATE ops.ingest_run AS r
   SET run_no = n.run_no
  FROM (SELECT o.institution_id, o.run_id,
               row_number() OVER (PARTITION BY o.institution_id
                                  ORDER BY o.started_at, o.run_id) AS run_no
          FROM ops.ingest_run AS o) AS n
 WHERE r.institution_id = n.institution_id AND r.run_id = n.run_id;
ALTER TABLE ops.ingest_run ENABLE TRIGGER keep_report;

ALTER TABLE ops.ingest_run ALTER COLUMN run_no SET NOT NULL;
ALTER TABLE ops.ingest_run ADD UNIQUE (institution_id, run_no);
COMMENT ON COLUMN ops.ingest_run.run_no IS 'Number of the run in its institution, from 1.';

-- An interrupted run is continued by the same file only if it is read in the same way: with another
-- binding the rows would be others, and the blocks of before would not be theirs.
ALTER TABLE ops.ingest_run ADD COLUMN settings bytea;
COMMENT ON COLUMN ops.ingest_run.settings IS
  'Digest of the binding and the options that decide how the file is read.';
