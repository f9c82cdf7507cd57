-- What others do at the same time: transactions that keep something open, a rebuild that is at work,
-- and what a site has changed about the read side.

-- Whoever looks at pg_stat_activity sees little of other logins' sessions, and no snapshot. The owner of
-- these functions is let see them by Schema/roles.sql, where init may grant that.
CREATE FUNCTION ops.sees_sessions() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN pg_has_role(current_user, 'pg_read_all_stats', 'USAGE');
COMMENT ON FUNCTION ops.sees_sessions IS
  'Whether ops.snapshot shows the sessions of all logins. If not: GRANT pg_read_all_stats TO '
  'varde_owner.';

CREATE FUNCTION ops.open_transactions() RETURNS TABLE (
  pid int, login text, application text, state text, started_at timestamptz,
  idle_since timestamptz, snapshot xid, holds_facts boolean
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT a.pid, a.usename::text, a.application_name, a.state, a.xact_start,
         CASE WHEN a.state LIKE 'idle%' THEN a.state_change END, a.backend_xmin,
         f.pid IS NOT NULL
    FROM pg_stat_activity AS a
    LEFT JOIN (SELECT DISTINCT l.pid
                 FROM pg_locks AS l
                 JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
                 JOIN pg_class AS c ON c.oid = l.relation
                 JOIN pg_namespace AS n
                   ON n.oid = c.relnamespace AND n.nspname IN ('fact', 'evaluation')
                WHERE l.granted) AS f ON f.pid = a.pid
   WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
     -- NULL of a session one may not see. Autovacuum gives way, and nobody reads facts through a
     -- walsender.
     AND coalesce(a.backend_type, 'client backend') = 'client backend'
     AND (a.backend_xmin IS NOT NULL OR f.pid IS NOT NULL OR a.xact_start IS NOT NULL);
END $$;
COMMENT ON FUNCTION ops.open_transactions IS
  'Sessions of this database that are in a transaction, hold a snapshot, or locks on the read side, '
  'and since when. No word of what they ask.';

DROP VIEW ops.snapshot;
CREATE VIEW ops.snapshot AS
SELECT o.pid, o.login, o.application, o.state,
       extract(epoch FROM clock_timestamp() - o.started_at)::float8 AS seconds,
       o.snapshot IS NOT NULL AS holds_snapshot, o.holds_facts
  FROM ops.open_transactions() AS o
 WHERE o.snapshot IS NOT NULL OR o.holds_facts;
COMMENT ON VIEW ops.snapshot IS
  'Grain: one row per transaction that holds a snapshot, so that no vacuum cleans up behind it, or '
  'facts, so that a rebuild cannot swap. Where ops.sees_sessions() is false, others'' snapshots, '
  'states and ages are not shown.';

CREATE VIEW ops.claim AS
SELECT o.application, extract(epoch FROM clock_timestamp() - o.started_at)::float8 AS seconds,
       extract(epoch FROM clock_timestamp() - o.idle_since)::float8 AS idle_seconds
  FROM ops.open_transactions() AS o
 WHERE o.application LIKE 'varde claim %' AND o.started_at IS NOT NULL;
COMMENT ON VIEW ops.claim IS
  'Grain: one row per transaction in which a worker advances a projection of an institution; '
  'application names both. Empty where ops.sees_sessions() is false.';

CREATE FUNCTION ops.rebuilds() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM pg_locks AS l
                 JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
                WHERE l.relation = 'ops.rebuild'::regclass
                  AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted);
COMMENT ON FUNCTION ops.rebuilds IS
  'Whether somebody rebuilds now: who does holds that lock, which ends with it in whatever way.';

CREATE VIEW ops.swap_near AS
SELECT b.generation, b.swapping_at
  FROM ops.rebuild AS b
 WHERE b.swapping_at > now() - interval '3 minutes' AND ops.rebuilds();
COMMENT ON VIEW ops.swap_near IS
  'A row while a rebuild is ready to swap and nobody begins to compute figures of the old facts: for '
  'three minutes at most, and not when the rebuild has ended without a word.';

REVOKE ALL ON FUNCTION ops.sees_sessions, ops.open_transactions, ops.rebuilds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.sees_sessions, ops.open_transactions, ops.rebuilds
  TO varde_projector, varde_steward;
GRANT SELECT ON ops.snapshot, ops.claim, ops.swap_near TO varde_projector, varde_steward;

-- How the read side was when it was made, before anybody changed it.
CREATE TABLE ops.read_side_object (
  generation int NOT NULL,
  type text NOT NULL,
  path text NOT NULL,
  rights text[] NOT NULL,
  meaning text,
  PRIMARY KEY (generation, type, path)
);
COMMENT ON TABLE ops.read_side_object IS
  'What Varde made in the schemas fact and evaluation, with the rights and comments it gave: the rest '
  'is the site''s, and a rebuild keeps it or says that it cannot.';
GRANT SELECT ON ops.read_side_object TO varde_projector, varde_steward;
COMMENT ON COLUMN ops.read_side_object.path IS 'Full name, as pg_identify_object writes it.';

