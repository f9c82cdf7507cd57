-- What each role may do on the write side. The read side grants in its own files.
REVOKE ALL ON SCHEMA log, vault, ops FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;

GRANT USAGE ON SCHEMA log TO varde_recorder, varde_projector, varde_steward;
GRANT SELECT ON log.institution, log.append, log.event, log.entry, log.event_type
  TO varde_recorder, varde_projector, varde_steward;
GRANT INSERT ON log.event TO varde_recorder;
GRANT INSERT ON log.institution TO varde_steward;
GRANT EXECUTE ON FUNCTION log.leaf, log.block_hash, log.head, log.open_ends
  TO varde_recorder, varde_projector, varde_steward;
GRANT EXECUTE ON FUNCTION log.lock_head, log.seal TO varde_recorder;

GRANT USAGE ON SCHEMA vault TO varde_recorder, varde_steward;
GRANT SELECT, INSERT ON vault.identifier TO varde_recorder;
GRANT SELECT, INSERT, UPDATE ON vault.subject TO varde_recorder;
GRANT SELECT ON vault.secret TO varde_recorder;
GRANT SELECT, INSERT, UPDATE, DELETE ON vault.subject, vault.identifier, vault.secret
  TO varde_steward;

GRANT USAGE ON SCHEMA ops TO varde_recorder, varde_projector, varde_analyst, varde_steward;
GRANT SELECT ON ALL TABLES IN SCHEMA ops TO varde_recorder, varde_projector, varde_steward;
-- Analysts see how fresh their figures are, not what was in the files.
GRANT SELECT ON ops.institution, ops.checkpoint, ops.read_side TO varde_analyst;
GRANT INSERT ON ops.institution TO varde_steward;
GRANT INSERT, UPDATE ON ops.ingest_run TO varde_recorder;
GRANT INSERT, UPDATE, DELETE ON ops.checkpoint, ops.failure TO varde_projector;
GRANT INSERT, UPDATE ON ops.read_side TO varde_projector;
