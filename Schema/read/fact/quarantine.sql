-- What is in quarantine is no row of `entry`, so no fact is made of it. The decision stands behind
-- the event in the log, though, and may be read when the facts have the event already: while a new
-- read side was filled; because an older varde took what today's cannot; or because somebody appended
-- it without asking (ops.quarantine refuses). Their rows go, as if they had never been, for that is
-- what a rebuild makes of this log.
CREATE FUNCTION leave_out_quarantined(p_institution int, p_from bigint, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
  v_fact text;
  v_positions bigint[];
  v_removed bigint;
  v_any boolean := false;
BEGIN
  SELECT array_agg(q.position) INTO v_positions
    FROM log.quarantine AS q
   WHERE q.institution_id = p_institution AND q.decision BETWEEN p_from AND p_to;
  FOR v_fact IN SELECT p.fact FROM projector AS p ORDER BY p.ordinal LOOP
    EXECUTE format('DELETE FROM %I WHERE institution_id = $1 AND position = ANY ($2)', v_fact)
      USING p_institution, v_positions;
    GET DIAGNOSTICS v_removed = ROW_COUNT;
    v_any := v_any OR v_removed > 0;
  END LOOP;
  IF v_any THEN
    IF EXISTS (SELECT FROM merged_subject AS m WHERE m.institution_id = p_institution) THEN
      PERFORM reidentify(p_institution, p_to);
    END IF;
    PERFORM mark_all_stale(p_institution, p_to);
  END IF;
END $body$;
COMMENT ON FUNCTION leave_out_quarantined IS
  'Removes facts of events that decisions in a range of positions have put into quarantine.';
