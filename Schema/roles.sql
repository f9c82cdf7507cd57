-- Who may do what. Roles belong to the whole server, so this file runs before any migration and
-- may run again. Nobody logs in as varde_owner; people and programs are members of the others.
--
--   varde_owner      owns every object; NOLOGIN, so that append-only does not hang on good manners
--   varde_recorder   appends: EXECUTE append, or lock_head, INSERT into log.event and seal; never
--                    UPDATE, DELETE
--   varde_projector  reads the log, writes facts and its own checkpoints
--   varde_analyst    reads facts and evaluation views; neither log nor vault
--   varde_steward    registers institutions and erases persons on request
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['varde_owner', 'varde_recorder', 'varde_projector',
                                'varde_analyst', 'varde_steward'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object THEN NULL;  -- another init was faster
      END;
    END IF;
    -- From PostgreSQL 16 on, membership alone does not say that one may act in the role.
    IF NOT pg_has_role(current_user, wanted, CASE
         WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
      EXECUTE format('GRANT %I TO %I', wanted, current_user);
    END IF;
  END LOOP;
  EXECUTE format('GRANT CREATE, CONNECT, TEMPORARY ON DATABASE %I TO varde_owner', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO varde_recorder, varde_projector, varde_analyst, '
                 'varde_steward', current_database());
END $$;

-- A recorder holds its institution's lock while it appends. One that stands still, or whose network
-- is gone, must not hold up the others. Settings of a role count for those who log in as it;
-- `varde` sets the same for itself when it takes the role on (Sources/Postgres/Session.swift).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_db_role_setting AS s JOIN pg_roles AS r ON r.oid = s.setrole
                  WHERE r.rolname = 'varde_recorder' AND s.setdatabase = 0
                    AND 'tcp_keepalives_count=3' = ANY (s.setconfig)) THEN
    ALTER ROLE varde_recorder SET lock_timeout = '10s';
    ALTER ROLE varde_recorder SET idle_in_transaction_session_timeout = '10s';
    ALTER ROLE varde_recorder SET client_connection_check_interval = '5s';
    ALTER ROLE varde_recorder SET tcp_keepalives_idle = '30s';
    ALTER ROLE varde_recorder SET tcp_keepalives_interval = '10s';
    ALTER ROLE varde_recorder SET tcp_keepalives_count = 3;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE NOTICE 'the settings of varde_recorder stay as they are: another login administers it';
  -- "tuple concurrently updated": another init, in another database, was faster.
  WHEN internal_error OR unique_violation THEN NULL;
END $$;

-- So that an operator sees who keeps a snapshot or facts open (ops.open_transactions), which the server
-- hides from other logins. On a server of somebody else's, init may lack the right to grant it: then
-- `varde status` says so.
DO $$
BEGIN
  IF NOT pg_has_role('varde_owner', 'pg_read_all_stats', 'USAGE') THEN
    GRANT pg_read_all_stats TO varde_owner;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE NOTICE 'others'' snapshots stay unseen: this login may not grant pg_read_all_stats';
  WHEN internal_error OR unique_violation THEN NULL;
END $$;
