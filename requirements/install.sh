#!/bin/sh
# Make .venv, or the folder named second, hold exactly what a list of this folder pins:
# `sh requirements/install.sh runtime` (or `dev`), `sh requirements/install.sh peer var/peer`.
# May be interrupted at any point and started twice at once: a mark is written only when all is in place.
set -eu
cd "$(dirname "$0")/.."
list="requirements/$1.txt"
place=${2:-.venv}
lock=$place.lock

say() { echo "MehrWert: $*" >&2; }

python=
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    found=$(python3 --version 2>&1) || found="kein python3"
    say "Python 3.11 oder neuer wird gebraucht, gefunden: $found (anderes Programm: PYTHON=/pfad/python3.12 make run)"
    exit 1
fi
if [ ! -w . ]; then
    say "der Ordner $(pwd) ist nicht beschreibbar, $place kann dort nicht entstehen"
    exit 1
fi
mkdir -p "$(dirname "$place")"

mark="$place/$1.installed"
wanted="$(cksum <"$list") $("$python" --version 2>&1)"
is_complete() { [ "$(cat "$mark" 2>/dev/null)" = "$wanted" ] && "$place/bin/python" -c '' 2>/dev/null; }
is_complete && exit 0

# One install at a time; the lock of a process that is gone counts for nothing.
while ! mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
        rm -rf "$lock"
    else
        sleep 1
    fi
done
trap 'rm -rf "$lock"' EXIT
trap 'exit 130' INT TERM HUP
echo $$ >"$lock/pid"
is_complete && exit 0

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "diesem Python fehlt das Modul venv; unter Debian und Ubuntu: apt-get install python$version-venv"
    exit 1
fi
if ! "$place/bin/python" -m pip --version >/dev/null 2>&1 ||
    [ "$("$place/bin/python" --version 2>&1)" != "$("$python" --version 2>&1)" ]; then
    rm -rf "$place"
    "$python" -m venv "$place" || { say "die Umgebung $place ließ sich nicht anlegen"; exit 1; }
fi
say "installiere $list (nur beim ersten Mal und nach Änderungen) …"
rm -f "$mark"
"$place/bin/python" -m pip install --quiet --quiet --no-input --disable-pip-version-check --require-hashes -r "$list" || {
    say "die Installation von $list ist gescheitert (siehe oben); ein neuer Aufruf setzt sie fort"
    exit 1
}
echo "$wanted" >"$mark"
