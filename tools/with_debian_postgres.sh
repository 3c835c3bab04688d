#!/usr/bin/env bash
# with_debian_postgres.sh BIN COMMAND…: runs COMMAND over a private server made by the programs in
# BIN, with Evenhand's roles and their addresses in the environment. The server goes with us.
set -euo pipefail
bin=$1
shift

home=$(mktemp -d /tmp/evenhand-pg.XXXXXX)
as_user() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u nobody -- "$@"
    else
        "$@"
    fi
}
finish() {
    as_user "$bin/pg_ctl" --pgdata="$home/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap finish EXIT

[ "$(id -u)" != 0 ] || chown nobody "$home"
cd "$home"
as_user "$bin/initdb" --pgdata="$home/data" --username=postgres --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >/dev/null
as_user "$bin/pg_ctl" --pgdata="$home/data" --wait --log="$home/log" start \
    --options="-h '' -k $home -c fsync=off -c max_connections=120" >/dev/null
cd "$OLDPWD"

.venv/bin/python - <<'PYTHON' | "$bin/psql" --quiet --host="$home" --username=postgres postgres
from evenhand.config import database

for role, options in database.role_options().items():
    print(f"CREATE ROLE evenhand_{role} WITH {options};")
print("CREATE DATABASE evenhand OWNER evenhand_owner;")
PYTHON
"$bin/postgres" --version

export DATABASE_URL="postgresql://evenhand_app@/evenhand?host=$home"
export DATABASE_OWNER_URL="postgresql://evenhand_owner@/evenhand?host=$home"
export DATABASE_READER_URL="postgresql://evenhand_reader@/evenhand?host=$home"
"$@"
