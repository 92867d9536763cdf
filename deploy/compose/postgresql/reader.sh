#!/usr/bin/env bash
# An account for Grafana, where anybody who may look may also ask in SQL: it can read the warehouse and do nothing else.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set password="$(cat /run/secrets/wattledger/grafana-postgresql)" <<'SQL'
create role grafana login password :'password' connection limit 20;
alter role grafana set default_transaction_read_only = on;
alter role grafana set statement_timeout = '30s';
grant usage on schema wattledger to grafana;
grant select on all tables in schema wattledger to grafana;
alter default privileges in schema wattledger grant select on tables to grafana;
SQL
