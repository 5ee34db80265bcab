#!/usr/bin/env bash
# scripts/same-exports.sh BEFORE AFTER: two builds of the program give out the same bytes of the same demonstration.
# Says what differs; ends with 1 where anything does.
set -euo pipefail
before=$1 after=$2
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
export DATABASE_URL="sqlite://$folder/demo.sqlite?mode=rwc"

"$before" serve --demo --listen 127.0.0.1:0 >"$folder/log" 2>&1 &
server=$!
until grep -q 'Open http' "$folder/log"; do
  kill -0 "$server" || { cat "$folder/log" >&2; exit 1; }
  sleep 0.2
done
kill "$server"
wait "$server" || true
"$after" migrate >/dev/null 2>/dev/null

give() { # NAME ARGUMENTS: what both builds write
  local name=$1
  shift
  "$before" "$@" --out "$folder/before" 2>/dev/null
  "$after" "$@" --out "$folder/after" 2>/dev/null
  if cmp -s "$folder/before" "$folder/after"; then echo "same     $name"; else echo "differs  $name"; differs=1; fi
}

differs=0
for format in csv json; do
  for kind in assessments adaptations actions support evidence wordings; do
    give "export $kind $format" export "$kind" --format "$format"
  done
  give "national report $format" report national --cycle 2026 --format "$format"
  give "Practice report $format" report practice --practice marrowdale --cycle 2026 --format "$format"
done
exit "$differs"
