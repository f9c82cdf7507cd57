-- The event log: what was recorded, in the order it was recorded, never changed.
--
-- One log per institution. An append takes the institution's row as a mutex, numbers its events
-- after the newest block, and seals them with one block row. Positions are gapless and in commit
-- order, so a reader needs no high-water mark: who sees position p sees all positions before it.
CREATE SCHEMA log;

COMMENT ON SCHEMA log IS 'The append-only event log: institutions, blocks and events.';

CREATE TABLE log.institution (
  institution_id int PRIMARY KEY,
  genesis bytea NOT NULL CHECK (length(genesis) = 32),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sealed'))
);
COMMENT ON TABLE log.institution IS
  'One row per institution: the mutex of its log and the hash its chain starts from. Appends lock '
  'this row and never update it, so an analyst''s old snapshot cannot make appends slow.';

CREATE TABLE log.append (
  institution_id int NOT NULL,
  append_no bigint NOT NULL,
  append_key uuid NOT NULL,
  first_position bigint NOT NULL,
  last_position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  entries_root bytea NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (institution_id, append_no),
  UNIQUE (institution_id, append_key),
  CHECK (last_position - first_position BETWEEN 0 AND 4999)
);
COMMENT ON TABLE log.append IS
  'One row per append: a block of at most 5,000 events and a link of the chain. The newest row of '
  'an institution is the head of its log.';

CREATE TABLE log.event (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  append_no bigint NOT NULL,
  schema_version smallint NOT NULL,
  occurred_at timestamptz NOT NULL,
  type text NOT NULL,
  occurred_precision text NOT NULL,
  subject_id uuid,
  source_key uuid,
  supersedes bigint,
  salt bytea,
  body json,
  leaf bytea NOT NULL,
  PRIMARY KEY (institution_id, position),
  CONSTRAINT event_position_from_one CHECK (position > 0),
  CONSTRAINT event_supersedes_the_past CHECK (supersedes < position),
  CONSTRAINT event_occurred_some_day CHECK (isfinite(occurred_at))
);
COMMENT ON TABLE log.event IS
  'One row per event. Rows outside a sealed block (log.append) do not count: read log.entry.';
COMMENT ON COLUMN log.event.occurred_at IS
  'When it was true (valid time). A civil day is its midnight in UTC, with precision day.';
COMMENT ON COLUMN log.event.source_key IS
  'Keyed digest of the institution''s own row key (HMAC-SHA-256 under the vault''s secret; 4 bytes of '
  'what the record belongs to, 12 of the record): the same row sent again has the same key, and '
  'nobody without the secret can guess it.';
COMMENT ON COLUMN log.event.supersedes IS
  'The earlier position that this event corrects, retracts or, where that is a retraction, restores.';
COMMENT ON COLUMN log.event.body IS
  'What happened; json, not jsonb, because these exact bytes were hashed. NULL only after erasure.';
COMMENT ON COLUMN log.event.leaf IS 'sha256(0x00 || salt || content), see log.leaf.';

-- "Is this line new, corrected or unchanged?" A row key begins once; whatever becomes of it later
-- supersedes. So a bulk append need not ask first: a key that is known refuses the block.
CREATE UNIQUE INDEX event_source_key ON log.event (institution_id, source_key)
  WHERE supersedes IS NULL AND source_key IS NOT NULL;
CREATE INDEX event_source_key_later ON log.event (institution_id, source_key, position)
  WHERE supersedes IS NOT NULL AND source_key IS NOT NULL;
-- An event is superseded once: history is a chain, not a tree.
CREATE UNIQUE INDEX event_supersedes ON log.event (institution_id, supersedes)
  WHERE supersedes IS NOT NULL;
-- What ingest must know before it can check a row; few events, so the index is nearly free.
CREATE INDEX event_register ON log.event (institution_id, type, position)
  WHERE type IN ('programme_registered', 'unit_registered', 'group_formed', 'instrument_published',
                 'wave_defined', 'target_set', 'enrolment_recorded', 'session_recorded',
                 'subject_erased');

CREATE TABLE log.pending (
  transaction_id xid8 PRIMARY KEY,
  damaged int[] NOT NULL,
  statements int NOT NULL DEFAULT 0
);
COMMENT ON TABLE log.pending IS
  'Transactions that insert events themselves; one whose events are not sealed cannot commit. Empty '
  'between transactions.';
COMMENT ON COLUMN log.pending.statements IS 'Statements that have inserted events so far.';
COMMENT ON COLUMN log.pending.damaged IS
  'Institutions that had events outside any block before: somebody got round the rules there, which '
  'must not stop the others.';

CREATE VIEW log.entry AS
SELECT e.institution_id, e.position, e.append_no, a.recorded_at, a.recorded_by, e.occurred_at,
       e.occurred_precision, e.type, e.schema_version, e.subject_id, e.source_key, e.supersedes,
       e.body
FROM log.event AS e
JOIN log.append AS a
  ON a.institution_id = e.institution_id
 AND a.append_no = e.append_no
 AND e.position BETWEEN a.first_position AND a.last_position;
COMMENT ON VIEW log.entry IS
  'Grain: one row per event in a sealed block, with the block''s recorded_at (system time).';

CREATE TABLE log.event_type (
  type text NOT NULL,
  schema_version smallint NOT NULL,
  PRIMARY KEY (type, schema_version)
);
COMMENT ON TABLE log.event_type IS
  'Event types and schema versions this database can read. A projector halts on any other.';
INSERT INTO log.event_type (type, schema_version)
SELECT unnest(ARRAY['programme_registered', 'unit_registered', 'group_formed',
  'instrument_published', 'wave_defined', 'target_set', 'enrolment_recorded', 'session_recorded',
  'attendance_recorded', 'observation_recorded', 'log_submitted', 'response_submitted',
  'hours_recorded', 'support_act_recorded', 'outreach_recorded', 'record_retracted',
  'release_issued', 'subject_erased']), 1;
