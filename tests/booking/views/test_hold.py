"""The third step: the time is reserved and the form filled in. Bad input loses nothing."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from booking.enums import Kind, Status
from booking.models import Appointment, BookingSettings
from booking.services.hold import LONGEST_HOLD
from foundation.models import BrandSettings, OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

NINE = "2026-11-24T09:00+01:00"
ANSWERS = {
    "organization": "Beispiel Metallbau GmbH",
    "name": "Kim Muster",
    "email": "kim@metallbau.example",
    "postcode": "31785",
    "topic": "Staplerschein",
}


def reserve(client, zeit=NINE, art=Kind.OFFICE, **more):
    return client.post(
        "/termin/hameln/reservieren/", {"anliegen": "erstberatung", "art": art, "zeit": zeit, "besuch": "one"} | more
    )


@pytest.fixture
def form_url(client) -> str:
    return reserve(client).url


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_a_taken_time_keeps_every_answer_and_offers_the_nearest(client, advisor):
    AppointmentFactory(advisor=advisor, starts_at=NOW + timedelta(days=1, hours=1))
    response = reserve(client, **ANSWERS)
    html = text(response)
    assert response.status_code == 409
    assert "Diese Zeit ist gerade vergeben worden" in html
    assert "Es ist nichts gebucht." in html
    for name, value in ANSWERS.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in html
    assert html.split("Oder so")[0].count('name="zeit"') == 3
    again = reserve(client, zeit="2026-11-24T10:00+01:00", **ANSWERS)
    assert 'value="Beispiel Metallbau GmbH"' in text(client.get(again.url))


@pytest.mark.parametrize(
    ("zeit", "title"),
    [
        ("2026-11-20T09:00+01:00", "Diese Zeit bieten wir nicht an"),
        ("2026-11-23T09:00+01:00", "Diese Zeit bieten wir nicht an"),
        ("2026-11-24T03:00+01:00", "Diese Zeit bieten wir nicht an"),
        ("2026-11-24T09:07+01:00", "Diese Zeit bieten wir nicht an"),
        ("2030-01-01T09:00+01:00", "Diese Zeit bieten wir nicht an"),
    ],
)
def test_times_outside_the_rules_are_refused_in_german(client, zeit, title):
    response = reserve(client, zeit=zeit)
    assert response.status_code == 409
    assert f"<h1>{title}</h1>" in text(response)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"zeit": ""}, {"zeit": "morgen"}, {"zeit": "2026-11-24T09:00"}, {"zeit": "\x00"}, {"art": "x"},
        {"anliegen": "x"}, {"anliegen": ""}, {"zeit": "9" * 100_000},
        {"zeit": "0001-01-01T00:00+01:00"}, {"zeit": "9999-12-31T23:59-01:00"},
    ],
)  # fmt: skip
def test_a_forged_wish_is_404(client, wrong):
    assert reserve(client, **wrong).status_code == 404


def test_a_summer_offset_in_winter_means_the_same_instant(client):
    assert reserve(client, zeit="2026-11-24T10:00+02:00").status_code == 302
    assert Appointment.objects.get().starts_at == NOW + timedelta(days=1, hours=1)


def test_s2_a_foreign_page_cannot_reserve(client):
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        response = client.post("/termin/hameln/reservieren/", {"zeit": NINE}, headers=headers)
        assert response.status_code == 403
        assert "nicht von unserer Website" in text(response)
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    answer = client.post(
        "/termin/hameln/reservieren/", {"anliegen": "erstberatung", "art": "office", "zeit": NINE}, headers=own
    )
    assert answer.status_code == 302


def test_the_form_shows_what_is_reserved_and_until_when(client, form_url):
    response = client.get(form_url)
    html = text(response)
    assert "Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr" in html
    assert '<time datetime="2026-11-23T08:10+0100">8:10 Uhr</time>' in html
    for field, token in {
        "organization": "organization", "name": "name", "email": "email", "phone": "tel", "postcode": "postal-code",
    }.items():  # fmt: skip
        assert f'name="{field}"' in html
        assert f'autocomplete="{token}"' in html
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("organization", "", "Bitte nennen Sie Ihren Betrieb."),
        ("name", " ", "Bitte nennen Sie Ihren Namen."),
        ("name", "\u200b\u2060\ufeff", "Bitte nennen Sie Ihren Namen."),
        ("email", "", "Bitte geben Sie Ihre E-Mail-Adresse ein."),
        ("email", "kim", "Bitte prüfen Sie die E-Mail-Adresse, zum Beispiel name@betrieb.de."),
        ("email", '"kim muster"@firma.example', "Bitte prüfen Sie die E-Mail-Adresse, zum Beispiel name@betrieb.de."),
        ("email", "a@b.example\r\nBcc: x@y.example", "Bitte prüfen Sie die E-Mail-Adresse"),
        ("postcode", "3178", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("postcode", "317855", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("phone", "anrufen!", "Bitte geben Sie die Nummer mit Vorwahl ein"),
        ("name", "Kim\x07Muster", "Der Text enthält unsichtbare Steuerzeichen."),
        ("name", "Kim\r\nBcc: x@y.example", "Der Text enthält unsichtbare Steuerzeichen."),
        ("message", "a\x1bb", "Der Text enthält unsichtbare Steuerzeichen."),
        ("organization", "x" * 121, "höchstens 120"),
        ("message", "x" * 1001, "höchstens 1000"),
        ("size_class", "riesig", "Bitte eine gültige Auswahl treffen"),
    ],
)
def test_errors_stand_at_the_field_and_in_the_summary(client, form_url, field, value, sentence):
    response = client.post(form_url, ANSWERS | {field: value})
    html = text(response)
    assert response.status_code == 422
    assert html.count(sentence) == 2
    assert "Bitte prüfen Sie Ihre Angaben" in html
    assert f'href="#id_{field}"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="Beispiel Metallbau GmbH"' in html or field == "organization"
    assert Appointment.objects.get().status == Status.HELD


def test_null_characters_get_a_sentence_too(client, form_url):
    response = client.post(form_url, ANSWERS | {"name": "Kim\x00"})
    assert response.status_code == 422


def test_a_call_needs_a_number_and_a_visit_an_address(client, rule):
    rule.kinds = [Kind.PHONE, Kind.FIRM]
    rule.save()
    call = client.post(reserve(client, art=Kind.PHONE).url, ANSWERS)
    assert "Bitte geben Sie die Nummer ein, unter der wir Sie anrufen." in text(call)
    visit = client.post(reserve(client, art=Kind.FIRM, plz="31785").url, ANSWERS)
    assert "Bitte geben Sie an, wohin wir kommen sollen." in text(visit)


def test_sending_twice_books_once_and_shows_the_same(client, form_url):
    first, second = client.post(form_url, ANSWERS), client.post(form_url, ANSWERS | {"name": "Andere"})
    assert first.url == second.url
    assert client.get(form_url).url == first.url
    assert Appointment.objects.get().name == "Kim Muster"
    assert OutgoingMail.objects.count() == 2


def test_confirming_after_the_reservation_ran_out_books_nothing_and_keeps_all(client, form_url, now):
    now.shift(timedelta(minutes=10))
    response = client.post(form_url, ANSWERS)
    html = text(response)
    assert response.status_code == 409
    assert "<h1>Die Reservierung ist abgelaufen</h1>" in html
    assert 'name="organization" value="Beispiel Metallbau GmbH"' in html
    assert f'value="{NINE}"' in html
    assert not OutgoingMail.objects.exists()
    again = reserve(client, **ANSWERS)
    booked = client.post(again.url, ANSWERS)
    assert booked.url.startswith("/termin/ansehen/")


def test_opening_a_run_out_reservation_says_so(client, form_url, now):
    now.shift(timedelta(minutes=11))
    assert client.get(form_url).status_code == 409


def test_extending_keeps_what_was_typed(client, form_url, now):
    now.shift(timedelta(minutes=9))
    html = text(client.post(f"{form_url}verlaengern/", ANSWERS))
    assert "8:19 Uhr" in html
    assert 'role="status"> <p>Sie haben mehr Zeit. Was Sie schon eingegeben haben, steht noch da.</p>' in html
    assert 'value="Beispiel Metallbau GmbH"' in html
    now.shift(timedelta(minutes=10))
    assert client.post(f"{form_url}verlaengern/", ANSWERS).status_code == 409


def test_at_the_longest_reservation_nobody_is_told_to_have_more_time(client, form_url, now):
    """It said „Sie haben mehr Zeit“ beside the end that stayed as it was."""
    Appointment.objects.update(hold_expires_at=NOW + LONGEST_HOLD)
    now.shift(timedelta(minutes=55))
    html = text(client.post(f"{form_url}verlaengern/", ANSWERS))
    assert "9:00 Uhr" in html
    assert (
        'role="status"> <p>Länger können wir die Zeit nicht frei halten. Was Sie schon eingegeben haben, steht noch da.'
        in html
    )
    assert "Sie haben mehr Zeit" not in html


def test_releasing_gives_the_time_back(client, form_url):
    assert client.post(f"{form_url}freigeben/").url == "/termin/hameln/?anliegen=erstberatung&art=office"
    assert reserve(client, besuch="two").status_code == 302


def test_too_many_reservations_of_one_network_say_how_many_are_allowed(client):
    BookingSettings.objects.update_or_create(defaults={"holds_per_network": 2})
    assert reserve(client).status_code == 302
    assert reserve(client, zeit="2026-11-24T10:00+01:00", besuch="two").status_code == 302
    refused = reserve(client, zeit="2026-11-24T11:00+01:00", besuch="three")
    assert refused.status_code == 429
    assert "gerade 2 Zeiten reserviert, mehr geht nicht auf einmal" in text(refused)


def test_a_get_reserves_nothing(client):
    assert client.get("/termin/hameln/reservieren/").status_code == 405


@pytest.mark.parametrize("token", ["x", "A" * 80, "%00", "ä", "..%2f", "A" * 3000])
def test_a_wrong_token_is_404_with_a_way_on(client, token):
    response = client.get(f"/termin/reserviert/{token}/")
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("colleagues", "number"),
    # The frame of a transaction is two more here: inside that of the test it is a savepoint.
    [(0, 13 + 2), (3, 15 + 2)],
)
def test_reserving_takes_fifteen_queries_at_most(
    client, office, advisor, service, django_assert_num_queries, colleagues, number
):
    """It took 21. Whose turn it is is asked only where there is a choice."""
    for person in AdvisorFactory.create_batch(colleagues, office=office):
        AvailabilityRuleFactory(advisor=person)
    with django_assert_num_queries(number):
        assert reserve(client).status_code == 302
    # Another choice of the same visit: its reservation is looked at once more behind the lock, and let go.
    with django_assert_num_queries(number + 2):
        assert reserve(client, zeit="2026-11-24T10:00+01:00").status_code == 302
    assert list(Appointment.objects.values_list("status", flat=True)) == [Status.EXPIRED, Status.HELD]


def test_booking_takes_fifteen_queries(client, form_url, django_assert_num_queries):
    BrandSettings.load()
    BookingSettings.load()
    with django_assert_num_queries(15):
        client.post(form_url, ANSWERS)
    assert Appointment.objects.get().status == Status.BOOKED


def test_an_oversized_form_is_refused(client, form_url):
    response = client.post(form_url, ANSWERS | {"message": "x" * 2_000_000})
    assert response.status_code == 413
    assert "Die Anfrage war zu groß oder beschädigt. Es ist nichts gebucht" in text(response)
    assert Appointment.objects.get().status == Status.HELD


def test_a_filled_decoy_books_nothing_and_comes_back_empty(client, form_url):
    page = text(client.get(form_url))
    assert '<div class="decoy" aria-hidden="true">' in page
    assert '<input id="id_homepage" name="homepage" type="text" autocomplete="off" tabindex="-1">' in page
    response = client.post(form_url, ANSWERS | {"homepage": "https://spam.example"})
    html = text(response)
    assert response.status_code == 422
    assert "Ein verborgenes Feld war ausgefüllt" in html
    assert "spam.example" not in html
    assert 'value="Beispiel Metallbau GmbH"' in html
    assert Appointment.objects.get().status == Status.HELD
    assert not OutgoingMail.objects.exists()
    assert client.post(form_url, ANSWERS | {"homepage": ""}).url.startswith("/termin/ansehen/")


def test_an_address_books_only_so_many_ahead_and_hears_how_to_go_on(client, form_url, advisor, office):
    BookingSettings.objects.update_or_create(defaults={"appointments_per_address": 2})
    mine = {"advisor": advisor, "email": "Kim@Metallbau.example"}
    AppointmentFactory(starts_at=NOW - timedelta(days=1), **mine)
    AppointmentFactory(starts_at=NOW + timedelta(days=8), status=Status.CANCELLED, **mine)
    first, second = (AppointmentFactory(starts_at=NOW + timedelta(days=days), **mine) for days in (8, 9))
    office.phone = "05151 900"
    office.save()
    response = client.post(form_url, ANSWERS)
    html = text(response)
    assert response.status_code == 422
    sentence = (
        "Je E-Mail-Adresse sind höchstens 2 Termine im Voraus möglich. "
        "Sagen Sie einen ab, oder rufen Sie uns an: 05151 900."
    )
    assert html.count(sentence) == 2
    assert not OutgoingMail.objects.exists()
    for known in (first.reference, second.reference):
        assert known not in html
    assert client.post(form_url, ANSWERS | {"email": "other@metallbau.example"}).status_code == 302


def test_a_least_time_is_kept_where_it_is_set(client, form_url, now):
    BookingSettings.objects.update_or_create(defaults={"seconds_to_fill_in": 2})
    now.shift(timedelta(seconds=1))
    response = client.post(form_url, ANSWERS)
    assert (response.status_code, "Das ging sehr schnell." in text(response)) == (422, True)
    now.shift(timedelta(seconds=1))
    assert client.post(form_url, ANSWERS).status_code == 302


def test_no_least_time_is_set_at_first(client, form_url):
    assert client.post(form_url, ANSWERS).status_code == 302
