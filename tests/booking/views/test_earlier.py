"""„Früher kommen“: opening changes nothing, the button puts the firm on the list, another takes it off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from booking.enums import Kind, Status
from booking.links import Purpose, path_to
from booking.models import Appointment, BookingSettings, EarlierWish
from booking.services.wish import wish_earlier
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def booked(advisor, service) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)


@pytest.fixture
def url(booked) -> str:
    return path_to(booked, Purpose.EARLIER)


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def wishes() -> list[tuple[str, bool]]:
    return list(EarlierWish.objects.values_list("day_part", "same_advisor"))


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_changes_nothing(client, url, method):
    for _ in range(3):
        response = getattr(client, method)(url)
    assert (response.status_code, wishes(), response.cookies) == (200, [], {})
    assert not BookingSettings.objects.exists()
    assert response["Cache-Control"] == "no-store, private"
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow, noarchive")


def test_the_page_shows_the_appointment_and_what_is_free_already(client, url):
    page = text(client.get(url))
    assert "Möchten Sie früher kommen?" in page
    assert "Ihr Termin: Dienstag, 1. Dezember 2026, 9:00 bis 10:00 Uhr" in page
    assert (
        "<ul><li>Dienstag, 24. November, 9:00 Uhr</li><li>Dienstag, 24. November, 9:30 Uhr</li>"
        "<li>Dienstag, 24. November, 10:00 Uhr</li></ul>"
    ) in page
    assert "120 Minuten nur für Sie reserviert" in page


def test_visits_that_are_free_already_are_shown_too(client, advisor, service, rule):
    rule.kinds = [Kind.FIRM]
    rule.save()
    visit = AppointmentFactory(
        advisor=advisor, service=service, starts_at=NINE, kind=Kind.FIRM, street="Hof 1", postcode="31785"
    )
    assert "Dienstag, 24. November" in text(client.get(path_to(visit, Purpose.EARLIER)))


def test_the_button_puts_the_firm_on_the_list(client, booked, url):
    response = client.post(url, {"tageszeit": "vormittag", "person": "gleiche"})
    assert (response.status_code, response["Location"]) == (302, url)
    assert wishes() == [("vormittag", True)]
    page = text(client.get(url))
    assert "Wir fragen Sie, wenn früher etwas frei wird" in page
    assert 'value="vormittag" id="id_tageszeit_1" checked' in page
    assert "Wird früher eine Zeit frei, fragen wir Sie per E-Mail." in text(client.get(path_to(booked, Purpose.VIEW)))


def test_whoever_does_not_mind_need_not_choose(client, url):
    assert client.post(url, {}).status_code == 302
    assert wishes() == [("", False)]


def test_twice_is_once_and_a_change_changes_it(client, url):
    for data in ({}, {}, {"tageszeit": "abend"}):
        client.post(url, data)
    assert wishes() == [("abend", False)]


def test_another_button_takes_the_firm_off_again_and_again(client, url, booked):
    client.post(url, {})
    for _ in range(2):
        assert client.post(url, {"zurueck": "1"})["Location"] == url
    assert wishes() == []
    assert "Nach einem früheren Termin fragen lassen" in text(client.get(path_to(booked, Purpose.VIEW)))


def test_a_wish_that_no_form_offers_is_refused_in_german(client, url):
    response = client.post(url, {"tageszeit": "nachts\x00"})
    assert (response.status_code, wishes()) == (422, [])
    assert "keine" in text(response)


def test_a_firm_without_address_is_told_to_call(client, booked, url):
    Appointment.objects.update(email="")
    response = client.post(url, {})
    assert (response.status_code, wishes()) == (422, [])
    assert "Ohne E-Mail-Adresse können wir Sie nicht fragen. Bitte rufen Sie uns an" in text(response)
    assert path_to(booked, Purpose.EARLIER) not in text(client.get(path_to(booked, Purpose.VIEW)))


def test_a_cancelled_appointment_and_one_that_has_begun(client, booked, url, now):
    now.move_to(NINE)
    for response in (client.get(url), client.post(url, {})):
        assert (response.status_code, wishes()) == (409, [])
    now.move_to(NOW)
    Appointment.objects.update(status=Status.CANCELLED, cancelled_at=NOW)
    for response in (client.get(url), client.post(url, {})):
        assert "abgesagt" in text(response)
    assert wishes() == []


@pytest.mark.parametrize("purpose", [Purpose.VIEW, Purpose.MOVE, Purpose.DATA])
def test_links_for_other_purposes_open_nothing_here(client, booked, purpose):
    token = path_to(booked, purpose).rstrip("/").rpartition("/")[2]
    assert client.get(f"/termin/frueher/{token}/").status_code == 404


def test_a_page_of_another_site_cannot_press_the_button(client, url):
    response = client.post(url, {}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, wishes()) == (403, [])


@pytest.mark.parametrize(("starts_at", "free"), [(NINE - timedelta(days=7, minutes=-30), 1), (NINE, 3)])
def test_queries(client, advisor, service, starts_at, free, django_assert_num_queries):
    booked = AppointmentFactory(advisor=advisor, service=service, starts_at=starts_at)
    wish_earlier(booked, day_part="", same_advisor=False, now=NOW)
    url = path_to(booked, Purpose.EARLIER)
    client.get(url)
    with django_assert_num_queries(7):
        page = client.get(url).content.decode()
    assert page.count("<li>Dienstag, 24. November") == free
