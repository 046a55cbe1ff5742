"""„Wir kommen“: the link of a reminder answers nothing by itself, its button does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from booking.links import Purpose, path_to
from booking.models import Appointment
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def booked(advisor, service) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)


@pytest.fixture
def url(booked) -> str:
    return path_to(booked, Purpose.CONFIRM)


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_answers_nothing(client, url, method, django_assert_num_queries):
    before = list(Appointment.objects.values())
    client.get(url)
    for _ in range(3):
        with django_assert_num_queries(1):
            response = getattr(client, method)(url)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["Referrer-Policy"] == "no-referrer"
    assert list(Appointment.objects.values()) == before


def test_the_page_asks_and_offers_all_three_ways(client, booked, url):
    html = text(client.get(url))
    for part in (
        "Bleibt es bei diesem Termin?", "Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr", ">Wir kommen</button>",
        path_to(booked, Purpose.MOVE), path_to(booked, Purpose.CANCEL),
    ):  # fmt: skip
        assert part in html


def test_the_button_answers_once_and_shows_it(client, booked, url, now):
    assert client.post(url, {"stand": "0"}).url == path_to(booked, Purpose.VIEW)
    now.shift(timedelta(hours=1))
    assert client.post(url, {"stand": "0"}).status_code == 302
    booked.refresh_from_db()
    assert booked.confirmed_at == NOW
    assert "Sie haben zugesagt." in text(client.get(path_to(booked, Purpose.VIEW)))
    assert "<h1>Sie haben schon zugesagt</h1>" in text(client.get(url))
    assert not OutgoingMail.objects.exists()


def test_an_answer_to_a_time_changed_meanwhile_asks_again(client, booked, url):
    Appointment.objects.update(sequence=1)
    response = client.post(url, {"stand": "0"})
    assert response.status_code == 409
    assert "Ihr Termin hat inzwischen eine andere Zeit." in text(response)
    assert Appointment.objects.get().confirmed_at is None


@pytest.mark.parametrize("stand", ["", "x", "9" * 5000])
def test_a_forged_answer_is_404(client, url, stand):
    assert client.post(url, {"stand": stand}).status_code == 404


def test_after_a_cancellation_or_the_beginning_it_says_so(client, booked, url, now):
    client.post(path_to(booked, Purpose.CANCEL))
    for answer in (client.get(url), client.post(url, {"stand": "1"})):
        assert "<h1>Dieser Termin ist schon abgesagt</h1>" in text(answer)
    Appointment.objects.update(status="booked")
    now.move_to(NINE)
    for answer in (client.get(url), client.post(url, {"stand": "1"})):
        assert (answer.status_code, "hat schon begonnen" in text(answer)) == (409, True)
    assert Appointment.objects.get().confirmed_at is None


def test_other_sites_and_other_purposes_answer_nothing(client, booked, url):
    assert client.post(url, {"stand": "0"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    token = path_to(booked, Purpose.VIEW).split("/")[3]
    assert client.post(f"/termin/zusagen/{token}/", {"stand": "0"}).status_code == 404
    assert Appointment.objects.get().confirmed_at is None
