#!/bin/sh
# The two roles of the product at PostgreSQL. Run by the image's first start (docker-entrypoint-initdb.d), and by hand
# on a database that was there before:
#
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/roles.sh
#
# careerplan_owner owns the database and all that is in it: migrations alone sign in as it. careerplan_app is the
# product's: it reads and writes rows, as `manage.py grant_database_role careerplan_app` says after each migration.
# The superuser (POSTGRES_USER) is nobody's but the server's. Run again, it changes nothing but the passwords.
set -eu

: "${POSTGRES_USER:?}" "${DATABASE_OWNER_PASSWORD:?}" "${DATABASE_PASSWORD:?}"
database="${POSTGRES_DB:-$POSTGRES_USER}"

psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$database" \
  --set owner_password="$DATABASE_OWNER_PASSWORD" --set app_password="$DATABASE_PASSWORD" \
  --set database="$database" <<'SQL'
SET client_min_messages = warning;
-- Neither password reaches the server's log.
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
BEGIN;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'careerplan_owner') THEN CREATE ROLE careerplan_owner; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'careerplan_app') THEN CREATE ROLE careerplan_app; END IF;
END $$;
ALTER ROLE careerplan_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE careerplan_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'app_password';
ALTER DATABASE :"database" OWNER TO careerplan_owner;
ALTER SCHEMA public OWNER TO careerplan_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
-- Nor do they go anywhere else: what is there belongs to the server.
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname)
FROM pg_database WHERE datname IN ('postgres', 'template1') AND datname <> :'database'
\gexec
GRANT CONNECT ON DATABASE :"database" TO careerplan_app;
-- The product keeps its files on the disk: nobody but the superuser makes large objects.
SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
  AND proname IN ('lo_create', 'lo_creat', 'lo_from_bytea', 'lo_put', 'lowrite', 'lo_truncate', 'lo_truncate64')
\gexec
-- What a former release's account made (it was the superuser).
DO $$
DECLARE thing record;
BEGIN
  FOR thing IN
    SELECT c.relname, c.relkind FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      AND c.relowner <> 'careerplan_owner'::regrole
  LOOP
    EXECUTE format('ALTER TABLE public.%I OWNER TO careerplan_owner', thing.relname);
  END LOOP;
  FOR thing IN  -- those of no column; a column's goes with its table
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' AND c.relowner <> 'careerplan_owner'::regrole
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i'))
  LOOP
    EXECUTE format('ALTER SEQUENCE public.%I OWNER TO careerplan_owner', thing.relname);
  END LOOP;
  FOR thing IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> 'careerplan_owner'::regrole
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO careerplan_owner', thing.name);
  END LOOP;
END $$;
COMMIT;
SQL
