"""Each step of a firm explains itself in Leichte Sprache, and the buttons that the words name stand on the page."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from booking.enums import OfferReason, Status
from booking.links import Purpose, path_to, path_to_offer
from booking.models import Appointment, Service
from booking.services.offer import offer_times
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

WISH = {"anliegen": "erstberatung", "art": "office", "zeit": "2026-11-24T09:00+01:00", "besuch": "one"}
ANSWERS = {"organization": "Beispiel GmbH", "name": "Kim Muster", "email": "kim@firma.example", "postcode": "31785"}
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(days=3, hours=1)

LONGEST = 13
"""Words of a sentence. The rules of Netzwerk Leichte Sprache (2022): short sentences, one thought each."""

FIRST = {
    "office": "Hier können Sie einen Termin bei uns machen.",
    "time": "Sie sehen viele Uhr-Zeiten. Alle diese Zeiten sind frei.",
    "data": "Schreiben Sie Ihren Namen und Ihre E-Mail-Adresse in die Felder.",
    "refused": "Diese Uhr-Zeit geht nicht. Es ist noch nichts fest.",
    "waiting": "Ihr Termin ist noch nicht fest.",
    "check": "Drücken Sie auf „Termin verbindlich buchen“. Dann ist der Termin fest.",
    "done": "Ihr Termin ist fest. Sie bekommen eine E-Mail von uns.",
    "reminded": "Sie haben bald einen Termin. Wir möchten wissen: Kommen Sie?",
    "moving": "Sie können an einem anderen Tag kommen. Oder zu einer anderen Uhr-Zeit.",
    "cancelling": "Sie wollen nicht zu dem Termin kommen? Dann drücken Sie auf „Termin absagen“.",
    "earlier": "Sie haben einen Termin. Vielleicht geht es früher.",
    "offered": "Ihr Termin kann nicht stattfinden. Hier sind andere Zeiten für Sie.",
    "offered earlier": "Jemand kommt nicht. Darum ist eine frühere Zeit frei.",
    "data kept": "Hier steht alles, was wir über Sie wissen.",
    "erasing": "Wir löschen alles, was wir über Sie wissen. Das können Sie nicht zurücknehmen.",
    "cancelled": "Der Termin findet nicht statt.",
}
"""What each step says first."""


def html_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def every_step(client, advisor, service) -> dict[str, str]:
    """The page of each step, on a way that a firm can go."""
    pages = {"office": client.get("/termin/"), "time": client.get("/termin/hameln/")}
    held = client.post("/termin/hameln/reservieren/", WISH).url
    pages["refused"] = client.post("/termin/hameln/reservieren/", WISH | {"besuch": "two"})
    Service.objects.update(confirm_email_first=True)
    pages["data"] = client.get(held)
    client.post(held, ANSWERS)
    pages["waiting"] = client.get(held)
    booked = Appointment.objects.get(status=Status.HELD)
    pages["check"] = client.get(path_to(booked, Purpose.VERIFY))
    client.post(path_to(booked, Purpose.VERIFY))
    for step, purpose in (
        ("done", Purpose.VIEW),
        ("reminded", Purpose.CONFIRM),
        ("moving", Purpose.MOVE),
        ("cancelling", Purpose.CANCEL),
        ("earlier", Purpose.EARLIER),
        ("data kept", Purpose.DATA),
    ):
        pages[step] = client.get(path_to(booked, purpose))
    pages["erasing"] = client.get(path_to(booked, Purpose.DATA) + "loeschen/")
    for step, reason in (("offered", OfferReason.CLOSING), ("offered earlier", OfferReason.EARLIER)):
        moved = AppointmentFactory(advisor=advisor, service=service, starts_at=LATER + timedelta(days=len(pages)))
        offer = offer_times(moved, reason=reason, until=NOW + timedelta(hours=2), now=NOW, number=1)
        pages[step] = client.get(path_to_offer(offer))
    client.post(path_to(booked, Purpose.CANCEL), {"grund": ""})
    pages["cancelled"] = client.get(path_to(booked, Purpose.VIEW))
    return {step: html_of(response) for step, response in pages.items()}


def easy_words(page: str) -> list[str]:
    """The lines of the one explanation that a page has."""
    (found,) = re.findall(r'<details class="easy-words" lang="de">(.*?)</details>', page)
    assert "Erklärung in Leichter Sprache" in found
    return re.findall(r"<p>(.*?)</p>", found)


def test_every_step_explains_itself_in_easy_words_and_names_only_what_stands_there(client, advisor, service):
    pages = every_step(client, advisor, service)
    said = {step: easy_words(page) for step, page in pages.items()}
    assert {step: lines[0] for step, lines in said.items()} == FIRST
    for step, lines in said.items():
        sentences = re.findall(r"[^.?!]+[.?!]“?", " ".join(lines))
        assert 2 <= len(lines) <= 4, step
        too_long = [sentence for sentence in sentences if len(sentence.split()) > LONGEST]
        assert (step, too_long) == (step, [])
        page = re.sub(r'<details class="easy-words".*?</details>', "", pages[step])
        pressed = [
            re.sub(r"<[^>]+>", "", button).strip(" :")
            for button in re.findall(r"<(?:a|button)\b.*?</(?:a|button)>", page)
        ]
        folded = re.findall(r'class="choices__open">([^<]+)', page)
        for label in re.findall(r"[Dd]rücken Sie .*?auf „(.*?)“", " ".join(lines)):
            assert label in pressed + folded, (step, label)
