-- Grain: one row per merge of two subject ids that turned out to be one person.
--
-- A merge says that they were one person all along, so it holds for all of the past: facts of
-- from_id are into_id's, whenever they were recorded. Taken back, they are from_id's again.
CREATE TABLE subject_merge (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  from_id uuid NOT NULL,
  into_id uuid NOT NULL,
  PRIMARY KEY (institution_id, position)
);

COMMENT ON TABLE subject_merge IS
  'Grain: one row per merge of two subject ids that turned out to be one person. It holds for all '
  'of the past; taken back, the two are apart again.';
COMMENT ON COLUMN subject_merge.from_id IS 'The id that is no longer used in facts.';
COMMENT ON COLUMN subject_merge.into_id IS 'The id whose facts they are.';

CREATE TABLE merged_subject (
  institution_id int NOT NULL,
  recorded_as uuid NOT NULL,
  subject_id uuid NOT NULL,
  PRIMARY KEY (institution_id, recorded_as)
);
COMMENT ON TABLE merged_subject IS
  'Grain: one row per subject id of a person who has several, with the one the facts use; that one '
  'has a row, too. Follows from the merges that hold.';

INSERT INTO projector (ordinal, fact, types)
VALUES (5, 'subject_merge', '{subjects_merged}');

CREATE FUNCTION know_merged(p_institution int) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  DELETE FROM merged_subject AS m WHERE m.institution_id = p_institution;
  INSERT INTO merged_subject (institution_id, recorded_as, subject_id)
  WITH RECURSIVE merge AS (
    SELECT DISTINCT ON (s.from_id) s.from_id, s.into_id
      FROM subject_merge AS s
     WHERE s.institution_id = p_institution AND s.superseded_by IS NULL
     ORDER BY s.from_id, s.position
  ), way AS (
    SELECT m.from_id AS recorded_as, m.into_id AS reached, ARRAY[m.from_id] AS passed
      FROM merge AS m
    UNION ALL
    SELECT w.recorded_as, m.into_id, w.passed || m.from_id
      FROM way AS w
      JOIN merge AS m ON m.from_id = w.reached
     WHERE m.from_id <> ALL (w.passed)
  ), last AS (
    SELECT w.recorded_as, w.reached
      FROM way AS w
     WHERE NOT EXISTS (SELECT FROM merge AS m WHERE m.from_id = w.reached)
  )
  SELECT p_institution, l.recorded_as, l.reached FROM last AS l
  UNION
  SELECT p_institution, l.reached, l.reached FROM last AS l;
END $body$;
COMMENT ON FUNCTION know_merged IS
  'Finds anew which id stands for which; a circle, which no command makes, joins nobody.';

CREATE FUNCTION project_subject_merge(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO subject_merge (institution_id, position, recorded_at, superseded_by, superseded_at,
    from_id, into_id)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b."from", b."into"
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b("from" uuid, "into" uuid)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'subjects_merged';
  PERFORM close_superseded('subject_merge', p_institution, p_from, p_to);
  -- Before the other projectors: what they read from here on is the merged person's.
  PERFORM reidentify(p_institution, p_to);
END $body$;
COMMENT ON FUNCTION project_subject_merge IS 'Fills subject_merge from a range of positions.';
