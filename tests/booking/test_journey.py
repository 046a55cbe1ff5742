"""A firm finds its office, books, looks, moves and cancels."""

from __future__ import annotations

import re
from html import unescape

import pytest

from booking.enums import Status
from booking.models import Appointment
from foundation.models import OutgoingMail

ANSWERS = {
    "organization": "Beispiel Metallbau GmbH",
    "name": "Kim Muster",
    "email": "kim@metallbau.example",
    "phone": "",
    "postcode": "31785",
    "size_class": "10-49",
    "topic": "Staplerschein",
    "message": "",
}


def first_time(html: str) -> str:
    return re.search(r'name="zeit" value="([^"]+)"', html)[1]


def link(html: str, purpose: str) -> str:
    return unescape(re.search(rf'href="(/termin/{purpose}/[^"]+)"', html)[1])


@pytest.mark.django_db
def test_firm_books_moves_and_cancels(client, now, rule):
    found = client.get("/termin/", {"plz": "31785"})
    assert (found.status_code, found.url) == (302, "/termin/hameln/?plz=31785")

    times = client.get(found.url)
    html = times.content.decode()
    assert "Ihr Büro für 31785 im Landkreis Hameln-Pyrmont." in html
    chosen = first_time(html)
    assert chosen == "2026-11-24T09:00+01:00"

    held = client.post(
        "/termin/hameln/reservieren/",
        {"anliegen": "erstberatung", "art": "office", "zeit": chosen, "besuch": "one-visit", "plz": "31785"},
    )
    assert held.status_code == 302
    assert held.url.startswith("/termin/reserviert/")
    form = client.get(held.url).content.decode()
    assert "bis <strong" in form
    assert "8:10 Uhr" in form
    assert 'value="31785"' in form

    booked = client.post(held.url, ANSWERS)
    assert booked.url.startswith("/termin/ansehen/")
    page = client.get(booked.url).content.decode()
    appointment = Appointment.objects.get()
    assert appointment.status == Status.BOOKED
    assert "Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr" in page
    assert appointment.reference in page
    assert "Eine Liste Ihrer Fragen." in page
    assert "Ada Beispiel" in page
    assert client.cookies == {}

    moving = client.get(link(page, "verschieben")).content.decode()
    later = re.findall(r'name="zeit" value="([^"]+)"', moving)[2]
    moved = client.post(link(page, "verschieben"), {"zeit": later, "stand": "0"})
    assert moved.url == booked.url
    assert "Dienstag, 24. November 2026, 10:00 bis 11:00 Uhr" in client.get(moved.url).content.decode()

    assert "Möchten Sie diesen Termin absagen?" in client.get(link(page, "absagen")).content.decode()
    cancelled = client.post(link(page, "absagen"), {"grund": ""})
    assert "Ihr Termin ist abgesagt" in client.get(cancelled.url).content.decode()
    appointment.refresh_from_db()
    assert (appointment.status, appointment.sequence) == (Status.CANCELLED, 2)
    # All written while the clock stood still: they have no order.
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {
        "firm_booked",
        "advisor_booked",
        "firm_moved",
        "advisor_moved",
        "firm_cancelled",
        "advisor_cancelled",
    }
    assert OutgoingMail.objects.count() == 6
