#!/bin/bash
# Makes a database on the first start, with the variables of the public image, and becomes the server.
set -euo pipefail

fail() { printf 'postgres: %s\n' "$*" >&2; exit 1; }

# NAME, or what is in the file that NAME_FILE names.
setting() {
  local name=$1 file=${1}_FILE
  if [[ -n ${!file:-} ]]; then
    [[ -z ${!name:-} ]] || fail "Both $name and $file are set; set one of them"
    [[ -r ${!file} ]] || fail "$file is ${!file}, which cannot be read"
    printf -v "$name" '%s' "$(<"${!file}")"
  else
    printf -v "$name" '%s' "${!name:-${2:-}}"
  fi
  unset "$file"
}

if (($# == 0)) || [[ $1 == -* ]]; then set -- postgres "$@"; fi
if [[ $1 != postgres ]]; then exec "$@"; fi

if ((EUID == 0)); then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  exec setpriv --reuid postgres --regid postgres --init-groups "${BASH_SOURCE[0]}" "$@"
fi

initialise() {
  setting POSTGRES_PASSWORD
  setting POSTGRES_USER postgres
  setting POSTGRES_DB "$POSTGRES_USER"
  local method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  [[ -n $POSTGRES_PASSWORD || $method == trust ]] ||
    fail "There is no database yet and no password for its superuser; set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE"
  # Not quoted: may be several options.
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") ${POSTGRES_INITDB_ARGS:-}
  printf 'host all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
  export POSTGRES_USER POSTGRES_DB PGPASSWORD=$POSTGRES_PASSWORD
  pg_ctl --wait -o "-c listen_addresses=''" start
  local psql=(psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER")
  [[ $POSTGRES_DB == postgres ]] || "${psql[@]}" --dbname postgres --set name="$POSTGRES_DB" <<<'CREATE DATABASE :"name"'
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [[ -x $file ]]; then "$file"; else . "$file"; fi ;;
      *.sql) "${psql[@]}" --dbname "$POSTGRES_DB" --file "$file" ;;
      *.sql.gz) gunzip -c "$file" | "${psql[@]}" --dbname "$POSTGRES_DB" ;;
    esac
  done
  pg_ctl --wait --mode fast stop
  unset PGPASSWORD POSTGRES_PASSWORD
}

if [[ ! -s $PGDATA/PG_VERSION ]]; then initialise; fi
exec "$@"
