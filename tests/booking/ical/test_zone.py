"""The zone block read as Outlook does: by DTSTART, RRULE and the two offsets alone."""

import re
from calendar import SUNDAY, monthrange
from datetime import UTC, datetime, timedelta

import pytest

from booking.ical.zone import BERLIN, BERLIN_BLOCK


def last_sunday(year: int, month: int) -> int:
    weekday_of_first, length = monthrange(year, month)
    return max(range((SUNDAY - weekday_of_first) % 7 + 1, length + 1, 7))


def offset(text: str) -> timedelta:
    sign, hours, minutes = re.fullmatch(r"([+-])(\d\d)(\d\d)", text).groups()
    return timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)


def onset(kind: str, year: int) -> tuple[datetime, timedelta]:
    """The instant at which the clocks change in ``year``, and the offset from then on."""
    inner = re.search(rf"BEGIN:{kind}\r\n(.*)END:{kind}\r\n", BERLIN_BLOCK, re.DOTALL)[1]
    values = dict(line.split(":", 1) for line in inner.splitlines())
    month = int(re.fullmatch(r"FREQ=YEARLY;BYMONTH=(\d+);BYDAY=-1SU", values["RRULE"])[1])
    start = datetime.strptime(values["DTSTART"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    assert (start.month, start.day) == (month, last_sunday(start.year, month)), "DTSTART is no occurrence of RRULE"
    local = start.replace(year=year, day=last_sunday(year, month))
    return local - offset(values["TZOFFSETFROM"]), offset(values["TZOFFSETTO"])


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2026, 3, 29), (2032, 10, 31)]
)
def test_last_sunday(year: int, month: int, day: int) -> None:
    assert last_sunday(year, month) == day


def test_zone_block_changes_when_zoneinfo_does_and_only_then() -> None:
    one_o_clock = datetime(2000, 1, 1, 1, tzinfo=UTC)
    days = range((datetime(2041, 1, 1, tzinfo=UTC) - one_o_clock).days + 1)
    seconds = [one_o_clock + timedelta(days=day, seconds=second) for day in days for second in (-1, 0)]
    offsets = [second.astimezone(BERLIN).utcoffset() for second in seconds]
    changes = [
        (second, now)
        for second, before, now in zip(seconds[1:], offsets[:-1], offsets[1:], strict=True)
        if before != now
    ]
    assert changes == [onset(kind, year) for year in range(2000, 2041) for kind in ("DAYLIGHT", "STANDARD")]


def test_zone_block_is_lines_ended_by_crlf() -> None:
    assert BERLIN_BLOCK.split("\r\n")[0] == "BEGIN:VTIMEZONE"
    assert BERLIN_BLOCK.split("\r\n")[-2:] == ["END:VTIMEZONE", ""]
    assert "\n" not in BERLIN_BLOCK.replace("\r\n", "")
