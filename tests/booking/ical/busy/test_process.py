"""Foreign calendars are read in a process that may die; ours goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from booking.domain.clock import minute_of
from booking.ical.busy import process
from booking.ical.busy.process import read_busy_apart
from booking.ical.busy.reading import BusyReading
from booking.ical.busy.text import NotACalendar
from foundation.apart import TooMuch

CORPUS = Path(__file__).parent / "corpus"
TOO_MUCH = "Der Kalender ist zu groß oder zu verwickelt, um ihn zu lesen."


def read(name: str, **options):
    return read_busy_apart(
        (CORPUS / f"{name}.ics").read_bytes(),
        start=datetime(2026, 10, 20, tzinfo=UTC),
        end=datetime(2027, 4, 19, tzinfo=UTC),
        zone="Europe/Berlin",
        own_domain="mehrwert.example",
        **options,
    )


def minutes(*hours: int):
    return tuple(minute_of(datetime(2026, 11, 26, hour, tzinfo=UTC)) for hour in hours)


def test_a_reading_comes_back_whole():
    assert read("unknown_zone") == BusyReading((minutes(8, 9),), 1, ("Absurdistan/Mitte",), 0, 0)
    assert read("interval_zero") == BusyReading((minutes(9, 10),), 1, (), 1, 0)


def test_a_refusal_comes_back_in_words():
    with pytest.raises(NotACalendar, match="beginnt nicht mit BEGIN:VCALENDAR"):
        read("login_page")


def test_what_is_too_much_for_the_process_is_a_refusal(monkeypatch):
    def too_much(*_, **__):
        raise TooMuch

    monkeypatch.setattr(process, "ask", too_much)
    with pytest.raises(NotACalendar, match=TOO_MUCH):
        read("single_utc")
