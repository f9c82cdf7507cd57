-- Grain: one row per version of a group's count of requests from colleagues outside in a term; 0
-- means none, and we looked.
CREATE TABLE outreach (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  group_code text NOT NULL,
  term text NOT NULL,
  requests int NOT NULL,
  held int,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX outreach_superseded ON outreach (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE outreach IS
  'Grain: one row per version of a group''s count of requests from colleagues outside in a term; '
  '0 means none, and we looked.';
COMMENT ON COLUMN outreach.programme IS 'Programme code.';
COMMENT ON COLUMN outreach.group_code IS 'Group code.';
COMMENT ON COLUMN outreach.term IS 'Term code.';
COMMENT ON COLUMN outreach.requests IS 'Requests received.';
COMMENT ON COLUMN outreach.held IS 'Consultations held.';

INSERT INTO projector (ordinal, fact, types)
VALUES (170, 'outreach', '{outreach_recorded}');

CREATE FUNCTION project_outreach(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO outreach (institution_id, position, recorded_at, superseded_by, superseded_at,
    programme, group_code, term, requests, held)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b."group", b.term, b.requests, b.held
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, "group" text, term text,
      requests int, held int)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'outreach_recorded';
  PERFORM close_superseded('outreach', p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_outreach IS 'Fills outreach from a range of positions.';
