"""F29 and F31: the zone of the machine changes nothing, and the notice holds to the second."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from booking.domain.clock import BERLIN
from booking.links import Purpose, path_to
from booking.services.remind import send_reminders
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rule")]
ZONES = ["Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "UTC"]


@pytest.fixture
def machine_in(monkeypatch):
    """Puts the machine into another zone, as `TZ` does at the start of a process."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def moments(year: int, *numbers: int) -> datetime:
    return datetime(year, *numbers, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "local"),
    [
        (moments(2027, 3, 26, 22, 30), ["2027-03-30T09:00+02:00", "2027-03-30T11:00+02:00"]),
        (moments(2027, 10, 29, 22, 30), ["2027-11-01T09:00+01:00", "2027-11-01T11:00+01:00"]),
        (moments(2026, 12, 31, 23, 30), ["2027-01-04T09:00+01:00", "2027-01-04T11:00+01:00"]),
        (moments(2028, 2, 27, 23, 30), ["2028-02-29T09:00+01:00", "2028-02-29T11:00+01:00"]),
    ],
    ids=["spring", "autumn", "new year", "leap day"],
)
def test_f29_free_times_are_the_same_wherever_the_machine_stands(client, machine_in, now, local):
    pages = []
    for zone in ZONES:
        machine_in(zone)
        with time_machine.travel(now, tick=False):
            pages.append(client.get("/termin/hameln/?besuch=one").content.decode())
    for page in pages:
        for moment in local:
            assert f'value="{moment}"' in page
        assert "T02:30" not in page
    assert len({page.split("<main")[1].split('name="besuch"')[0] for page in pages}) == 1


@pytest.mark.parametrize(
    ("starts", "instant", "reminded"),
    [
        (moments(2027, 3, 28, 7), "20270328T070000Z", moments(2027, 3, 27, 8)),
        (moments(2027, 10, 31, 8), "20271031T080000Z", moments(2027, 10, 30, 7)),
    ],
    ids=["spring", "autumn"],
)
def test_f29_calendar_file_and_reminder_keep_the_local_hour(
    client, advisor, service, machine_in, starts, instant, reminded
):
    booked = AppointmentFactory(advisor=advisor, service=service, starts_at=starts)
    files = set()
    for zone in ZONES:
        machine_in(zone)
        with time_machine.travel(starts - timedelta(days=3), tick=False):
            files.add(client.get(path_to(booked, Purpose.CALENDAR)).content.decode())
        assert send_reminders(now=reminded - timedelta(minutes=1)) == 0
    assert len(files) == 1
    assert f"DTSTART:{instant}\r\n" in files.pop()
    machine_in("America/New_York")
    assert send_reminders(now=reminded) == 1


@pytest.mark.parametrize(("late", "status"), [(-1, 302), (0, 302), (1, 409), (59, 409), (60, 409)])
def test_f31_the_notice_holds_to_the_second(client, service, late, status):
    """The notice was up to 59 seconds too generous once; page, reservation and explanation agree on its end."""
    assert service.notice_hours == 24
    nine = moments(2026, 11, 24, 8)
    with time_machine.travel(nine - timedelta(hours=24) + timedelta(seconds=late), tick=False):
        shown = f'value="{nine.astimezone(BERLIN.zone).isoformat(timespec="minutes")}"'
        assert (shown in client.get("/termin/hameln/").content.decode()) == (status == 302)
        wish = {"anliegen": "erstberatung", "art": "office", "zeit": "2026-11-24T09:00+01:00"}
        assert client.post("/termin/hameln/reservieren/", wish).status_code == status
