-- Few events at once: one call, one round trip, one block. COPY and seal (0002) are for many.

CREATE FUNCTION log.append(
  p_institution int, p_key uuid, p_expected bigint, p_types text[], p_versions smallint[],
  p_occurred_at timestamptz[], p_precisions text[], p_subjects uuid[], p_source_keys uuid[],
  p_supersedes bigint[], p_bodies text[],
  OUT o_append_no bigint, OUT o_first bigint, OUT o_last bigint, OUT o_hash bytea,
  OUT o_recorded_at timestamptz, OUT o_replayed boolean
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off AS $$
DECLARE
  v_count CONSTANT int := cardinality(p_types);
  v_salts bytea[];
  v_leaves bytea[];
  v_root bytea;
  v_state text;
  v_genesis bytea;
  v_head record;
BEGIN
  -- One event, the usual case, costs little more than its two rows: one statement after the lock.
  IF v_count = 1 AND p_supersedes[1] IS NULL
     AND p_types[1] NOT IN ('subject_erased', 'event_quarantined')
     AND cardinality(p_versions) = 1 AND cardinality(p_occurred_at) = 1 AND cardinality(p_precisions) = 1 AND cardinality(p_subjects) = 1
     AND cardinality(p_source_keys) = 1 AND cardinality(p_supersedes) = 1
     AND cardinality(p_bodies) = 1 AND array_lower(p_subjects, 1) = 1
     AND array_lower(p_source_keys, 1) = 1 AND array_lower(p_supersedes, 1) = 1
     AND array_lower(p_bodies, 1) = 1 AND octet_length(p_bodies[1]) <= 1048576
     AND p_occurred_at[1] <= log.latest_date()
     AND current_setting('transaction_isolation') = 'read committed' THEN
    SELECT i.genesis INTO v_genesis
      FROM log.institution AS i
     WHERE i.institution_id = p_institution AND i.state = 'open'
       FOR NO KEY UPDATE;
    WITH head AS (
      SELECT a.append_no + 1 AS append_no, a.last_position + 1 AS position, a.hash AS previous,
             greatest(clock_timestamp(), a.recorded_at + interval '1 microsecond') AS recorded_at
        FROM log.append AS a
       WHERE a.institution_id = p_institution
       ORDER BY a.append_no DESC
       LIMIT 1
    ), leaf AS (
      SELECT s.salt, log.leaf(s.salt, p_institution, p_types[1], p_versions[1], p_occurred_at[1],
               p_precisions[1], p_subjects[1], p_source_keys[1], NULL, p_bodies[1]) AS leaf
        FROM (SELECT uuid_send(gen_random_uuid()) AS salt) AS s
    ), block AS (
      INSERT INTO log.append AS b (institution_id, append_no, append_key, first_position,
                                   last_position, recorded_at, recorded_by, entries_root,
                                   previous_hash, hash)
      SELECT p_institution, h.append_no, p_key, h.position, h.position, h.recorded_at,
             session_user::text, sha256('\x01'::bytea || l.leaf), h.previous,
             log.block_hash(h.previous, p_institution, h.append_no, h.position, h.position,
               h.recorded_at, session_user::text, sha256('\x01'::bytea || l.leaf))
        FROM head AS h, leaf AS l
       WHERE v_genesis IS NOT NULL AND (p_expected IS NULL OR p_expected = h.position - 1)
         AND NOT EXISTS (SELECT FROM log.append AS k
                          WHERE k.institution_id = p_institution AND k.append_key = p_key)
         AND EXISTS (SELECT FROM log.event_type AS t
                      WHERE t.type = p_types[1] AND t.schema_version = p_versions[1])
      RETURNING b.append_no, b.first_position, b.last_position, b.hash, b.recorded_at
    ), event AS (
      INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at, type,
                             occurred_precision, subject_id, source_key, salt, body, leaf)
      SELECT p_institution, b.first_position, b.append_no, p_versions[1], p_occurred_at[1],
             p_types[1], p_precisions[1], p_subjects[1], p_source_keys[1], l.salt,
             p_bodies[1]::json, l.leaf
        FROM block AS b, leaf AS l
    )
    SELECT b.append_no, b.first_position, b.last_position, b.hash, b.recorded_at, false
      INTO o_append_no, o_first, o_last, o_hash, o_recorded_at, o_replayed
      FROM block AS b;
    IF FOUND THEN
      RETURN;
    END IF;
    -- The first block of a log, a key that is used, another end than expected: see below.
  END IF;
  IF v_count IS NULL OR v_count NOT BETWEEN 1 AND 5000
     OR array[cardinality(p_versions), cardinality(p_occurred_at), cardinality(p_precisions),
              cardinality(p_subjects), cardinality(p_source_keys), cardinality(p_supersedes),
              cardinality(p_bodies)] IS DISTINCT FROM array_fill(v_count, array[7]) THEN
    RAISE EXCEPTION 'append refused: the arrays must hold the same 1 to 5,000 events'
      USING ERRCODE = 'VL400';
  END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'an append needs isolation level read committed'
      USING ERRCODE = 'VL405', HINT = 'An older snapshot would read an old head.';
  END IF;
  IF p_types && array['subject_erased', 'event_quarantined']
     AND NOT pg_has_role(session_user, 'varde_steward', 'MEMBER') THEN
    RAISE EXCEPTION 'append refused: to erase and to quarantine is the steward''s'
      USING ERRCODE = 'VL403';
  END IF;
  -- All work that grows with the events comes before the lock.
  PERFORM log.require_sense(
    p_types, p_versions, (SELECT max(u.at) FROM unnest(p_occurred_at) AS u(at)),
    (SELECT CASE WHEN bool_and(u.body IS NOT NULL) THEN max(octet_length(u.body)) END
       FROM unnest(p_bodies) AS u(body)));
  SELECT array_agg(l.salt ORDER BY l.i), array_agg(l.leaf ORDER BY l.i),
         sha256('\x01'::bytea || string_agg(l.leaf, ''::bytea ORDER BY l.i))
    INTO v_salts, v_leaves, v_root
    FROM (SELECT n.i, n.salt, log.leaf(n.salt, p_institution, n.type, n.version, n.occurred_at,
                 n.precision, n.subject, n.source_key, n.supersedes, n.body) AS leaf
            FROM (SELECT u.*, uuid_send(gen_random_uuid()) AS salt
                    FROM unnest(p_types, p_versions, p_occurred_at, p_precisions, p_subjects,
                                p_source_keys, p_supersedes, p_bodies) WITH ORDINALITY
                      AS u(type, version, occurred_at, precision, subject, source_key,
                           supersedes, body, i)) AS n) AS l;
  SELECT i.state, i.genesis INTO v_state, v_genesis
    FROM log.institution AS i
   WHERE i.institution_id = p_institution
     FOR NO KEY UPDATE;
  IF v_state IS DISTINCT FROM 'open' THEN
    RAISE EXCEPTION 'the log of institution % is not open', p_institution USING ERRCODE = 'VL404';
  END IF;
  SELECT a.append_no, a.last_position, a.hash, a.recorded_at,
         EXISTS (SELECT FROM log.append AS k
                  WHERE k.institution_id = p_institution AND k.append_key = p_key) AS key_used
    INTO v_head
    FROM log.append AS a
   WHERE a.institution_id = p_institution
   ORDER BY a.append_no DESC
   LIMIT 1;
  IF v_head.key_used THEN
    SELECT * INTO o_append_no, o_first, o_last, o_hash, o_recorded_at
      FROM log.replay(p_institution, p_key, p_types, p_versions, p_occurred_at, p_precisions,
        p_subjects, p_source_keys, p_supersedes, p_bodies);
    o_replayed := true;
    RETURN;
  END IF;
  IF p_expected <> coalesce(v_head.last_position, 0) THEN
    RAISE EXCEPTION 'append refused: the log ends at position %, not at %',
      coalesce(v_head.last_position, 0), p_expected
      USING ERRCODE = 'VL412', HINT = 'Somebody else has appended; read on and decide anew.';
  END IF;
  o_append_no := coalesce(v_head.append_no, 0) + 1;
  o_first := coalesce(v_head.last_position, 0) + 1;
  o_last := o_first + v_count - 1;
  -- Not now(): two blocks of one log never carry the same time.
  o_recorded_at := greatest(clock_timestamp(), v_head.recorded_at + interval '1 microsecond');
  o_hash := log.block_hash(coalesce(v_head.hash, v_genesis), p_institution, o_append_no, o_first,
    o_last, o_recorded_at, session_user::text, v_root);
  o_replayed := false;
  INSERT INTO log.append (institution_id, append_no, append_key, first_position, last_position,
                          recorded_at, recorded_by, entries_root, previous_hash, hash)
  VALUES (p_institution, o_append_no, p_key, o_first, o_last, o_recorded_at, session_user::text,
          v_root, coalesce(v_head.hash, v_genesis), o_hash);
  INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at, type,
                         occurred_precision, subject_id, source_key, supersedes, salt, body, leaf)
  SELECT p_institution, o_first + u.i - 1, o_append_no, u.version, u.occurred_at, u.type,
         u.precision, u.subject, u.source_key, u.supersedes, u.salt, u.body::json, u.leaf
    FROM unnest(p_types, p_versions, p_occurred_at, p_precisions, p_subjects, p_source_keys,
                p_supersedes, p_bodies, v_salts, v_leaves) WITH ORDINALITY
      AS u(type, version, occurred_at, precision, subject, source_key, supersedes, body, salt,
           leaf, i);
  IF p_supersedes <> array_fill(NULL::bigint, array[v_count]) THEN
    PERFORM log.require_superseded(p_institution, o_first, o_last);
  END IF;
