-- What an operator watches. Every figure comes from the log and the checkpoints themselves, never
-- from what a worker believes of itself.
CREATE VIEW ops.projection AS
SELECT i.institution_id, i.code AS institution, p.projection,
       h.last_position AS log_position, h.append_no AS log_append_no,
       coalesce(c.position, 0) AS position, coalesce(c.append_no, 0) AS append_no,
       h.last_position - coalesce(c.position, 0) AS events_behind,
       h.append_no - coalesce(c.append_no, 0) AS blocks_behind,
       coalesce(extract(epoch FROM clock_timestamp() - n.recorded_at), 0)::float8
         AS seconds_behind,
       coalesce(c.state, 'new') AS state, c.reason, coalesce(c.attempts, 0) AS attempts,
       nullif(c.served_at, '-infinity') AS served_at
  FROM ops.institution AS i
 CROSS JOIN LATERAL log.head(i.institution_id) AS h
 CROSS JOIN (VALUES ('fact'), ('cell')) AS p(projection)
  LEFT JOIN ops.read_side AS r ON r.live
  LEFT JOIN ops.checkpoint AS c
    ON c.institution_id = i.institution_id AND c.projection = p.projection
   AND c.generation = r.generation
  LEFT JOIN log.append AS n
    ON n.institution_id = i.institution_id AND n.append_no = coalesce(c.append_no, 0) + 1;
COMMENT ON VIEW ops.projection IS
  'Grain: one row per institution and projection (fact, cell): how far it is behind the log, in '
  'events, blocks and seconds since the first block it has not taken was appended.';

CREATE TABLE ops.worker (
  worker_id uuid PRIMARY KEY,
  host text NOT NULL,
  process int NOT NULL,
  version text NOT NULL,
  threads int NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);
COMMENT ON TABLE ops.worker IS
  'Workers by their own account, for people to see: nothing hangs on it. One that was not seen for a '
  'minute is gone; its row goes after a day.';

CREATE VIEW ops.snapshot AS
SELECT a.pid, a.usename::text AS login, a.application_name AS application, a.state,
       extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS seconds
  FROM pg_stat_activity AS a
 WHERE a.datname = current_database() AND a.backend_xmin IS NOT NULL AND a.xact_start IS NOT NULL
   AND a.pid <> pg_backend_pid();
COMMENT ON VIEW ops.snapshot IS
  'Grain: one row per transaction that holds a snapshot: while an old one lasts, no vacuum cleans up '
  'behind it. Others'' sessions are seen by members of pg_read_all_stats only.';

GRANT SELECT ON ops.projection, ops.worker, ops.snapshot TO varde_projector, varde_steward;
GRANT INSERT, UPDATE, DELETE ON ops.worker TO varde_projector;
