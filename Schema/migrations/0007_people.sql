-- People who turn out to be one, what they have agreed to, and what they are called over the years.
INSERT INTO log.event_type (type, schema_version)
SELECT unnest(ARRAY['subjects_merged', 'consent_given', 'consent_withdrawn']), 1;

-- What ingest must know of people before it can check a row.
CREATE INDEX event_people ON log.event (institution_id, type, position)
  WHERE type IN ('subjects_merged', 'consent_given', 'consent_withdrawn');

-- Whether a person has answered before.
CREATE INDEX event_responses ON log.event (institution_id, subject_id)
  WHERE type = 'response_submitted' AND subject_id IS NOT NULL;

ALTER TABLE vault.identifier ADD COLUMN noted_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN vault.identifier.noted_at IS
  'When a file or a steward brought it. A person keeps old ids and addresses: files from before a '
  'change of name or domain still find them.';

CREATE FUNCTION log.same_person(p_institution int, p_subject uuid) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE merge AS (
    SELECT e.subject_id AS from_id, (e.body ->> 'into')::uuid AS into_id
      FROM log.event AS e
     WHERE e.institution_id = p_institution AND e.type = 'subjects_merged' AND e.body IS NOT NULL
       AND NOT EXISTS (SELECT FROM log.event AS s
                        WHERE s.institution_id = p_institution AND s.supersedes = e.position)
  ), known AS (
    SELECT p_subject AS id
    UNION
    SELECT CASE WHEN m.from_id = k.id THEN m.into_id ELSE m.from_id END
      FROM known AS k
      JOIN merge AS m ON k.id IN (m.from_id, m.into_id)
  )
  SELECT array_agg(k.id ORDER BY k.id <> p_subject, k.id) FROM known AS k
$$;
COMMENT ON FUNCTION log.same_person IS
  'The random ids under which one person was recorded, that one first: merges join them.';

-- As before (0006), and now under every id the person was recorded under.
CREATE OR REPLACE FUNCTION log.erase(
  p_institution int, p_subject uuid, p_key uuid, p_reason text, OUT o_position bigint,
  OUT o_events bigint
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_when timestamptz;
  v_people uuid[];
  v_count int;
BEGIN
  IF p_subject IS NULL THEN
    RAISE EXCEPTION 'nobody to erase' USING ERRCODE = 'VL400';
  END IF;
  PERFORM FROM log.institution AS i WHERE i.institution_id = p_institution FOR NO KEY UPDATE;
  -- Asked for again under the same key, the append must find the same events; the merges that led
  -- from one id to the next are empty by then.
  SELECT min(e.occurred_at), array_agg(e.subject_id ORDER BY e.position) INTO v_when, v_people
    FROM log.append AS a
    JOIN log.event AS e
      ON e.institution_id = a.institution_id
     AND e.position BETWEEN a.first_position AND a.last_position
   WHERE a.institution_id = p_institution AND a.append_key = p_key;
  v_when := coalesce(v_when, date_trunc('second', transaction_timestamp()));
  IF v_people IS NULL OR v_people[1] IS DISTINCT FROM p_subject THEN
    v_people := log.same_person(p_institution, p_subject);
  END IF;
  v_count := cardinality(v_people);
  -- Under the log's lock from here on: no event of the person can slip in between.
  SELECT a.o_first INTO o_position
    FROM log.append(p_institution, p_key, NULL, array_fill('subject_erased'::text, array[v_count]),
      array_fill(1::smallint, array[v_count]), array_fill(v_when, array[v_count]),
      array_fill('instant'::text, array[v_count]), v_people,
      array_fill(NULL::uuid, array[v_count]), array_fill(NULL::bigint, array[v_count]),
      array_fill(json_build_object('reason', p_reason)::text, array[v_count])) AS a;
  UPDATE log.event AS e
     SET salt = NULL, body = NULL
   WHERE e.institution_id = p_institution AND e.subject_id = ANY (v_people)
     AND e.position < o_position AND e.type <> 'subject_erased' AND e.body IS NOT NULL;
  SELECT count(*) INTO o_events
    FROM log.event AS e
   WHERE e.institution_id = p_institution AND e.subject_id = ANY (v_people)
     AND e.position < o_position AND e.body IS NULL;
END $$;
COMMENT ON FUNCTION log.erase IS
  'Empties every event of a person, under every id that merges join (salt and body; the leaf stays, '
  'so the chain still verifies), and appends the subject_erased events that authorise it, one an '
  'id; the position of the first and the number of empty events. Needs the steward. Events of '
  'others that name the person (an observer) keep the bare random id, and who the id was is the '
  'vault''s to forget.';

REVOKE ALL ON FUNCTION log.same_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.same_person TO varde_recorder, varde_projector, varde_steward;
