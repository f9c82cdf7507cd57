-- What `varde verify` calls: the log computed anew.

-- One call checks a run of blocks, so that memory stays bounded however long the log is.
CREATE FUNCTION log.verify(p_institution int, p_from_append bigint, p_to_append bigint)
RETURNS TABLE (append_no bigint, "position" bigint, problem text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
  WITH checked AS (
    SELECT a.append_no, a.first_position, a.last_position, a.previous_hash, a.hash, a.entries_root,
           log.block_hash(a.previous_hash, a.institution_id, a.append_no, a.first_position,
             a.last_position, a.recorded_at, a.recorded_by, a.entries_root) AS true_hash,
           coalesce(lag(a.hash) OVER w, before.hash, i.genesis) AS expected_previous,
           coalesce(lag(a.last_position) OVER w, before.last_position, 0) AS end_before,
           coalesce(lag(a.append_no) OVER w, before.append_no, 0) AS number_before,
           coalesce(lag(a.recorded_at) OVER w, before.recorded_at, '-infinity') AS time_before,
           a.recorded_at, i.genesis IS NULL AS is_orphan
      FROM log.append AS a
      LEFT JOIN log.institution AS i ON i.institution_id = a.institution_id
      LEFT JOIN log.append AS before
        ON before.institution_id = a.institution_id AND before.append_no = p_from_append - 1
     WHERE a.institution_id = p_institution AND a.append_no BETWEEN p_from_append AND p_to_append
    WINDOW w AS (ORDER BY a.append_no)
  ), span AS (
    SELECT min(c.first_position) AS lo, max(c.last_position) AS hi FROM checked AS c
  ), erasure AS (
    SELECT x.subject_id, max(x.position) AS "position"
      FROM log.event AS x
     WHERE x.institution_id = p_institution AND x.type = 'subject_erased'
     GROUP BY x.subject_id
  ), content AS (
    SELECT e.append_no, count(*) AS events, min(e.position) AS lo, max(e.position) AS hi,
           min(e.position) FILTER (WHERE (e.body IS NULL OR e.salt IS NULL)
             AND NOT coalesce(e.body IS NULL AND e.salt IS NULL AND e.position < x.position
                              AND e.type <> 'subject_erased', false)
           ) AS empty_at,
           min(e.position) FILTER (WHERE e.body IS NOT NULL AND e.salt IS NOT NULL
             AND e.leaf IS DISTINCT FROM log.leaf(e.salt,
             e.institution_id, e.type, e.schema_version, e.occurred_at, e.occurred_precision,
             e.subject_id, e.source_key, e.supersedes, e.body::text)) AS changed_at,
           sha256('\x01'::bytea || string_agg(e.leaf, ''::bytea ORDER BY e.position)) AS root
      FROM span AS s, log.event AS e
      LEFT JOIN erasure AS x ON x.subject_id = e.subject_id
     WHERE e.institution_id = p_institution AND e.position BETWEEN s.lo AND s.hi
     GROUP BY e.append_no
  )
  SELECT c.append_no, coalesce(found.at, c.first_position), found.what
    FROM checked AS c
    LEFT JOIN content AS t ON t.append_no = c.append_no
   CROSS JOIN LATERAL (VALUES
      (c.first_position, CASE WHEN c.is_orphan
         THEN 'institution row missing: the chain hangs on nothing' END),
      (c.first_position, CASE WHEN c.append_no <> c.number_before + 1
         THEN 'block missing before this one' END),
      (c.first_position, CASE WHEN c.first_position <> c.end_before + 1
         THEN 'positions do not continue the block before' END),
      (c.first_position, CASE WHEN c.previous_hash <> c.expected_previous
         THEN 'chain broken: previous hash is not the hash of the block before' END),
      (c.first_position, CASE WHEN c.hash <> c.true_hash
         THEN 'block row changed: its hash does not fit its content' END),
      (c.first_position, CASE WHEN c.recorded_at <= c.time_before
         THEN 'recorded_at does not increase' END),
      (c.first_position, CASE WHEN t.append_no IS NULL THEN 'all events of the block are missing' END),
      (t.lo, CASE WHEN t.lo <> c.first_position OR t.hi <> c.last_position
                    OR t.events <> c.last_position - c.first_position + 1
         THEN 'event removed from or added to the block' END),
      (t.empty_at, CASE WHEN t.empty_at IS NOT NULL
         THEN 'body or salt missing without an erasure that authorises it' END),
      (t.changed_at, CASE WHEN t.changed_at IS NOT NULL
         THEN 'event changed: its content does not fit its leaf' END),
      (c.first_position, CASE WHEN t.root <> c.entries_root
         THEN 'leaf changed: entries root does not fit' END)
    ) AS found(at, what)
   WHERE found.what IS NOT NULL
   ORDER BY 1, 2;
END $$;
COMMENT ON FUNCTION log.verify IS
  'Re-computes leaves, roots and links of a run of blocks; one row per problem, none if clean.';

CREATE FUNCTION log.redacted(p_institution int, p_from_append bigint, p_to_append bigint)
RETURNS TABLE ("position" bigint, recorded_by text, events bigint)
LANGUAGE sql STABLE AS $$
  SELECT x.position, b.recorded_by, count(*)
    FROM log.append AS lo
    JOIN log.append AS hi ON hi.institution_id = lo.institution_id AND hi.append_no = p_to_append
    JOIN log.event AS e
      ON e.institution_id = lo.institution_id
     AND e.position BETWEEN lo.first_position AND hi.last_position
     AND e.body IS NULL AND e.salt IS NULL
   -- The first erasure after an event is the one that emptied it.
   CROSS JOIN LATERAL (SELECT o.position, o.append_no FROM log.event AS o
                        WHERE o.institution_id = e.institution_id AND o.type = 'subject_erased'
                          AND o.subject_id = e.subject_id AND o.position > e.position
                        ORDER BY o.position
                        LIMIT 1) AS x
    JOIN log.append AS b
      ON b.institution_id = lo.institution_id AND b.append_no = x.append_no
   WHERE lo.institution_id = p_institution AND lo.append_no = p_from_append
   GROUP BY x.position, b.recorded_by
   ORDER BY x.position
$$;
COMMENT ON FUNCTION log.redacted IS
  'How many events of a run of blocks are redacted, and by which subject_erased event.';

CREATE FUNCTION log.unsealed(p_institution int)
RETURNS TABLE (append_no bigint, "position" bigint, problem text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
  SELECT e.append_no, e.position, 'event outside any sealed block'
    FROM log.event AS e
   WHERE e.institution_id = p_institution
     AND e.position > (SELECT h.last_position FROM log.head(p_institution) AS h)
   ORDER BY e.position
   LIMIT 100;
END $$;
COMMENT ON FUNCTION log.unsealed IS 'Events after the newest sealed block: no reader sees them.';

REVOKE ALL ON FUNCTION log.verify, log.redacted, log.unsealed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.verify, log.redacted, log.unsealed
  TO varde_recorder, varde_projector, varde_steward;
