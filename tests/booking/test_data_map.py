"""P1: the data map in docs/datenschutz.md names every field with purpose, legal base and retention, and nothing else
is asked or kept."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from booking.answers import PREFIX
from booking.enums import Kind
from booking.forms import FirmForm, MissingForm
from booking.models import Appointment
from booking.services.erase import erase_data
from tests.booking.conftest import NOW
from tests.booking.test_forgetting import STATISTICS
from tests.factories.booking import AppointmentFactory, ServiceQuestionFactory

pytestmark = pytest.mark.django_db

BASES = {"Anfrage", "berechtigtes Interesse, Art. 6 Abs. 1 Buchst. f DSGVO"}
GOES = "mit dem Termin"
WISH = {"anliegen": "erstberatung", "art": "office", "zeit": "2026-11-24T09:00+01:00"}


def tables() -> list[list[dict[str, str]]]:
    """The tables of the map that have a column „Feld“, their rows under their headings."""
    found: list[list[dict[str, str]]] = []
    head: list[str] = []
    for line in Path("docs/datenschutz.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            head = []
        elif not head:
            head = cells
            if "Feld" in head:
                found.append([])
        elif "Feld" in head and set(line) - set("|-"):
            found[-1].append(dict(zip(head, cells, strict=True)))
    return found


def by_field(*rows: dict[str, str]) -> dict[str, dict[str, str]]:
    return {re.fullmatch(r"`(\w+)`", row["Feld"])[1]: row for row in rows}


@pytest.fixture
def asked() -> dict[str, dict[str, str]]:
    return by_field(*tables()[0])


@pytest.fixture
def everything() -> dict[str, dict[str, str]]:
    return by_field(*(row for table in tables() for row in table))


def test_p1_every_field_has_purpose_legal_base_and_retention(everything):
    assert len(tables()) == 2
    for field, row in everything.items():
        assert all(row.values()), field
        assert row["Grundlage"] in BASES, field


def test_p1_the_form_asks_what_the_map_says_and_no_more(asked, service):
    question = ServiceQuestionFactory(service=service)
    shown: dict[str, set[Kind]] = {}
    needed: dict[str, set[Kind]] = {}
    for kind in Kind:
        form = FirmForm(kind=kind, questions=[question])
        for name, field in form.fields.items():
            known = "answers" if name.startswith(PREFIX) else name
            shown.setdefault(known, set()).add(kind)
            if field.required:
                needed.setdefault(known, set()).add(kind)
    assert set(shown) == set(asked)
    on_the_phone, in_the_firm, always = {Kind.PHONE}, {Kind.FIRM}, set(Kind)
    words = {
        "ja": (always, always),
        "nein": (always, set()),
        "nur beim Gespräch am Telefon": (always, on_the_phone),
        "nur bei Beratung im Betrieb, sonst nicht gefragt": (in_the_firm, in_the_firm),
    }
    said = {name: words[row["Pflicht"]] for name, row in asked.items() if name != "answers"}
    assert {name: (shown[name], needed.get(name, set())) for name in said} == said


def test_p1_a_move_asks_nothing_that_the_map_lacks(asked):
    moved = AppointmentFactory(phone="", street="")
    assert {name for kind in Kind for name in MissingForm(appointment=moved, kind=kind).fields} == {"phone", "street"}
    assert {"phone", "street"} <= set(asked)


def test_p1_what_goes_with_the_appointment_goes_and_what_stays_names_nobody(everything):
    """Every column that may hold something of a firm, filled, and then erased: the map tells which are empty."""
    # The checksum of a network belongs to a reservation: booking has emptied it.
    words = dict.fromkeys(everything.keys() - {"answers", "confirmed_at", "hold_network"}, "wort")
    full = AppointmentFactory(
        **words | {"email": "x@firma.example", "outcome": "held", "size_class": "1-9", "postcode": "31785"},
        answers=[{"id": 1, "question": "Was?", "answer": "x"}],
        confirmed_at=NOW,
        booked_at=NOW,
        starts_at=NOW + timedelta(days=1),
    )
    known = {field.name for field in Appointment._meta.fields if getattr(full, field.name) not in (None, "", [])}
    assert known - STATISTICS <= set(everything)
    erase_data(full, now=NOW)
    row = Appointment.objects.get()
    emptied = {name for name in everything if getattr(row, name) in (None, "", [])}
    assert {name for name, said in everything.items() if said["wann sie verschwindet"] == GOES} <= emptied
    assert set(everything) - emptied <= STATISTICS


def test_p1_the_columns_of_an_appointment_are_in_the_map_or_name_nobody(everything):
    of_a_reservation = {"hold_expires_at", "verification_sent_at", "offer", "office_day", "course", "cancelled_at"}
    assert {field.name for field in Appointment._meta.fields} == set(everything) | STATISTICS | of_a_reservation


@pytest.mark.usefixtures("now", "rule")
def test_p1_the_form_warns_of_health_data_and_links_the_privacy_notice(client):
    page = client.get(client.post("/termin/hameln/reservieren/", WISH).url).content.decode()
    assert "Bitte keine Gesundheitsdaten und keine Namen von Beschäftigten." in page
    assert 'href="/datenschutz/"' in page
