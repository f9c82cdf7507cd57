-- Erasing a person under the law. The events stay, as leaves; what they said goes.

CREATE FUNCTION log.erase(
  p_institution int, p_subject uuid, p_key uuid, p_reason text, OUT o_position bigint,
  OUT o_events bigint
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_when timestamptz;
BEGIN
  IF p_subject IS NULL THEN
    RAISE EXCEPTION 'nobody to erase' USING ERRCODE = 'VL400';
  END IF;
  PERFORM FROM log.institution AS i WHERE i.institution_id = p_institution FOR NO KEY UPDATE;
  -- Asked for again under the same key, the append must find the same event.
  SELECT e.occurred_at INTO v_when
    FROM log.append AS a
    JOIN log.event AS e ON e.institution_id = a.institution_id AND e.position = a.first_position
   WHERE a.institution_id = p_institution AND a.append_key = p_key;
  v_when := coalesce(v_when, date_trunc('second', transaction_timestamp()));
  -- Under the log's lock from here on: no event of the person can slip in between.
  SELECT a.o_first INTO o_position
    FROM log.append(p_institution, p_key, NULL, array['subject_erased'], array[1::smallint],
      array[v_when], array['instant'], array[p_subject],
      array[NULL::uuid], array[NULL::bigint],
      array[json_build_object('reason', p_reason)::text]) AS a;
  UPDATE log.event AS e
     SET salt = NULL, body = NULL
   WHERE e.institution_id = p_institution AND e.subject_id = p_subject
     AND e.position < o_position AND e.type <> 'subject_erased' AND e.body IS NOT NULL;
  SELECT count(*) INTO o_events
    FROM log.event AS e
   WHERE e.institution_id = p_institution AND e.subject_id = p_subject
     AND e.position < o_position AND e.body IS NULL;
END $$;
COMMENT ON FUNCTION log.erase IS
  'Empties every event of a person (salt and body; the leaf stays, so the chain still verifies) and '
  'appends the subject_erased event that authorises it; the number of empty events. Needs the '
  'steward. Events of others that name the person (an observer) keep the bare random id, and who '
  'the id was is the vault''s to forget.';

REVOKE ALL ON FUNCTION log.erase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.erase TO varde_steward;
