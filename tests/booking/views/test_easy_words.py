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

HARD = re.compile(r"(?i)\b(des|eines|ihres|unseres|würde\w*|könnte\w*|hätte\w*|wäre\w*|sollte\w*|möchte\w*)\b|[,;]")
"""Genitive, Konjunktiv, and the comma of a clause in a clause: none of them is easy."""

FIRST = {
    "office": "Hier können Sie einen Termin bei uns machen.",
    "place": "Wir kommen in Ihren Betrieb.",
    "days": "Sie sehen einen Kalender für alle unsere Büros.",
    "time": "Sie sehen viele Uhr-Zeiten. Alle diese Zeiten sind frei.",
    "data": "Schreiben Sie Ihren Namen und Ihre E-Mail-Adresse in die Felder.",
    "refused": "Diese Uhr-Zeit geht nicht. Es ist noch nichts fest.",
    "waiting": "Ihr Termin ist noch nicht fest.",
    "check": "Drücken Sie auf „Termin verbindlich buchen“. Dann ist der Termin fest.",
    "done": "Ihr Termin ist fest. Sie bekommen eine E-Mail von uns.",
    "reminded": "Sie haben bald einen Termin. Wir fragen Sie: Kommen Sie?",
    "moving": "Sie können an einem anderen Tag kommen. Oder zu einer anderen Uhr-Zeit.",
    "cancelling": "Sie wollen nicht zu dem Termin kommen? Dann drücken Sie auf „Termin absagen“.",
    "earlier": "Sie haben einen Termin. Vielleicht geht es früher.",
    "asked to be earlier": "Ihr Termin gilt weiter.",
    "offered": "Ihr Termin fällt aus. Hier sind andere Zeiten für Sie.",
    "offered earlier": "Jemand kommt nicht. Darum ist eine frühere Zeit frei.",
    "data kept": "Hier stehen Ihre Daten. Das sind zum Beispiel Ihr Name und Ihre E-Mail-Adresse.",
    "erasing": "Wir löschen alle Ihre Daten. Das können Sie nicht zurücknehmen.",
    "cancelled": "Der Termin findet nicht statt.",
}
"""What each step says first."""


def html_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def every_step(client, advisor, service) -> dict[str, str]:
    """The page of each step, on a way that a firm can go."""
    pages = {"office": client.get("/termin/"), "time": client.get("/termin/hameln/")}
    pages |= {"place": client.get("/termin/hameln/?art=firm"), "days": client.get("/termin/tage/")}
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
    client.post(path_to(booked, Purpose.EARLIER), {"tageszeit": "", "person": ""})
    pages["asked to be earlier"] = client.get(path_to(booked, Purpose.EARLIER))
    pages["erasing"] = client.get(path_to(booked, Purpose.DATA) + "loeschen/")
    for step, reason in (("offered", OfferReason.CLOSING), ("offered earlier", OfferReason.EARLIER)):
        moved = AppointmentFactory(advisor=advisor, service=service, starts_at=LATER + timedelta(days=len(pages)))
        offer = offer_times(moved, reason=reason, until=NOW + timedelta(hours=2), now=NOW, number=1)
        pages[step] = client.get(path_to_offer(offer))
    client.post(path_to(booked, Purpose.CANCEL), {"grund": ""})
    pages["cancelled"] = client.get(path_to(booked, Purpose.VIEW))
    return {step: html_of(response) for step, response in pages.items()}


def easy_words(page: str) -> list[str]:
    """The thoughts of the one explanation that a page has."""
    (found,) = re.findall(r'<details class="easy-words">(.*?)</details>', page)
    assert "Erklärung in Leichter Sprache" in found
    (words,) = re.findall(r'<div class="easy-words__text" lang="de-simple">(.*?)</div>', found)
    return re.findall(r"<p>(.*?)</p>", words)


def test_every_step_explains_itself_in_easy_words_and_names_only_what_stands_there(client, advisor, service):
    pages = every_step(client, advisor, service)
    said = {step: easy_words(page) for step, page in pages.items()}
    assert {step: thoughts[0].replace("<br>", " ") for step, thoughts in said.items()} == FIRST
    for step, thoughts in said.items():
        lines = "<br>".join(thoughts).split("<br>")
        assert 2 <= len(thoughts) <= 4, step
        assert [(step, line) for line in lines if len(line.split()) > LONGEST] == []
        assert [(step, line) for line in lines if not re.fullmatch(r"[^.?!]+[.?!]", line)] == []
        assert [(step, line) for line in lines if HARD.search(re.sub("„.*?“", "", line))] == []
        page = re.sub(r'<details class="easy-words".*?</details>', "", pages[step])
        pressed = [
            re.sub(r"<[^>]+>", "", button).strip(" :")
            for button in re.findall(r"<(?:a|button)\b.*?</(?:a|button)>", page)
        ]
        folded = re.findall(r'class="choices__open">([^<]+)', page)
        for label in re.findall(r"[Dd]rücken Sie .*?auf „(.*?)“", " ".join(lines)):
            assert label in pressed + folded, (step, label)
