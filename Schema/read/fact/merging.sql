-- Facts of people with several subject ids. Such a row keeps in recorded_as the id it was recorded
-- under, so that a merge can be taken back; rows of everybody else have none. What stands in a fact
-- follows from the log alone: live and rebuild alike.

DO $$
DECLARE
  v_fact text;
BEGIN
  FOREACH v_fact IN ARRAY ARRAY['enrolment', 'attendance', 'observation', 'log_entry', 'response',
                                'answer', 'hours'] LOOP
    EXECUTE format('CREATE INDEX %I ON %I (institution_id, subject_id) '
                   'WHERE recorded_as IS NOT NULL', v_fact || '_merged', v_fact);
    EXECUTE format('COMMENT ON COLUMN %I.recorded_as IS %L', v_fact,
      'The id it was recorded under, where the person has several; NULL for everybody else.');
  END LOOP;
END $$;

CREATE FUNCTION mark_all_stale(p_institution int, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO stale AS m (institution_id, programme, family, period, position)
  SELECT DISTINCT p_institution, p.programme, f.family, '*', p_to
    FROM programme AS p
   CROSS JOIN unnest(ARRAY['participation', 'survey', 'hours']) AS f(family)
   WHERE p.institution_id = p_institution
   ORDER BY 2, 3
  ON CONFLICT (institution_id, programme, family, group_code, period)
  DO UPDATE SET position = excluded.position;
END $body$;
COMMENT ON FUNCTION mark_all_stale IS 'Marks every cell of an institution stale.';

CREATE FUNCTION reidentify(p_institution int, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
  v_fact text;
BEGIN
  PERFORM know_merged(p_institution);
  UPDATE enrolment AS f
     SET left_on = (e.body ->> 'left')::date
    FROM entry AS e
   WHERE f.institution_id = p_institution AND f.recorded_as IS NOT NULL
     AND e.institution_id = p_institution AND e.position = f.position;
  FOR v_fact IN
    SELECT p.fact FROM projector AS p
      JOIN pg_attribute AS a ON a.attrelid = to_regclass(p.fact) AND a.attname = 'recorded_as'
     ORDER BY p.ordinal
  LOOP
    -- Back to what each row is of itself …
    EXECUTE format(
      'UPDATE %1$I AS f
          SET superseded_by = o.by, superseded_at = o.at, subject_id = f.recorded_as,
              recorded_as = NULL
         FROM (SELECT DISTINCT g.position, s.position AS by, s.recorded_at AS at
                 FROM %1$I AS g
                 LEFT JOIN log.entry AS s
                   ON s.institution_id = g.institution_id AND s.supersedes = g.position
                  AND s.position <= $2
                WHERE g.institution_id = $1 AND g.recorded_as IS NOT NULL) AS o
        WHERE f.institution_id = $1 AND f.position = o.position', v_fact)
    USING p_institution, p_to;
    -- … and then to whom it belongs now.
    EXECUTE format(
      'UPDATE %I AS f
          SET subject_id = m.subject_id, recorded_as = m.recorded_as
         FROM merged_subject AS m
        WHERE m.institution_id = $1 AND f.institution_id = $1 AND f.subject_id = m.recorded_as',
      v_fact)
    USING p_institution;
  END LOOP;
  UPDATE observation AS o
     SET observer_id = o.observer_recorded_as, observer_recorded_as = NULL
   WHERE o.institution_id = p_institution AND o.observer_recorded_as IS NOT NULL;
  UPDATE observation AS o
     SET observer_id = m.subject_id, observer_recorded_as = m.recorded_as
    FROM merged_subject AS m
   WHERE m.institution_id = p_institution AND o.institution_id = p_institution
     AND o.observer_id = m.recorded_as;
  PERFORM mark_all_stale(p_institution, p_to);
END $body$;
COMMENT ON FUNCTION reidentify IS
  'Gives every fact to the person whose it is now, after merges have come or gone.';

-- Two ids of one person may both have a record of the same thing. One counts: of two records of the
-- same session, round or term, or of memberships of one group from the same day on, the one recorded
-- later, as if it had corrected the other. Where that one is retracted, the other counts again. Of
-- memberships of one group that overlap, the earlier ends where the later begins.
CREATE FUNCTION settle_collisions(p_institution int, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
  v record;
  v_changed bigint;
  v_any boolean := false;
BEGIN
  IF NOT EXISTS (SELECT FROM merged_subject AS m WHERE m.institution_id = p_institution) THEN
    RETURN;
  END IF;
  FOR v IN
    SELECT c.fact, c.key, c.day
      FROM (VALUES ('enrolment', 'group_code', 'joined_on'), ('attendance', 'session', 'session'),
                   ('log_entry', 'round', 'round'), ('hours', 'term', 'term')) AS c(fact, key, day)
  LOOP
    EXECUTE format(
      'WITH own AS MATERIALIZED (
         SELECT f.*, s.position AS own_by, s.recorded_at AS own_at
           FROM %1$I AS f
           LEFT JOIN log.entry AS s
             ON s.institution_id = f.institution_id AND s.supersedes = f.position
            AND s.position <= $2
          WHERE f.institution_id = $1 AND f.recorded_as IS NOT NULL
       ), standing AS (
         SELECT DISTINCT o.recorded_as, o.programme, o.%2$I AS key, o.%3$I AS day
           FROM own AS o
          WHERE o.own_by IS NULL
       ), ending AS (
         SELECT o.position, o.own_by AS by, o.own_at AS at FROM own AS o WHERE o.own_by IS NOT NULL
         UNION ALL
         SELECT a.position, b.position, b.recorded_at
           FROM own AS a
           JOIN own AS b
             ON b.subject_id = a.subject_id AND b.programme = a.programme AND b.%2$I = a.%2$I
            AND b.%3$I = a.%3$I AND b.recorded_as <> a.recorded_as AND b.position > a.position
           JOIN standing AS t
             ON t.recorded_as = b.recorded_as AND t.programme = b.programme AND t.key = b.%2$I
            AND t.day = b.%3$I
       ), first AS (
         SELECT DISTINCT ON (e.position) e.position, e.by, e.at
           FROM ending AS e
          ORDER BY e.position, e.by
       )
       UPDATE %1$I AS f
          SET superseded_by = x.by, superseded_at = x.at
         FROM (SELECT o.position, e.by, e.at
                 FROM own AS o
                 LEFT JOIN first AS e ON e.position = o.position) AS x
        WHERE f.institution_id = $1 AND f.position = x.position
          AND f.superseded_by IS DISTINCT FROM x.by', v.fact, v.key, v.day)
    USING p_institution, p_to;
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    v_any := v_any OR v_changed > 0;
  END LOOP;
  UPDATE enrolment AS f
     SET left_on = x.left_on
    FROM (SELECT a.position, least((e.body ->> 'left')::date, min(b.joined_on)) AS left_on
            FROM enrolment AS a
            JOIN entry AS e ON e.institution_id = a.institution_id AND e.position = a.position
            LEFT JOIN enrolment AS b
              ON b.institution_id = a.institution_id AND b.subject_id = a.subject_id
             AND b.programme = a.programme AND b.group_code = a.group_code
             AND b.recorded_as <> a.recorded_as AND b.joined_on > a.joined_on
             AND b.superseded_by IS NULL
           WHERE a.institution_id = p_institution AND a.recorded_as IS NOT NULL
           GROUP BY a.position, e.body ->> 'left') AS x
   WHERE f.institution_id = p_institution AND f.position = x.position
     AND f.left_on IS DISTINCT FROM x.left_on;
  GET DIAGNOSTICS v_changed = ROW_COUNT;
  IF v_any OR v_changed > 0 THEN
    PERFORM mark_all_stale(p_institution, p_to);
  END IF;
END $body$;
COMMENT ON FUNCTION settle_collisions IS
  'Lets one record count where a merged person has two of the same thing, and parts memberships '
  'that overlap.';
