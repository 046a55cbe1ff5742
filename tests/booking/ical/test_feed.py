from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.ical.event import event_text
from booking.ical.feed import feed_document
from booking.ical.identity import clean_text
from tests.booking.ical.by_the_letter import assert_folded, content_lines, properties, unescaped
from tests.booking.ical.sample import make_event

EMPTY = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//MehrWert//Beratungstermine//DE
CALSCALE:GREGORIAN
X-WR-CALDESC:Gebuchte Termine\; Stand laufend\nC:\\Nachweise
NAME:Müller\, Köln
X-WR-CALNAME:Müller\, Köln
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
END:VCALENDAR
"""


def feed(
    *events: str,
    name: str = "Müller, Köln",
    description: str = "Gebuchte Termine; Stand laufend\nC:\\Nachweise",
    **options: Any,
) -> str:
    return "".join(feed_document(name=name, description=description, events=events, **options))


def test_empty_feed_is_whole() -> None:
    assert feed() == EMPTY.replace("\n", "\r\n")


def test_empty_feed_is_valid() -> None:
    parsed = icalendar.Calendar.from_ical(feed())
    parsed.validate()
    assert parsed.errors == []
    assert parsed["REFRESH-INTERVAL"].dt == timedelta(hours=1)


def test_events_stand_as_they_are_before_the_end() -> None:
    first, second = event_text(make_event()), event_text(make_event(uid="zwei@mehrwert.example"))
    end = "END:VCALENDAR\r\n"
    assert feed(first, second) == feed().removesuffix(end) + first + second + end


def test_feed_speaks_to_nobody() -> None:
    names = {line.partition(":")[0].partition(";")[0] for line in feed(event_text(make_event())).split("\r\n")}
    assert names.isdisjoint({"METHOD", "ATTENDEE", "ORGANIZER"})
    assert "UID" not in feed()


def test_events_are_taken_one_by_one() -> None:
    taken = []

    def events() -> Iterator[str]:
        for number in range(3):
            taken.append(number)
            yield f"{number}"

    pieces = feed_document(name="x", description="", events=events())
    head = next(pieces)
    assert (head[:15], "\nBEGIN:VTIMEZONE" in head, taken) == ("BEGIN:VCALENDAR", True, [])
    assert (next(pieces), taken) == ("0", [0])
    assert [*pieces] == ["1", "2", "END:VCALENDAR\r\n"]


def test_feed_without_description() -> None:
    expected = "".join(line for line in EMPTY.splitlines(keepends=True) if not line.startswith("X-WR-CALDESC"))
    assert feed(description="") == expected.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("refresh", "written"),
    [
        (timedelta(minutes=15), "PT15M"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(days=1), "P1D"),
        (timedelta(days=1, hours=6), "P1DT6H"),
    ],
)
def test_refresh_interval(refresh: timedelta, written: str) -> None:
    assert feed(refresh=refresh) == feed().replace("PT1H", written)


@pytest.mark.parametrize("refresh", [timedelta(0), timedelta(hours=-1), timedelta(milliseconds=999)])
def test_refresh_interval_must_be_positive(refresh: timedelta) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        feed_document(name="x", description="", events=(), refresh=refresh)


HEAD_NAMES = [line.partition(":")[0] for line in EMPTY.splitlines() if not line.startswith("X-WR-CALDESC")]
ANY_TEXT = st.text(st.characters(), max_size=120) | st.text(st.sampled_from('\\nN,;:"\r\n \tä😀\x00'), max_size=120)


@settings(deadline=None)
@given(name=ANY_TEXT, description=ANY_TEXT)
def test_any_name_stays_inside_its_property(name: str, description: str) -> None:
    text = feed(name=name, description=description)
    assert_folded(text)
    written = dict(properties(text))
    assert unescaped(written["NAME"]) == unescaped(written["X-WR-CALNAME"]) == clean_text(name)
    assert unescaped(written.get("X-WR-CALDESC", "")) == clean_text(description)
    assert [line.partition(":")[0] for line in content_lines(text) if not line.startswith("X-WR-CALDESC")] == HEAD_NAMES
