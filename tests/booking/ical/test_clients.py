"""Our files as programs of others read them."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from vdirsyncer.vobject import split_collection

from booking.ical.event import CalendarEvent, event_text
from booking.ical.feed import feed_document
from booking.ical.invitation import Party, invitation, published
from booking.ical.zone import BERLIN
from tests.booking.ical.sample import make_event

# The night hours are left out: with X-WR-TIMEZONE recurring-ical-events takes the doubled hour for its first pass.
HOURS_BY_DAY = [
    [datetime(*day, hour, tzinfo=BERLIN) for hour in range(6, 22)]
    for day in ((2026, 10, 24), (2026, 10, 25), (2026, 10, 26), (2027, 3, 27), (2027, 3, 28), (2027, 3, 29))
]


def feed(events: list[CalendarEvent]) -> str:
    return "".join(feed_document(name="Müller, Köln", description="", events=map(event_text, events)))


def spans(text: str, start: datetime, end: datetime) -> dict[str, tuple[datetime, datetime]]:
    """Start and end in UTC of each event, by UID."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(start, end)
    return {str(event["UID"]): (event.start.astimezone(UTC), event.end.astimezone(UTC)) for event in found}


@pytest.mark.parametrize("starts", HOURS_BY_DAY, ids=lambda starts: f"{starts[0]:%Y-%m-%d}")
def test_recurring_ical_events_finds_each_event_at_its_hour(starts: list[datetime]) -> None:
    events = [make_event(uid=f"{start:%d-%H}", start=start, end=start + timedelta(minutes=59)) for start in starts]
    found = spans(feed(events), starts[0], starts[-1] + timedelta(hours=1))
    assert found == {event.uid: (event.start.astimezone(UTC), event.end.astimezone(UTC)) for event in events}


def test_recurring_ical_events_finds_invitation_and_file() -> None:
    event = make_event()
    party = Party("Anna", "anna@firma.example")
    for text in (published(event), invitation(event=event, method="REQUEST", organizer=party, attendee=party)):
        assert spans(text, event.start, event.end) == {event.uid: (event.start, event.end)}
        assert spans(text, event.end, event.end + timedelta(days=400)) == {}


def test_vdirsyncer_keeps_every_event() -> None:
    events = [make_event(uid=f"{number}@mehrwert.example", summary="Ü" * 90) for number in range(3)]
    items = list(split_collection(feed(events)))
    assert [item.count("BEGIN:VEVENT") for item in items] == [1, 1, 1]
    assert sum(event.uid in item for event in events for item in items) == 3
