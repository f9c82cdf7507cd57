-- An event that no projector can take halts the facts of its institution. Where it cannot be
-- mended, a steward decides to leave it out, and the decision is an event like any other: whoever
-- builds the facts from this log, now or in years, leaves out the same.
INSERT INTO log.event_type (type, schema_version) VALUES ('event_quarantined', 1);

-- Few events, so the index is nearly free; it also keeps an event from being quarantined twice.
CREATE UNIQUE INDEX event_quarantine
  ON log.event (institution_id, ((body ->> 'position')::bigint))
  WHERE type = 'event_quarantined';

CREATE VIEW log.quarantine AS
SELECT e.institution_id, (e.body ->> 'position')::bigint AS "position", e.position AS decision,
       a.recorded_at, a.recorded_by, e.body ->> 'type' AS type, e.body ->> 'reason' AS reason
  FROM log.event AS e
  JOIN log.append AS a
    ON a.institution_id = e.institution_id AND a.append_no = e.append_no
   AND e.position BETWEEN a.first_position AND a.last_position
 WHERE e.type = 'event_quarantined';
COMMENT ON VIEW log.quarantine IS
  'Grain: one row per event that is left out of all facts: its position, and that of the decision. '
  'What it supersedes stays closed; what supersedes it is a fact as usual.';

CREATE FUNCTION log.quarantined(p_institution int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
  SELECT q.position FROM log.quarantine AS q
   WHERE q.institution_id = p_institution
   ORDER BY q.position;
END $$;
COMMENT ON FUNCTION log.quarantined IS 'Positions of an institution''s log that are in quarantine.';

-- In ops, because it asks how far the facts have come. A fact that was read by people is not taken
-- back by pretending that it never was: that is what a retraction is for. But an older varde may have
-- made a fact of what today's cannot take, not even to retract it. Once a rebuild by the read side
-- p_digest has halted at the event, it may be left out all the same, and live facts lose it: from then
-- on they are what a rebuild makes.
CREATE FUNCTION ops.quarantine(
  p_institution int, p_position bigint, p_reason text, p_digest text, OUT o_decision bigint
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_event record;
  v_decision bigint;
  v_reached bigint;
BEGIN
  IF p_reason IS NULL OR p_reason !~ '\S' OR length(p_reason) > 1000 THEN
    RAISE EXCEPTION 'quarantine refused: it needs a reason of 1 to 1,000 characters'
      USING ERRCODE = 'VL429', HINT = 'Say why, without names.';
  END IF;
  -- From here on no worker passes the position.
  PERFORM FROM ops.checkpoint AS c
    WHERE c.institution_id = p_institution AND c.projection = 'fact'
    ORDER BY c.generation
      FOR UPDATE;
  SELECT max(c.position) INTO v_reached
    FROM ops.checkpoint AS c
   WHERE c.institution_id = p_institution AND c.projection = 'fact';
  SELECT e.type, e.leaf,
         EXISTS (SELECT FROM log.event_type AS t
                  WHERE t.type = e.type AND t.schema_version = e.schema_version) AS is_known
    INTO v_event
    FROM log.event AS e
    JOIN log.append AS a
      ON a.institution_id = e.institution_id AND a.append_no = e.append_no
     AND e.position BETWEEN a.first_position AND a.last_position
   WHERE e.institution_id = p_institution AND e.position = p_position;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'quarantine refused: there is no event at position %', p_position
      USING ERRCODE = 'VL425', HINT = 'varde failures names positions that fail, varde log those of all events.';
  END IF;
  SELECT q.decision INTO v_decision
    FROM log.quarantine AS q
   WHERE q.institution_id = p_institution AND q.position = p_position;
  IF FOUND THEN
    RAISE EXCEPTION 'position % is in quarantine already, by the decision at position %',
      p_position, v_decision USING ERRCODE = 'VL426';
  END IF;
  IF NOT v_event.is_known THEN
    RAISE EXCEPTION 'quarantine refused: events of type % are unknown here', v_event.type
      USING ERRCODE = 'VL427', HINT = 'Install the varde that wrote it; it may well be right.';
  END IF;
  IF v_event.type IN ('event_quarantined', 'subject_erased', 'record_retracted', 'consent_given',
                      'consent_withdrawn', 'release_issued') THEN
    RAISE EXCEPTION 'quarantine refused: % cannot be left out', v_event.type
      USING ERRCODE = 'VL427', HINT = 'Decisions, consents and releases hold for everybody.';
  END IF;
  IF v_reached >= p_position AND NOT EXISTS (
    SELECT FROM ops.failure AS f
      JOIN ops.read_side AS r
        ON r.generation = f.generation AND NOT r.live AND r.digest = p_digest
      JOIN ops.checkpoint AS c
        ON c.institution_id = f.institution_id AND c.projection = f.projection
       AND c.generation = f.generation AND c.state = 'halted'
     WHERE f.institution_id = p_institution AND f.projection = 'fact'
       AND f.position = p_position AND f.sqlstate IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'quarantine refused: position % is a fact already, they have come to %',
      p_position, v_reached
      USING ERRCODE = 'VL428',
        HINT = 'Send a correction, or retract the record. What only a new version cannot take can be '
               'left out once varde rebuild has halted at it (VD670).';
  END IF;
  SELECT a.o_first INTO o_decision
    FROM log.append(p_institution, gen_random_uuid(), NULL, array['event_quarantined'],
      array[1::smallint], array[date_trunc('second', transaction_timestamp())], array['instant'],
      array[NULL::uuid], array[NULL::uuid], array[NULL::bigint],
      array[json_build_object('position', p_position, 'type', v_event.type,
        'leaf', encode(v_event.leaf, 'hex'), 'reason', p_reason)::text]) AS a;
  -- What stood still at this event goes on.
  UPDATE ops.checkpoint AS c
     SET state = 'active', attempts = 0, not_before = '-infinity', reason = NULL
   WHERE c.institution_id = p_institution AND c.projection = 'fact'
     AND EXISTS (SELECT FROM ops.failure AS f
                  WHERE f.institution_id = c.institution_id AND f.projection = c.projection
                    AND f.generation = c.generation AND f.position = p_position);
  DELETE FROM ops.failure AS f
   WHERE f.institution_id = p_institution AND f.projection = 'fact' AND f.position = p_position;
END $$;
COMMENT ON FUNCTION ops.quarantine IS
  'Records that the event at a position is left out of all facts, and lets what halted at it go on; '
  'the position of the decision. Needs the steward. VL425: no such event. VL426: decided before. '
  'VL427: not an event that can be left out. VL428: the facts have it already, and no rebuild by the '
  'read side p_digest has shown that it cannot take it.';

REVOKE ALL ON FUNCTION log.quarantined, ops.quarantine FROM PUBLIC;
GRANT SELECT ON log.quarantine TO varde_recorder, varde_projector, varde_steward;
GRANT EXECUTE ON FUNCTION log.quarantined TO varde_recorder, varde_projector, varde_steward;
GRANT EXECUTE ON FUNCTION ops.quarantine TO varde_steward;

COMMENT ON TABLE ops.failure IS
  'Events a projection cannot take and has not got past. The message quotes no value of the event.';
