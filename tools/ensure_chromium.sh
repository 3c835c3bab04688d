#!/bin/sh
# The browser tests drive Debian's Chromium: found on PATH, else installed where we may.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(id -u)" = 0 ]; then
    root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    root="sudo -n"
else
    root="none"
fi
if [ "$root" != none ] && command -v apt-get >/dev/null 2>&1; then
    echo "· Chromium and fonts …"
    export DEBIAN_FRONTEND=noninteractive
    if $root apt-get update -qq >/dev/null &&
        $root apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null; then
        exit 0
    fi
fi
echo "evenhand: the browser tests need Chromium on PATH; install it: apt-get install chromium fonts-noto-cjk" \
    "(make fast runs the others)" >&2
exit 1
