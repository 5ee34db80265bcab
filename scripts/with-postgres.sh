#!/usr/bin/env bash
# with-postgres.sh COMMAND…: runs COMMAND with TEST_POSTGRES_URL pointing at a private, empty PostgreSQL
# that lives as long as the command does.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: with-postgres.sh COMMAND…" >&2; exit 2; }

# the newest installed server, 15 or later
bin=
for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n) "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
  [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ] && bin=$candidate
done
[ -n "$bin" ] || { echo "no PostgreSQL server here: run 'make setup' (Debian package postgresql)" >&2; exit 1; }
major=$("$bin/postgres" -V | grep -oE '[0-9]+' | head -1)
[ "$major" -ge 15 ] || { echo "PostgreSQL $major is too old: 15 or later is needed" >&2; exit 1; }

home=$(mktemp -d /tmp/pause-postgres.XXXXXX)
# PostgreSQL refuses to run as root
as_server() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  as_server() { (cd / && setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@"); }
  chown "$user" "$home"
fi

stop() {
  as_server "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

as_server "$bin/initdb" -D "$home/data" -U test -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$home/initdb.log" 2>&1 ||
  { cat "$home/initdb.log" >&2; exit 1; }

# A port that was free a moment ago; if somebody took it meanwhile, another.
url=
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  if as_server "$bin/pg_ctl" -D "$home/data" -w -t 30 -l "$home/log" \
    -o "-c listen_addresses=127.0.0.1 -p $port -k $home -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" \
    start >/dev/null 2>&1; then
    url="postgres://test@127.0.0.1:$port/postgres"
    break
  fi
done
[ -n "$url" ] || { cat "$home/log" >&2; exit 1; }

status=0
TEST_POSTGRES_URL=$url "$@" || status=$?
exit "$status"