-- All that DROP SCHEMA fact, evaluation CASCADE would take along, and the columns of it.
CREATE FUNCTION ops.read_side_objects() RETURNS TABLE (
  class oid, object oid, type text, path text, parent_class oid, parent oid, rights text[],
  meaning text
) LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH RECURSIVE reached AS (
    SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, 0 AS objsubid
      FROM pg_namespace AS n WHERE n.nspname IN ('fact', 'evaluation')
    UNION
    SELECT x.classid, x.objid, x.objsubid
      FROM reached AS r
     CROSS JOIN LATERAL (
       SELECT d.classid, d.objid, d.objsubid FROM pg_depend AS d
        WHERE d.refclassid = r.classid AND d.refobjid = r.objid
          AND (r.objsubid = 0 OR d.refobjsubid = r.objsubid)
       UNION ALL
       -- A part goes with the whole: somebody's view with the rule that reads ours.
       SELECT d.refclassid, d.refobjid, d.refobjsubid FROM pg_depend AS d
        WHERE d.classid = r.classid AND d.objid = r.objid AND d.deptype = 'i') AS x
  ), every AS (
    SELECT r.classid, r.objid, r.objsubid FROM reached AS r
    UNION
    SELECT r.classid, r.objid, a.attnum
      FROM reached AS r
      JOIN pg_class AS c ON c.oid = r.objid AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
      JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE r.classid = 'pg_class'::regclass AND r.objsubid = 0
  ), told AS (
    SELECT e.classid, e.objid, e.objsubid, i.type, i.path,
           CASE WHEN a.attnum IS NOT NULL
                THEN format('(%I) ON TABLE %I.%I', a.attname, cn.nspname, c.relname)
                WHEN c.oid IS NOT NULL THEN format('ON TABLE %I.%I', cn.nspname, c.relname)
                WHEN p.oid IS NOT NULL THEN format('ON FUNCTION %s', i.path)
                WHEN n.oid IS NOT NULL THEN format('ON SCHEMA %I', n.nspname) END AS target,
           CASE WHEN a.attnum IS NOT NULL THEN a.attacl
                WHEN c.oid IS NOT NULL THEN coalesce(c.relacl, acldefault('r', c.relowner))
                WHEN p.oid IS NOT NULL THEN coalesce(p.proacl, acldefault('f', p.proowner))
                WHEN n.oid IS NOT NULL THEN coalesce(n.nspacl, acldefault('n', n.nspowner))
                END AS acl,
           coalesce(c.relowner, p.proowner, n.nspowner) AS owner
      FROM every AS e
     CROSS JOIN LATERAL pg_identify_object(e.classid, e.objid, e.objsubid)
                          AS i(type, schema, name, path)
      LEFT JOIN pg_class AS c ON e.classid = 'pg_class'::regclass AND c.oid = e.objid
       AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
      LEFT JOIN pg_namespace AS cn ON cn.oid = c.relnamespace
      LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = e.objsubid AND a.attnum > 0
      LEFT JOIN pg_proc AS p ON e.classid = 'pg_proc'::regclass AND p.oid = e.objid
      LEFT JOIN pg_namespace AS n ON e.classid = 'pg_namespace'::regclass AND n.oid = e.objid
  )
  SELECT t.classid, t.objid, t.type, t.path,
         CASE WHEN t.objsubid > 0 THEN t.classid ELSE w.refclassid END,
         CASE WHEN t.objsubid > 0 THEN t.objid ELSE w.refobjid END,
         ARRAY(SELECT format('%s %s=%s=%s', x.privilege_type, t.target,
                             CASE WHEN x.is_grantable THEN 'grantable' END,
                             CASE x.grantee WHEN 0 THEN 'PUBLIC'
                               ELSE quote_ident(pg_get_userbyid(x.grantee)) END)
                 FROM aclexplode(t.acl) WITH ORDINALITY AS
                        x(grantor, grantee, privilege_type, is_grantable, ordinal)
                WHERE x.grantee <> t.owner
                ORDER BY x.ordinal),
         m.description
    FROM told AS t
    LEFT JOIN LATERAL (SELECT d.refclassid, d.refobjid FROM pg_depend AS d
                        WHERE d.classid = t.classid AND d.objid = t.objid
                          AND d.objsubid = t.objsubid AND d.deptype IN ('i', 'a', 'e')
                        ORDER BY d.deptype DESC LIMIT 1) AS w ON true
    LEFT JOIN pg_description AS m
      ON m.classoid = t.classid AND m.objoid = t.objid AND m.objsubid = t.objsubid
   WHERE t.type IS NOT NULL
     -- Parts that the server makes by itself, called by the number of what they belong to: a copy of
     -- the database has others.
     AND NOT EXISTS (SELECT FROM pg_class AS k
                      WHERE t.classid = 'pg_class'::regclass AND k.oid = t.objid
                        AND k.relnamespace = 'pg_toast'::regnamespace)
     AND NOT EXISTS (SELECT FROM pg_trigger AS k
                      WHERE t.classid = 'pg_trigger'::regclass AND k.oid = t.objid
                        AND k.tgisinternal);
END $$;
COMMENT ON FUNCTION ops.read_side_objects IS
  'Everything in and on the schemas fact and evaluation as it is now: what it is part of, rights as '
  '"PRIVILEGE ON TARGET=[grantable]=ROLE" but the owner''s, and the comment.';
REVOKE ALL ON FUNCTION ops.read_side_objects FROM PUBLIC;
