-- Who may do what. Roles belong to the whole server, so this file runs before any migration and
-- may run again. Nobody logs in as varde_owner; people and programs are members of the others.
--
--   varde_owner      owns every object; NOLOGIN, so that append-only does not hang on good manners
--   varde_recorder   appends: INSERT into log.event, EXECUTE lock_head and seal; never UPDATE, DELETE
--   varde_projector  reads the log, writes facts and its own checkpoints
--   varde_analyst    reads facts and evaluation views; neither log nor vault
--   varde_steward    registers institutions and, later, erases persons on request
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
