-- After a person's erasure no fact is made of their events any more, at no point of the past: what a
-- rebuild cannot find in the log, live facts must not keep.
CREATE FUNCTION forget_erased(p_institution int, p_from bigint, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
  v_fact text;
  v_positions bigint[];
BEGIN
  SELECT array_agg(e.position) INTO v_positions
    FROM log.event AS x
    JOIN log.event AS e
      ON e.institution_id = x.institution_id AND e.subject_id = x.subject_id
     AND e.position < x.position AND e.body IS NULL
   WHERE x.institution_id = p_institution
     AND x.position BETWEEN p_from AND p_to
     AND x.type = 'subject_erased';
  FOR v_fact IN SELECT p.fact FROM projector AS p ORDER BY p.ordinal LOOP
    EXECUTE format('DELETE FROM %I WHERE institution_id = $1 AND position = ANY ($2)', v_fact)
      USING p_institution, v_positions;
  END LOOP;
  -- Merges may be gone with the person, and others may have named them as observer.
  IF EXISTS (SELECT FROM merged_subject AS m WHERE m.institution_id = p_institution) THEN
    PERFORM reidentify(p_institution, p_to);
  END IF;
  PERFORM mark_all_stale(p_institution, p_to);
END $body$;
COMMENT ON FUNCTION forget_erased IS
  'Removes the facts of people whose erasure lies in a range of positions.';
