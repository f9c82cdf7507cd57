-- Grain: one row per release given to someone.
CREATE TABLE release (
  institution_id int NOT NULL,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_by bigint,
  superseded_at timestamptz,
  programme text NOT NULL,
  release text NOT NULL,
  period text NOT NULL,
  cut bigint NOT NULL,
  manifest_sha256 text NOT NULL,
  PRIMARY KEY (institution_id, position)
);
CREATE INDEX release_superseded ON release (institution_id, superseded_by)
  WHERE superseded_by IS NOT NULL;

COMMENT ON TABLE release IS
  'Grain: one row per release given to someone.';
COMMENT ON COLUMN release.programme IS 'Programme code.';
COMMENT ON COLUMN release.release IS 'Name of the release.';
COMMENT ON COLUMN release.period IS 'Period reported on.';
COMMENT ON COLUMN release.cut IS 'Last position the release took into account.';
COMMENT ON COLUMN release.manifest_sha256 IS 'SHA-256 of its manifest.json.';

INSERT INTO projector (ordinal, fact, types)
VALUES (180, 'release', '{release_issued}');

CREATE FUNCTION project_release(p_institution int, p_from bigint, p_to bigint, p_cut bigint)
RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO release (institution_id, position, recorded_at, superseded_by, superseded_at,
    programme, release, period, cut, manifest_sha256)
  SELECT e.institution_id, e.position, e.recorded_at, s.position, s.recorded_at, b.programme,
    b.release, b.period, b.cut, b.manifest_sha256
    FROM entry AS e
    LEFT JOIN log.entry AS s
      ON s.institution_id = e.institution_id AND s.supersedes = e.position AND s.position <= p_cut
     AND s.supersedes BETWEEN p_from AND p_to
   CROSS JOIN LATERAL json_to_record(e.body) AS b(programme text, release text, period text, cut
      bigint, manifest_sha256 text)
   WHERE e.institution_id = p_institution
     AND e.position BETWEEN p_from AND p_to
     AND e.type = 'release_issued';
  PERFORM close_superseded('release', p_institution, p_from, p_to);
END $body$;
COMMENT ON FUNCTION project_release IS 'Fills release from a range of positions.';
