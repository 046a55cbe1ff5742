"""Europe/Berlin, as the site's rules mean it and as calendar programs read it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

# RFC 5545, 3.6.5; valid from October 1996 on. Only DTSTART, RRULE and the two offsets say when the clocks change:
# Outlook reads nothing else of a VTIMEZONE (MS-STANOICAL 2.2.47). An onset is local time by TZOFFSETFROM.
BERLIN_BLOCK = "\r\n".join(
    (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "DTSTART:19810329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    )
)
