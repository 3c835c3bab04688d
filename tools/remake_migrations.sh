#!/usr/bin/env bash
# Regenerates the initial migrations of the named apps (allowed until the first release), leaving
# the hand-written ones as they are: tools/remake_migrations.sh kernel/cases mechanisms/petitions
set -euo pipefail
cd "$(dirname "$0")/.."
parked=$(mktemp -d)
trap 'for f in "$parked"/*; do [ -e "$f" ] && mv "$f" "$(basename "$f" | sed "s,@,/,g")"; done; rm -rf "$parked"' EXIT
labels=()
for app in "$@"; do
  labels+=("$(basename "$app")")
  rm -f "src/evenhand/$app/migrations/0001_initial.py"
done
# Every hand-written migration steps aside, since it may depend on what is being made anew.
for file in src/evenhand/*/*/migrations/0002_*.py; do
  mv "$file" "$parked/$(echo "$file" | sed 's,/,@,g')"
done
.venv/bin/evenhand makemigrations "${labels[@]}"
