"""The VCALENDAR around the components (RFC 5545, 3.4)."""

from __future__ import annotations

from collections.abc import Mapping

from icalendar import Calendar
from icalendar.prop import VPROPERTY

from booking.ical.identity import PRODID, Text

CONTENT_TYPE = "text/calendar; charset=utf-8"
END = "END:VCALENDAR\r\n"


def head(properties: Mapping[str, VPROPERTY]) -> str:
    """All that stands before the first component; ``END`` closes it.

    No UID: a VCALENDAR with one makes vdirsyncer lose all events but the first.
    """
    calendar = Calendar()
    calendar["VERSION"] = Text("2.0")
    calendar["PRODID"] = Text(PRODID)
    calendar["CALSCALE"] = Text("GREGORIAN")
    calendar.update(properties)
    text: str = calendar.to_ical().decode()
    return text.removesuffix(END)
