"""What programs that share no code with ours read in our calendars around the changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from booking.ical.event import CalendarEvent, event_text
from booking.ical.feed import feed_document
from booking.ical.invitation import Party, invitation, published
from booking.ical.stored import object_text
from tests.booking.ical.sample import make_event
from tests.calendar_readers import Spans, read_in_node, read_with_libical, read_with_vobject

HALF_HOUR = timedelta(minutes=30)
CHANGES_OF_THE_CLOCK = ["2026-10-25", "2027-03-28", "2027-10-31"]
ORGANIZER, ATTENDEE = Party("Büro", "termine@mehrwert.example"), Party("Kim", "kim@firma.example")


def booked(day: str) -> list[CalendarEvent]:
    """Every half hour, in UTC: of the night of the change from eight hours before midnight to sixteen after, and of
    the hours from eight to nine of the days before and after."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    night = [midnight + number * HALF_HOUR for number in range(-16, 32)]
    days = [midnight + timedelta(days=number, hours=8) for number in (-2, -1, 1, 2)]
    starts = sorted({*night, *days, *(start + HALF_HOUR for start in days)})
    return [
        make_event(uid=f"{number}@mehrwert.example", start=start, end=start + HALF_HOUR)
        for number, start in enumerate(starts)
    ]


def feed(events: list[CalendarEvent]) -> str:
    return "".join(feed_document(name="Ada", description="", events=map(event_text, events)))


def mailed(event: CalendarEvent, method: str) -> str:
    """Names the zone outside the doubled hour: the reader asks the VTIMEZONE."""
    return invitation(event=event, method=method, organizer=ORGANIZER, attendee=ATTENDEE)


def span(event: CalendarEvent) -> tuple[str, datetime, datetime]:
    return event.uid, event.start, event.end


def samples() -> dict[str, list[tuple[str, Spans]]]:
    """By what leaves the house: the texts, each with what it means."""
    events = [event for day in CHANGES_OF_THE_CLOCK for event in booked(day)]
    return {
        "feed": [(feed(booked(day)), [span(event) for event in booked(day)]) for day in CHANGES_OF_THE_CLOCK],
        "empty feed": [(feed([]), [])],
        "invitation": [(mailed(event, "REQUEST"), [span(event)]) for event in events],
        "cancellation": [(mailed(event, "CANCEL"), [span(event)]) for event in events],
        "file": [(published(event), [span(event)]) for event in events],
        "entry of a calendar": [(object_text(event), [span(event)]) for event in events],
        "entry with a reminder": [(object_text(event, reminder=HALF_HOUR), [span(event)]) for event in events],
    }


SAMPLES = samples()


@pytest.fixture(scope="module")
def in_node() -> dict[str, dict[str, list[Spans]]]:
    """By reader and kind, from one process for all of them."""
    every = [(kind, text) for kind, rows in SAMPLES.items() for text, _ in rows]
    read = read_in_node([text for _, text in every])
    return {
        reader: {kind: [spans for (of, _), spans in zip(every, found, strict=True) if of == kind] for kind in SAMPLES}
        for reader, found in read.items()
    }


def meant(kind: str) -> list[Spans]:
    return [spans for _, spans in SAMPLES[kind]]


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("read", [read_with_vobject, read_with_libical])
def test_every_moment_is_read_as_it_was_booked(kind, read):
    assert [read(text) for text, _ in SAMPLES[kind]] == meant(kind)


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
def test_every_moment_is_read_in_node_as_it_was_booked(kind, reader, in_node):
    assert in_node[reader][kind] == meant(kind)


def test_the_samples_cross_each_change_of_the_clock():
    for day, rows in zip(CHANGES_OF_THE_CLOCK, meant("feed"), strict=True):
        days = {start.date() - datetime.fromisoformat(day).date() for _, start, _ in rows}
        assert days == {timedelta(days=number) for number in (-2, -1, 0, 1, 2)}
        assert len(rows) == 56
    zoned = [text for text, _ in SAMPLES["invitation"] if "DTSTART;TZID=Europe/Berlin:" in text]
    assert len(zoned) > 150
