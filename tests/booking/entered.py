"""An advisor's calendar on a real server: what stands in it, and what should by the database alone."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from icalendar import Calendar

from booking.enums import Status
from booking.models import Appointment, PushCalendar
from booking.services.connect_push import connect_push
from foundation.fetching.client import Client
from foundation.fetching.guard import Endpoint
from offices.models import Advisor
from tests.calendar_peers import PASSWORD, USER, CalDavServer
from tests.factories.offices import AdvisorFactory

Events = list[tuple[str, datetime, datetime, int]]
"""UID, start, end and SEQUENCE of each, sorted."""

_NAMES = (f"kalender{number}" for number in count())


def client_for(*endpoints: Endpoint) -> Client:
    return Client("Test/1", {}, allowed_inside=frozenset(endpoints))


def connected(
    server: CalDavServer, *, now: datetime, advisor: Advisor | None = None, port: int | None = None
) -> PushCalendar:
    """An advisor's calendar, empty there and written into; by way of another port, if one is named."""
    path = next(_NAMES)
    server.make_collection(path, "Beratung")
    port = port or server.port
    calendar = connect_push(
        advisor=advisor or AdvisorFactory(),
        url=server.url_of(path).replace(f":{server.port}/", f":{port}/"),
        user=USER,
        password=PASSWORD,
        now=now,
        client=client_for(("127.0.0.1", port)),
    )
    assert (calendar.state, calendar.name) == (PushCalendar.State.ACTIVE, "Beratung")
    return calendar


def path_of(calendar: PushCalendar) -> str:
    return str(calendar.door["collection"]).rstrip("/").rsplit("/", 1)[-1]


def events_at(server: CalDavServer, calendar: PushCalendar) -> Events:
    texts = server.objects(path_of(calendar)).values()
    return sorted(
        (str(event["UID"]), event["DTSTART"].dt, event["DTEND"].dt, int(event["SEQUENCE"]))
        for text in texts
        for event in Calendar.from_ical(text).walk("VEVENT")
    )


def events_wanted(calendar: PushCalendar) -> Events:
    booked = Appointment.objects.filter(advisor=calendar.advisor_id, status=Status.BOOKED)
    return sorted((f"{each.uid}@mehrwert.example", each.starts_at, each.ends_at, each.sequence) for each in booked)
