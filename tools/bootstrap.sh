#!/bin/sh
# Finds a Python that is new enough and hands over to tools/setup.py.
set -eu
cd "$(dirname "$0")/.."

found=""
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$candidate" tools/setup.py "$@"
    fi
    [ -n "$found" ] || found=$("$candidate" -c 'import platform; print(platform.python_version())' 2>/dev/null) || true
done
echo "evenhand: Python 3.11 or newer is needed (found: ${found:-none});" \
    "install it, for example: apt-get install python3 python3-venv" >&2
exit 1