END $$;
COMMENT ON FUNCTION log.append IS
  'Appends 1 to 5,000 events as one block, in a transaction of its own; or answers what it answered '
  'to the same key and content before. VL409: key used for other content. VL412: the log does not '
  'end at p_expected (NULL: wherever it ends). VL410, VL411, VL413: an event no reader could use.';

-- The salts of the first time are taken again, so that equal content has equal leaves; nothing
-- unsalted needs to be kept to compare by.
CREATE FUNCTION log.replay(
  p_institution int, p_key uuid, p_types text[], p_versions smallint[],
  p_occurred_at timestamptz[], p_precisions text[], p_subjects uuid[], p_source_keys uuid[],
  p_supersedes bigint[], p_bodies text[],
  OUT o_append_no bigint, OUT o_first bigint, OUT o_last bigint, OUT o_hash bytea,
  OUT o_recorded_at timestamptz
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_root bytea;
  v_offered bytea;
BEGIN
  SELECT a.append_no, a.first_position, a.last_position, a.hash, a.recorded_at, a.entries_root
    INTO o_append_no, o_first, o_last, o_hash, o_recorded_at, v_root
    FROM log.append AS a
   WHERE a.institution_id = p_institution AND a.append_key = p_key;
  SELECT sha256('\x01'::bytea || string_agg(coalesce(log.leaf(e.salt, p_institution, u.type,
           u.version, u.occurred_at, u.precision, u.subject, u.source_key, u.supersedes, u.body),
           ''::bytea), ''::bytea ORDER BY u.i))
    INTO v_offered
    FROM unnest(p_types, p_versions, p_occurred_at, p_precisions, p_subjects, p_source_keys,
                p_supersedes, p_bodies) WITH ORDINALITY
      AS u(type, version, occurred_at, precision, subject, source_key, supersedes, body, i)
    LEFT JOIN log.event AS e
      ON e.institution_id = p_institution AND e.position = o_first + u.i - 1
     AND e.position <= o_last;
  IF v_offered <> v_root OR cardinality(p_types) <> o_last - o_first + 1 THEN
    RAISE EXCEPTION 'append refused: its key made block % of other content', o_append_no
      USING ERRCODE = 'VL409',
        DETAIL = format('then: %s, now: %s', encode(v_root, 'hex'), encode(v_offered, 'hex')),
        HINT = 'A new append needs a new key. Erased content counts as other.';
  END IF;
END $$;
COMMENT ON FUNCTION log.replay IS
  'The block an append key has made, if it was made of the same content.';

REVOKE ALL ON FUNCTION log.append, log.replay FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append TO varde_recorder;
