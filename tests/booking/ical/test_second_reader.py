"""What vobject, which shares no code with icalendar, reads in our calendars around the changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import vobject

from booking.ical.event import event_text
from booking.ical.feed import feed_document
from booking.ical.invitation import Party, invitation, published
from tests.booking.ical.sample import make_event

HALF_HOUR = timedelta(minutes=30)
CHANGES_OF_THE_CLOCK = ["2026-10-25", "2027-03-28", "2027-10-31"]
ORGANIZER, ATTENDEE = Party("Büro", "termine@mehrwert.example"), Party("Kim", "kim@firma.example")


def moments(day: str) -> list[datetime]:
    """Every half hour from eight hours before midnight to sixteen after, in UTC."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return [midnight + number * HALF_HOUR for number in range(-16, 32)]


def read(text: str) -> list[tuple[str, datetime, datetime]]:
    calendar = vobject.readOne(text)
    return [
        (event.uid.value, event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for event in calendar.contents.get("vevent", [])
    ]


def booked(day: str):
    return [
        make_event(uid=f"{number}@mehrwert.example", start=start, end=start + HALF_HOUR)
        for number, start in enumerate(moments(day))
    ]


@pytest.mark.parametrize("day", CHANGES_OF_THE_CLOCK)
def test_feed_means_the_instants_that_were_booked(day):
    events = booked(day)
    text = "".join(feed_document(name="Ada", description="", events=map(event_text, events)))
    assert read(text) == [(event.uid, event.start, event.end) for event in events]


@pytest.mark.parametrize("day", CHANGES_OF_THE_CLOCK)
def test_invitations_and_files_mean_the_instants_that_were_booked(day):
    """Invitations name the zone outside the doubled hour: vobject asks the VTIMEZONE in them."""
    for event in booked(day):
        expected = [(event.uid, event.start, event.end)]
        for method in ("REQUEST", "CANCEL"):
            text = invitation(event=event, method=method, organizer=ORGANIZER, attendee=ATTENDEE)
            assert read(text) == expected
        assert read(published(event)) == expected


def test_empty_feed_is_read():
    assert read("".join(feed_document(name="Ada", description="", events=()))) == []
