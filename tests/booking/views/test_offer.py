"""The link to held times: opening it changes nothing, its buttons answer once, and later it says what was answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest

from booking.enums import OfferReason, Status
from booking.links import Purpose, path_to, path_to_offer
from booking.models import Appointment, MoveOffer
from booking.services.close_offers import withdraw_offer
from booking.services.offer import offer_times
from booking.services.retention import anonymise
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory, ClosureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
TEN = datetime(2026, 12, 1, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(days=3)


@pytest.fixture
def booked(advisor, service) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=TEN)


@pytest.fixture
def offer(booked) -> MoveOffer:
    return make(booked)


def make(booked, reason=OfferReason.CLOSING, number=3) -> MoveOffer:
    closure = ClosureFactory(office=booked.office, first_day=TEN.date())
    return offer_times(booked, reason=reason, until=UNTIL, now=NOW, closure=closure, number=number)


@pytest.fixture
def url(offer) -> str:
    return path_to_offer(offer)


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def held(offer) -> list[Appointment]:
    return list(offer.alternatives.filter(status=Status.HELD))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("number", [1, 3])
def test_opening_changes_nothing(client, booked, method, number, django_assert_num_queries):
    offer = make(booked, number=number)
    url = path_to_offer(offer)
    before = list(Appointment.objects.values()), list(MoveOffer.objects.values())
    client.get(url)
    for _ in range(3):
        with django_assert_num_queries(2):  # the offer, its times
            response = getattr(client, method)(url)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert not response.cookies
    assert (list(Appointment.objects.values()), list(MoveOffer.objects.values())) == before


def test_the_page_names_the_old_time_the_held_times_and_until_when(client, offer, booked, url):
    html = text(client.get(url))
    for part in (
        "<h1>Welche Zeit passt Ihnen?</h1>",
        "Ihr Termin bisher: Dienstag, 1. Dezember 2026, 10:00 bis 11:00 Uhr, MehrWert-Büro Hameln, Musterweg 1,",
        "Für Sie reserviert bis <strong>Donnerstag, 26. November, 8:00 Uhr</strong>.",
        "Montag, 30. November 2026, 10:00 bis 11:00 Uhr</h2>",
        "Mittwoch, 2. Dezember 2026, 10:00 bis 11:00 Uhr</h2>",
        "Donnerstag, 3. Dezember 2026, 10:00 bis 11:00 Uhr</h2>",
        "im Büro, mit Ada Beispiel<br>MehrWert-Büro Hameln, Musterweg 1, 31785 Hameln",
        ">Passt nicht: andere Zeit suchen</button>",
        path_to(booked, Purpose.CANCEL),
    ):
        assert part in html
    assert [f'value="{each.uid}"' in html for each in held(offer)] == [True, True, True]


def test_a_button_moves_and_says_so_however_often_the_link_is_used(client, offer, booked, url):
    first, second, _ = held(offer)
    for choice in (first, first, second):
        assert client.post(url, {"zeit": str(choice.uid)}).url == path_to(booked, Purpose.VIEW)
    booked.refresh_from_db()
    assert (booked.starts_at, booked.sequence) == (first.starts_at, 1)
    response = client.get(url)
    assert response.status_code == 200
    assert "<h1>Sie haben schon gewählt</h1>" in text(response)
    assert "Ihr Termin jetzt: Montag, 30. November 2026, 10:00 bis 11:00 Uhr." in text(response)


def test_none_of_them_leads_to_all_times_and_frees_these(client, offer, booked, url):
    for _ in range(2):
        assert client.post(url, {"keine": "1"}).url == path_to(booked, Purpose.MOVE)
    assert held(offer) == []
    response = client.get(url)
    assert response.status_code == 200
    for part in ("Sie haben geantwortet, dass keine davon passt.", path_to(booked, Purpose.MOVE)):
        assert part in text(response)


def test_an_earlier_time_may_be_left(client, booked):
    url = path_to_offer(make(booked, OfferReason.EARLIER, 1))
    html = text(client.get(url))
    assert "<h1>Möchten Sie früher kommen?</h1>" in html
    assert "Wenn Sie nichts tun, bleibt es dabei." in html
    assert client.post(url, {"keine": "1"}).url == path_to(booked, Purpose.VIEW)
    assert "Zu dieser Zeit können wir Sie nicht beraten" not in text(client.get(url))


@pytest.mark.parametrize("data", [{}, {"zeit": ""}, {"zeit": "x"}, {"zeit": "9" * 5000}, {"zeit": "\x00"}])
def test_a_forged_answer_is_404(client, offer, url, data):
    assert client.post(url, data).status_code == 404
    assert len(held(offer)) == 3


def test_a_time_that_is_not_held_for_the_firm_shows_the_page_again(client, offer, booked, url):
    for choice in (uuid4(), booked.uid):
        response = client.post(url, {"zeit": str(choice)})
        assert response.status_code == 409
        assert "Diese Zeit lässt sich nicht mehr wählen." in text(response)
    assert len(held(offer)) == 3


def test_run_out_is_410_with_a_way_on_before_and_after_the_worker_came(client, offer, booked, url, now):
    now.move_to(UNTIL)
    for response in (
        client.get(url),
        client.post(url, {"zeit": str(held(offer)[0].uid)}),
        client.post(url, {"keine": "1"}),
    ):
        assert response.status_code == 410
        for part in (
            "Diese Zeiten sind nicht mehr reserviert",
            "Die Zeit für eine Antwort ist vorbei.",
            path_to(booked, Purpose.MOVE),
        ):
            assert part in text(response)
    booked.refresh_from_db()
    assert booked.starts_at == TEN


def test_taken_back_is_410_and_does_not_say_that_the_office_is_closed(client, offer, url):
    withdraw_offer(offer, actor=None, now=NOW)
    response = client.get(url)
    assert (response.status_code, "nicht mehr reserviert" in text(response)) == (410, True)
    assert "nicht beraten" not in text(response)


def test_after_a_cancellation_or_the_beginning_it_says_so(client, offer, booked, url, now):
    choice = {"zeit": str(held(offer)[0].uid)}
    client.post(path_to(booked, Purpose.CANCEL))
    for answer in (client.get(url), client.post(url, choice)):
        assert "<h1>Dieser Termin ist schon abgesagt</h1>" in text(answer)
    Appointment.objects.filter(pk=booked.pk).update(status="booked")
    now.move_to(TEN)
    for answer in (client.get(url), client.post(url, choice)):
        assert (answer.status_code, "hat schon begonnen" in text(answer)) == (409, True)


def test_damaged_links_and_those_for_other_purposes_are_404(client, offer, booked, url):
    token = url.split("/")[3]
    view = path_to(booked, Purpose.VIEW).split("/")[3]
    for wrong in (token[:-1], f"{'y' if token[0] == 'x' else 'x'}{token[1:]}", view):
        assert client.get(f"/termin/angebot/{wrong}/").status_code == 404
    assert client.get(f"/termin/ansehen/{token}/").status_code == 404
    MoveOffer.objects.all().delete()
    assert client.get(url).status_code == 404


def test_the_link_dies_with_the_data_and_a_day_after_the_end(client, offer, booked, url, now):
    now.move_to(booked.ends_at + timedelta(days=1))
    assert client.get(url).status_code == 410
    anonymise(Appointment.objects.filter(pk=booked.pk), now=NOW)
    response = client.get(url)
    assert response.status_code == 410
    assert "data" not in response.context or "Beispiel" not in text(response)


def test_other_sites_answer_nothing(client, offer, url):
    choice = {"zeit": str(held(offer)[0].uid)}
    assert client.post(url, choice, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert len(held(offer)) == 3


def test_a_mark_that_a_mail_program_added_leads_to_the_page(client, url):
    assert client.get(f"{url}.").url == url
