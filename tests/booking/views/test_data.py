"""P4. The firm's own data: shown, handed out, deleted, by the one link that lives as long as they do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from booking.enums import Status
from booking.links import Purpose, path_to
from booking.models import Appointment
from booking.services.retention import PERSONAL_FIELDS, anonymise, apply_retention
from foundation.models import OutgoingMail, RetentionSettings
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def booked(advisor, service) -> Appointment:
    return AppointmentFactory(
        advisor=advisor, service=service, starts_at=NINE, size_class="10-49", topic="Staplerschein", phone="05151 1"
    )


@pytest.fixture
def url(booked) -> str:
    return path_to(booked, Purpose.DATA)


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def rows():
    return list(Appointment.objects.values()), OutgoingMail.objects.count()


@pytest.mark.parametrize("way", ["", "datei/", "loeschen/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_changes_nothing_and_is_kept_by_nobody(client, url, way, method):
    before = rows()
    for _ in range(3):
        response = getattr(client, method)(url + way)
        assert response.status_code == 200
        assert response.cookies == {}
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert rows() == before


def test_page_and_mails_of_the_appointment_lead_here(client, booked, url):
    assert f'href="{url}"' in text(client.get(path_to(booked, Purpose.VIEW)))
    client.post(path_to(booked, Purpose.CANCEL))
    assert f'href="{url}"' in text(client.get(path_to(booked, Purpose.VIEW)))
    letter = OutgoingMail.objects.get(kind="firm_cancelled")
    assert b"/termin/daten/" in bytes(letter.message).replace(b"=\r\n", b"")
    to_advisor = OutgoingMail.objects.get(kind="advisor_cancelled")
    assert b"/termin/daten/" not in bytes(to_advisor.message).replace(b"=\r\n", b"")


def test_the_page_says_what_is_kept_and_until_when(client, url):
    html = text(client.get(url))
    for part in ("Beispiel Metallbau GmbH", "kim.muster@firma.example", "Staplerschein", "10 bis 49", "Ada Beispiel"):
        assert part in html
    assert '<time datetime="2027-11-24">24. November 2027</time>' in html
    assert "<dt>Nachricht</dt>" not in html
    RetentionSettings.objects.update_or_create(defaults={"held_months": 1})
    assert '<time datetime="2026-12-24">24. Dezember 2026</time>' in text(client.get(url))


def test_the_file_holds_everything_under_german_names(client, booked, url):
    client.post(path_to(booked, Purpose.CANCEL), {"grund": "krank"})
    response = client.get(url + "datei/")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="ihre-daten.json"'
    assert "Straße" in response.content.decode()
    assert json.loads(response.content) == {
        "Zweck": "Vorbereitung und Durchführung Ihrer Beratung (Art. 6 Abs. 1 Buchst. b DSGVO)",
        "Gespeichert bis": "2026-12-23T08:00+01:00",
        "Termin": {
            "Vorgangsnummer": booked.reference,
            "Stand": "abgesagt",
            "Zugesagt": "",
            "Beginn": "2026-11-24T09:00+01:00",
            "Ende": "2026-11-24T10:00+01:00",
            "Anliegen": "Erstberatung",
            "Art": "im Büro",
            "Ort": "MehrWert-Büro Hameln, Musterweg 1, 31785 Hameln",
            "Büro": "MehrWert-Büro Hameln",
            "Beratung": "Ada Beispiel",
            "Kurs": "",
            "Möchte früher kommen": "",
        },
        "Ihre Angaben": {
            "Betrieb": "Beispiel Metallbau GmbH",
            "Name": "Kim Muster",
            "E-Mail": "kim.muster@firma.example",
            "Telefon": "05151 1",
            "Straße und Hausnummer": "",
            "Postleitzahl": "31785",
            "Betriebsgröße": "10 bis 49",
            "Thema": "Staplerschein",
            "Nachricht": "",
            "Grund der Absage": "krank",
        },
        "Ihre Antworten": [],
        "Verlauf": [{"Vorgang": "abgesagt", "Zeit": "2026-11-23T08:00+01:00"}],
        "E-Mails an Sie": [
            {"Stand": "wartet", "geschrieben": "2026-11-23T08:00+01:00", "an": "kim.muster@firma.example"}
        ],
    }


def test_every_personal_field_is_handed_out_but_the_offices_own_note(client, booked, url):
    Appointment.objects.update(**{name: f"Merkmal-{name}" for name in PERSONAL_FIELDS})
    handed_out = client.get(url + "datei/").content.decode()
    assert {name for name in PERSONAL_FIELDS if f"Merkmal-{name}" not in handed_out} == {"note"}


def test_deleting_before_the_appointment_cancels_it_and_says_so(client, booked, url):
    page = text(client.get(url + "loeschen/"))
    assert "Mit dem Löschen sagen wir ihn ab." in page
    assert "Termin absagen und Daten löschen" in page
    answer = client.post(url + "loeschen/")
    assert answer.url == url
    after = client.get(answer.url)
    assert (after.status_code, "<h1>Ihre Daten sind gelöscht</h1>" in text(after)) == (200, True)
    booked.refresh_from_db()
    assert (booked.status, booked.anonymised_at is not None) == (Status.CANCELLED, True)
    assert {getattr(booked, name) for name in PERSONAL_FIELDS} == {""}
    assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == ["advisor_cancelled", "firm_cancelled"]


def test_a_second_click_changes_nothing_and_is_answered_kindly(client, booked, url):
    client.post(url + "loeschen/")
    before = rows()
    for answer in (client.post(url + "loeschen/"), client.get(url + "loeschen/"), client.get(url)):
        assert answer.status_code == 200
        assert "<h1>Ihre Daten sind gelöscht</h1>" in text(answer)
    assert rows() == before
    other = client.get(path_to(booked, Purpose.VIEW))
    file = client.get(url + "datei/")
    assert [(answer.status_code, "sind gelöscht" in text(answer)) for answer in (other, file)] == [(410, True)] * 2


def test_the_link_outlives_the_appointment_until_the_data_are_gone(client, booked, url, now):
    now.move_to(NINE + timedelta(days=300))
    assert client.get(path_to(booked, Purpose.VIEW)).status_code == 410
    assert client.get(url).status_code == 200
    assert "Danach wissen wir nicht mehr, wer bei diesem Termin war" in text(client.get(url + "loeschen/"))
    now.move_to(NINE + timedelta(days=367))
    apply_retention(now=NINE + timedelta(days=367))
    assert "Ihre Daten sind gelöscht" in text(client.get(url))


def test_deleting_afterwards_sends_no_mail(client, booked, url, now):
    now.move_to(NINE + timedelta(days=2))
    client.post(url + "loeschen/")
    booked.refresh_from_db()
    assert (booked.status, booked.organization) == (Status.BOOKED, "")
    assert not OutgoingMail.objects.exists()


def test_only_this_purpose_opens_it(client, booked, url):
    token = path_to(booked, Purpose.VIEW).split("/")[3]
    for way in ("", "datei/", "loeschen/"):
        assert client.get(f"/termin/daten/{token}/{way}").status_code == 404
    assert client.post(f"/termin/daten/{token}/loeschen/").status_code == 404
    assert client.post(url + "loeschen/", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(url + "datei/").status_code == 405
    assert Appointment.objects.get().organization == "Beispiel Metallbau GmbH"


def test_a_mere_reservation_has_none(client, advisor):
    held = AppointmentFactory(advisor=advisor, status=Status.HELD, hold_expires_at=NINE)
    assert client.get(path_to(held, Purpose.DATA)).status_code == 404


def test_who_was_forgotten_is_told_to_nobody_else(client, booked, url):
    anonymise(Appointment.objects.all(), now=NINE)
    assert client.get(url[:-3] + "xx/").status_code == 404


def test_pages_stay_within_their_queries(client, url, django_assert_num_queries):
    RetentionSettings.load()
    for way, number in (("", 2), ("datei/", 5), ("loeschen/", 1)):
        client.get(url + way)
        with django_assert_num_queries(number):
            client.get(url + way)
