"""The steps of a visitor through the booking, and a small network to walk in, at today's real date."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

from django.utils import timezone

from booking.domain.clock import BERLIN
from booking.models import Appointment, BookingSettings, Service
from booking.selectors import free_times
from offices.models import Office
from tests.rivals import Answer, Errand, Step

ANSWERS = {
    "organization": "Beispiel Metallbau & Söhne GmbH",
    "name": "Kim Muster",
    "email": "kim@metallbau.example",
    "phone": "",
    "postcode": "31785",
    "size_class": "10-49",
    "topic": "Staplerschein <b>",
    "message": "",
}


def let_one_address_book_all() -> None:
    """All visitors give the same answers, their e-mail address too."""
    BookingSettings.objects.update_or_create(defaults={"appointments_per_address": 1000})


def free_starts(service: Service, *offices: Office, days: int = 2) -> list[datetime]:
    """The times that can be booked, from the day after so many days on: no clock ticks them away during a test."""
    slots = free_times(service, now=timezone.now(), offices=offices, first=timezone.localdate() + timedelta(days=days))
    return sorted({BERLIN.moment(slot.start) for slot in slots})


def reserving(office: Office, starts_at: datetime, *, visit: str = "", typed: dict[str, str] | None = None) -> Step:
    wish = {"anliegen": "erstberatung", "art": "office", "zeit": starts_at.isoformat(timespec="minutes")}
    return Step("POST", f"/termin/{office.slug}/reservieren/", wish | {"besuch": visit} | (typed or {}))


def network(number: int) -> str:
    """Another internet connection for every visitor; the server is told to believe one proxy."""
    return f"198.51.{number // 250}.{number % 250 + 1}"


def visitors(*ways: list[Step]) -> list[Errand]:
    return [Errand(steps, network=network(number)) for number, steps in enumerate(ways)]


def whole_way(reserve: Step, answers: dict[str, str] | None = None) -> list[Step]:
    """Reserve, look at the form, send it, look at the appointment."""
    return [reserve, Step("GET"), Step("POST", data=answers or ANSWERS), Step("GET")]


def heading(answer: Answer) -> str:
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", answer.body, re.DOTALL)[1]).strip()


def offered(answer: Answer) -> list[datetime]:
    """The times that a page offers for what was wished for; other kinds and offices stand beside and do not count."""
    wished = answer.body.partition('id="daneben"')[0]
    return [datetime.fromisoformat(value) for value in re.findall(r'name="zeit" value="([^"]+)"', wished)]


def kept(answer: Answer) -> dict[str, str]:
    """What a page carries along in hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.body)
    return {name: unescape(value) for name, value in found}


def taken(**which: object) -> list[tuple[str, datetime]]:
    """Status and start of all that takes time."""
    found = Appointment.objects.taking_time(now=timezone.now()).filter(**which).order_by("starts_at", "pk")
    return list(found.values_list("status", "starts_at"))
