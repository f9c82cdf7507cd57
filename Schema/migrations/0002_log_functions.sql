-- How an append is made: lock_head, COPY into log.event, seal; one transaction.
--
-- The client numbers, salts and hashes its events under the institution's lock and sends one
-- binary COPY; seal counts them, computes the root and a sample of leaves anew and writes the
-- block, or refuses and the transaction is gone. Staging the rows and numbering them in SQL would
-- cost about half the rate, because every row would be written twice. The price is that the
-- recorder may INSERT into log.event; what a hostile one can do with that, and cannot, is tested
-- (Tests/EventLogTests/HostileRecorderTests.swift).

-- Content is hashed as record_send writes it: field count, then type oid, length and bytes of
-- each field. Unambiguous, cheap here, and easy to write in any language.
CREATE FUNCTION log.leaf(
  p_salt bytea, p_institution int, p_type text, p_version smallint, p_occurred_at timestamptz,
  p_precision text, p_subject uuid, p_source_key uuid, p_supersedes bigint, p_body text
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256('\x00'::bytea || p_salt || record_send(ROW(p_institution, convert_to(p_type, 'UTF8'),
  p_version, p_occurred_at, convert_to(p_precision, 'UTF8'), p_subject, p_source_key,
  p_supersedes, convert_to(p_body, 'UTF8'))));
COMMENT ON FUNCTION log.leaf IS
  'Hash of one event: sha256(0x00 || salt || content). The salt keeps the leaf of an erased event '
  'from being guessed.';

CREATE FUNCTION log.block_hash(
  p_previous bytea, p_institution int, p_append_no bigint, p_first bigint, p_last bigint,
  p_recorded_at timestamptz, p_recorded_by text, p_root bytea
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256('\x02'::bytea || record_send(ROW(p_previous, p_institution, p_append_no, p_first,
  p_last, p_recorded_at, convert_to(p_recorded_by, 'UTF8'), p_root)));
COMMENT ON FUNCTION log.block_hash IS
  'Hash of one block: sha256(0x02 || previous hash, numbers, time, recorder and entries root).';

CREATE FUNCTION log.head(
  p_institution int, OUT append_no bigint, OUT last_position bigint, OUT hash bytea,
  OUT recorded_at timestamptz
) LANGUAGE plpgsql STABLE AS $$
BEGIN
  SELECT a.append_no, a.last_position, a.hash, a.recorded_at
    INTO append_no, last_position, hash, recorded_at
    FROM log.append AS a
   WHERE a.institution_id = p_institution
   ORDER BY a.append_no DESC
   LIMIT 1;
  IF NOT FOUND THEN
    SELECT 0, 0, i.genesis, '-infinity' INTO append_no, last_position, hash, recorded_at
      FROM log.institution AS i
     WHERE i.institution_id = p_institution;
  END IF;
END $$;
COMMENT ON FUNCTION log.head IS 'The newest block of an institution''s log, or its genesis.';

-- VOLATILE, so that each statement inside takes a new snapshot: the head is read after the lock.
CREATE FUNCTION log.lock_head(
  p_institution int, p_key uuid, OUT append_no bigint, OUT last_position bigint, OUT hash bytea,
  OUT replayed_first bigint, OUT replayed_last bigint, OUT replayed_root bytea
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET lock_timeout = '10s' AS $$
DECLARE
  v_state text;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'an append needs isolation level read committed'
      USING ERRCODE = 'VL405', HINT = 'An older snapshot would read an old head.';
  END IF;
  SELECT i.state INTO v_state
    FROM log.institution AS i
   WHERE i.institution_id = p_institution
     FOR NO KEY UPDATE;
  IF NOT FOUND OR v_state <> 'open' THEN
    RAISE EXCEPTION 'the log of institution % is not open', p_institution USING ERRCODE = 'VL404';
  END IF;
  SELECT h.append_no, h.last_position, h.hash INTO append_no, last_position, hash
    FROM log.head(p_institution) AS h;
  SELECT a.first_position, a.last_position, a.entries_root
    INTO replayed_first, replayed_last, replayed_root
    FROM log.append AS a
   WHERE a.institution_id = p_institution AND a.append_key = p_key;
END $$;
COMMENT ON FUNCTION log.lock_head IS
  'Takes the institution''s mutex until COMMIT and returns the head; if the append key was used '
  'before, also the block it made.';

-- That no event is superseded twice, the index event_supersedes sees to.
CREATE FUNCTION log.require_superseded(p_institution int, p_first bigint, p_last bigint)
RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_wrong bigint;
BEGIN
  SELECT min(e.position) INTO v_wrong
    FROM log.event AS e
   WHERE e.institution_id = p_institution AND e.position BETWEEN p_first AND p_last
     AND e.supersedes IS NOT NULL
     AND NOT EXISTS (SELECT FROM log.event AS o
                      WHERE o.institution_id = p_institution AND o.position = e.supersedes);
  IF v_wrong IS NOT NULL THEN
    RAISE EXCEPTION 'block refused: position % supersedes what is not there', v_wrong
      USING ERRCODE = 'VL424';
  END IF;
END $$;
COMMENT ON FUNCTION log.require_superseded IS
  'Refuses events that correct or retract a position the log does not have.';

-- To compute every leaf anew would cost a third of a bulk append. A client that hashes wrongly does
-- so throughout and is caught by any sample; one that falsifies a single leaf on purpose may get
-- past this, and is found and named (recorded_by) by the first `varde verify`, which computes all.
-- Where the sample begins is not the client's to choose or foresee.
CREATE FUNCTION log.probe(p_first bigint, p_count bigint)
RETURNS TABLE ("position" bigint) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_step CONSTANT bigint := (p_count + 255) / 256;
BEGIN
  RETURN QUERY
  SELECT generate_series(
    p_first + get_byte(uuid_send(gen_random_uuid()), 0) % v_step, p_first + p_count - 1, v_step);
END $$;
COMMENT ON FUNCTION log.probe IS
  'Up to 256 evenly spread positions of a block from a random one on; all, where there are no more.';

CREATE FUNCTION log.latest_date() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
RETURN statement_timestamp() + interval '5 years';
COMMENT ON FUNCTION log.latest_date IS
  'The latest day an event may be about. Sessions are planned ahead, but not for ever: what lies '
  'beyond is a mistyped year.';

-- What no reader could make anything of must not get into a log that nobody can mend.
CREATE FUNCTION log.require_sense(
  p_types text[], p_versions smallint[], p_latest timestamptz, p_longest bigint
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_unknown text;
BEGIN
  SELECT format('%s, version %s', u.type, u.version) INTO v_unknown
    FROM unnest(p_types, p_versions) AS u(type, version)
   WHERE NOT EXISTS (SELECT FROM log.event_type AS t
                      WHERE t.type = u.type AND t.schema_version = u.version)
   LIMIT 1;
  IF v_unknown IS NOT NULL THEN
    RAISE EXCEPTION 'append refused: nobody knows events of type %', v_unknown
      USING ERRCODE = 'VL410', HINT = 'Known are those in log.event_type; a newer varde may know more.';
  END IF;
  IF p_latest > log.latest_date() THEN
    RAISE EXCEPTION 'append refused: an event of % lies too far ahead', p_latest
      USING ERRCODE = 'VL413', HINT = 'Check the year; log.latest_date() is the last day taken.';
  END IF;
  IF p_longest IS NULL OR p_longest > 1048576 THEN
    RAISE EXCEPTION 'append refused: an event has no body or one of % bytes', p_longest
      USING ERRCODE = 'VL411', HINT = 'A body has at most 1 MiB.';
  END IF;
END $$;
COMMENT ON FUNCTION log.require_sense IS
  'Refuses unknown types and versions, dates too far ahead, and bodies that are missing or too long.';

CREATE FUNCTION log.seal(
  p_institution int, p_key uuid, OUT o_append_no bigint, OUT o_first bigint, OUT o_last bigint,
  OUT o_hash bytea, OUT o_recorded_at timestamptz
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
-- A plan made while the log was one page must not read all of it once it has grown.
SET lock_timeout = '10s' SET enable_seqscan = off AS $$
DECLARE
  v_head record;
  v_count bigint;
  v_later bigint;
  v_foreign bigint;
  v_erased bigint;
  v_wrong bigint;
  v_root bytea;
  v_type text;
  v_version smallint;
  v_other bigint;
  v_latest timestamptz;
  v_longest bigint;
BEGIN
  PERFORM FROM log.institution AS i
    WHERE i.institution_id = p_institution AND i.state = 'open' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the log of institution % is not open', p_institution USING ERRCODE = 'VL404';
  END IF;
  SELECT * INTO v_head FROM log.head(p_institution);
  SELECT e.type, e.schema_version INTO v_type, v_version
    FROM log.event AS e
   WHERE e.institution_id = p_institution AND e.position = v_head.last_position + 1;
  -- The rows come in the order of the primary key, so the root needs no sort.
  SELECT count(*), min(e.position), max(e.position), count(e.supersedes),
         count(*) FILTER (WHERE e.append_no <> v_head.append_no + 1),
         count(*) FILTER (WHERE e.empty OR e.type IN ('subject_erased', 'event_quarantined')),
         count(*) FILTER (WHERE e.type <> v_type OR e.schema_version <> v_version),
         max(e.occurred_at), max(e.length), sha256('\x01'::bytea || string_agg(e.leaf, ''::bytea))
    INTO v_count, o_first, o_last, v_later, v_foreign, v_erased, v_other, v_latest, v_longest,
         v_root
    FROM (SELECT e.position, e.append_no, e.supersedes, e.leaf, e.type, e.schema_version,
                 e.occurred_at,
                 CASE WHEN pg_column_size(e.body) > 8192 THEN octet_length(e.body::text) ELSE 0 END
                   AS length,
                 e.body IS NULL OR e.salt IS NULL AS empty
            FROM log.event AS e
           WHERE e.institution_id = p_institution AND e.position > v_head.last_position
           ORDER BY e.position) AS e;
  IF v_count = 0 OR v_count > 5000 OR v_foreign > 0 OR o_first <> v_head.last_position + 1
     OR o_last <> v_head.last_position + v_count THEN
    RAISE EXCEPTION 'block refused: % events at % to % after head %', v_count, o_first, o_last,
      v_head.last_position
      USING ERRCODE = 'VL400', HINT = 'Number 1 to 5,000 events gaplessly after lock_head.';
  END IF;
  IF v_erased > 0 THEN
    RAISE EXCEPTION 'block refused: % events are empty or say what only the steward may say', v_erased
      USING ERRCODE = 'VL403', HINT = 'Only log.erase empties events, and says so.';
  END IF;
  PERFORM log.require_sense(
    CASE WHEN v_other = 0 THEN array[v_type] ELSE k.types END,
    CASE WHEN v_other = 0 THEN array[v_version] ELSE k.versions END, v_latest, v_longest)
     FROM (SELECT array_agg(d.type) AS types, array_agg(d.schema_version) AS versions
             FROM (SELECT DISTINCT e.type, e.schema_version
                     FROM log.event AS e
                    WHERE v_other > 0 AND e.institution_id = p_institution
                      AND e.position BETWEEN o_first AND o_last) AS d) AS k;
  -- LATERAL and LIMIT: one probe of the primary key each, whatever the planner knows of the table.
  SELECT min(e.position) INTO v_wrong
    FROM log.probe(o_first, v_count) AS p
   CROSS JOIN LATERAL (SELECT o.* FROM log.event AS o
                        WHERE o.institution_id = p_institution AND o.position = p.position
                        LIMIT 1) AS e
   WHERE e.leaf IS DISTINCT FROM log.leaf(e.salt, e.institution_id, e.type, e.schema_version,
           e.occurred_at, e.occurred_precision, e.subject_id, e.source_key, e.supersedes,
           e.body::text);
  IF v_wrong IS NOT NULL THEN
    RAISE EXCEPTION 'block refused: the leaf at position % is not the hash of its event', v_wrong
      USING ERRCODE = 'VL422';
  END IF;
  IF v_later > 0 THEN
    PERFORM log.require_superseded(p_institution, o_first, o_last);
  END IF;
  o_append_no := v_head.append_no + 1;
  -- Not now(): two blocks of one log never carry the same time.
  o_recorded_at := greatest(clock_timestamp(), v_head.recorded_at + interval '1 microsecond');
  o_hash := log.block_hash(v_head.hash, p_institution, o_append_no, o_first, o_last,
    o_recorded_at, session_user::text, v_root);
  INSERT INTO log.append (institution_id, append_no, append_key, first_position, last_position,
                          recorded_at, recorded_by, entries_root, previous_hash, hash)
  VALUES (p_institution, o_append_no, p_key, o_first, o_last, o_recorded_at, session_user::text,
          v_root, v_head.hash, o_hash);
END $$;
COMMENT ON FUNCTION log.seal IS
  'Makes one block of the events copied in after the head: recounts them, computes the root and a '
  'sample of leaves anew (all, up to 256 events), and writes log.append; or refuses.';

-- Salt and body of an event, together, and only for a person whose erasure the log itself records.
CREATE FUNCTION log.require_erasure() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.salt IS NULL AND NEW.body IS NULL AND OLD.type <> 'subject_erased'
     AND EXISTS (SELECT FROM log.event AS x
                  WHERE x.institution_id = OLD.institution_id AND x.type = 'subject_erased'
                    AND x.subject_id = OLD.subject_id AND x.position > OLD.position) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'UPDATE on log.event refused: the log is append-only'
    USING ERRCODE = 'VL403', HINT = 'Only log.erase empties events, all of one person.';
END $$;
COMMENT ON FUNCTION log.require_erasure IS 'Lets nothing be emptied but what an erasure covers.';

CREATE FUNCTION log.forbid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% refused: the log is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'VL403', HINT = 'Send a correction; it supersedes the earlier event.';
END $$;

-- The recorder may insert into log.event, so nobody but it could leave rows behind that no block
-- covers: invisible to readers, but in the way of the next append. Such a transaction is refused at
-- COMMIT. A transition table would say which institutions a statement touched, but costs a sixth of
-- the COPY; instead the end of every institution's events is compared with its head, which takes a
-- few index probes each. What others have not committed is not seen.
CREATE FUNCTION log.open_ends() RETURNS int[] LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
RETURN (
  WITH RECURSIVE institution AS (
    (SELECT e.institution_id FROM log.event AS e ORDER BY e.institution_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.institution_id FROM log.event AS e
             WHERE e.institution_id > i.institution_id ORDER BY e.institution_id LIMIT 1)
      FROM institution AS i WHERE i.institution_id IS NOT NULL
  )
  SELECT coalesce(array_agg(i.institution_id ORDER BY i.institution_id), '{}')
    FROM institution AS i
   WHERE (SELECT max(e.position) FROM log.event AS e WHERE e.institution_id = i.institution_id)
       > coalesce((SELECT a.last_position FROM log.append AS a
                    WHERE a.institution_id = i.institution_id
                    ORDER BY a.append_no DESC LIMIT 1), 0));
COMMENT ON FUNCTION log.open_ends IS 'Institutions with events after their newest block.';

-- Before the statement: what was damaged already. After it: something must now be sealed. The check
-- hangs on the second, so that SET CONSTRAINTS IMMEDIATE cannot bring it forward to before the rows.
CREATE FUNCTION log.note_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_WHEN = 'BEFORE' THEN
    INSERT INTO log.pending (transaction_id, damaged)
    SELECT pg_current_xact_id(), log.open_ends()
     WHERE NOT EXISTS (SELECT FROM log.pending AS p WHERE p.transaction_id = pg_current_xact_id());
  ELSE
    UPDATE log.pending AS p SET statements = p.statements + 1
     WHERE p.transaction_id = pg_current_xact_id();
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION log.note_insert IS 'Notes that the transaction inserts events.';

CREATE FUNCTION log.require_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_open int;
BEGIN
  SELECT min(o.institution_id) INTO v_open
    FROM unnest(log.open_ends()) AS o(institution_id)
   WHERE o.institution_id <> ALL (NEW.damaged);
  IF v_open IS NOT NULL THEN
    RAISE EXCEPTION 'events of institution % are not sealed', v_open
      USING ERRCODE = 'VL423', HINT = 'Call log.seal in the transaction that inserts them.';
  END IF;
  DELETE FROM log.pending AS p WHERE p.transaction_id = NEW.transaction_id;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION log.require_seal IS 'Refuses to commit events that no block covers.';

-- Guard rails for the careless; privileges are the rule (0004) and the chain is the proof. TRUNCATE
-- stands apart because Citus would accept a joint trigger and never fire it. The owner's own
-- functions seal what they insert.
DO $$
DECLARE
  v_table text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    CREATE TRIGGER before_insert BEFORE INSERT ON log.event
      FOR EACH STATEMENT WHEN (current_user <> 'varde_owner') EXECUTE FUNCTION log.note_insert();
    CREATE TRIGGER sealed_or_nothing AFTER INSERT ON log.event
      FOR EACH STATEMENT WHEN (current_user <> 'varde_owner') EXECUTE FUNCTION log.note_insert();
    CREATE CONSTRAINT TRIGGER sealed_or_nothing AFTER UPDATE ON log.pending
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION log.require_seal();
    CREATE TRIGGER only_erase BEFORE UPDATE OF salt, body ON log.event
      FOR EACH ROW EXECUTE FUNCTION log.require_erasure();
    CREATE TRIGGER no_change BEFORE DELETE OR UPDATE OF institution_id, position, append_no,
        schema_version, occurred_at, type, occurred_precision, subject_id, source_key, supersedes,
        leaf ON log.event
      FOR EACH STATEMENT EXECUTE FUNCTION log.forbid();
    FOREACH v_table IN ARRAY ARRAY['append', 'institution'] LOOP
      EXECUTE format('CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON log.%I '
                     'FOR EACH STATEMENT EXECUTE FUNCTION log.forbid()', v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['event', 'append', 'institution'] LOOP
      EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log.%I '
                     'FOR EACH STATEMENT EXECUTE FUNCTION log.forbid()', v_table);
    END LOOP;
  END IF;
END $$;
