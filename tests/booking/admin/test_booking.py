"""„Neuer Termin“ at the desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from booking.models import Appointment
from foundation.models import OutgoingMail
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
FIRM = {
    "zeit": NINE.isoformat(),
    "besuch": "form",
    "organization": "Anruf GmbH",
    "name": "Kim Muster",
    "email": "",
    "phone": "05151 12345",
    "postcode": "31785",
    "note": "rief an",
}


@pytest.fixture
def lead(now, office, service):
    advisor = office_lead(name="Lea Leitung", office=office)
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


@pytest.fixture
def colleague(lead, office):
    person = advisor_with_account("kollege", name="Karl Kollege", office=office)
    AvailabilityRuleFactory(advisor=person)
    return person


def address(**values):
    query = {"anliegen": "erstberatung", "art": "office", "buero": "hameln", "beratung": "", "tag": "2026-12-01"}
    return reverse("termine:book") + "?" + "&".join(f"{name}={text}" for name, text in (query | values).items())


def booked():
    return list(Appointment.objects.values_list("organization", "advisor__name", "starts_at", "note"))


def test_page_begins_with_the_own_office(lead):
    page = client_of(lead.user).get(reverse("termine:book")).content.decode()
    assert '<option value="hameln" selected>' in page
    assert "Termin buchen" not in page


def test_free_times_of_a_day_are_radio_buttons(lead, colleague):
    page = client_of(lead.user).get(address()).content.decode()
    assert "Freie Zeiten am Dienstag, 1. Dezember" in page
    assert page.count('value="2026-12-01T09:00+01:00"') == 1
    assert '<option value="2026-12-01" selected>Dienstag, 1. Dezember (5 freie Zeiten)</option>' in page


def test_appointment_is_booked_for_a_colleague(lead, colleague):
    response = client_of(lead.user).post(address(beratung=colleague.pk), FIRM, follow=True)
    page = response.content.decode()
    assert "Der Termin ist gebucht. Der Betrieb hat keine E-Mail-Adresse hinterlassen" in page
    assert "gebucht (leitung)" in page
    assert booked() == [("Anruf GmbH", "Karl Kollege", NINE, "rief an")]
    assert list(OutgoingMail.objects.values_list("kind", flat=True)) == ["advisor_booked"]


def test_sent_twice_is_booked_once(lead):
    client = client_of(lead.user)
    pages = [client.post(address(), FIRM | {"email": "kim@firma.example"}) for _ in range(2)]
    assert pages[0].url == pages[1].url
    assert len(booked()) == 1
    assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == ["advisor_booked", "firm_booked"]


def test_clash_keeps_what_was_typed(lead):
    AppointmentFactory(advisor=lead, starts_at=NINE)
    response = client_of(lead.user).post(address(beratung=lead.pk), FIRM)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Diese Zeit ist gerade vergeben worden." in page
    assert 'value="Anruf GmbH"' in page
    assert len(booked()) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"zeit": ""}, 409),
        ({"zeit": "2026-12-06T09:00+01:00"}, 409),
        ({"organization": ""}, 422),
        ({"email": "kaputt"}, 422),
        ({"note": "a\x07b"}, 422),
        ({"postcode": "317"}, 422),
    ],
)
def test_bad_input_books_nothing(lead, changes, status):
    assert client_of(lead.user).post(address(), FIRM | changes).status_code == status
    assert booked() == []


@pytest.mark.parametrize(
    "changes",
    [{"anliegen": "x"}, {"art": "x"}, {"buero": "fremd"}, {"beratung": "{stranger}"}, {"anliegen": "nur-telefon"}],
)
def test_wish_beyond_the_own_office_is_refused(lead, changes):
    ServiceFactory(slug="nur-telefon", name="Nur am Telefon", kinds=["phone"])
    stranger = advisor_with_account("fremd", name="Frieda Fremd", office=OfficeFactory(slug="fremd"))
    AvailabilityRuleFactory(advisor=stranger)
    wish = {name: text.format(stranger=stranger.pk) for name, text in changes.items()}
    client = client_of(lead.user)
    assert "Freie Zeiten am" not in client.get(address(**wish)).content.decode()
    response = client.post(address(**wish), FIRM)
    assert response.status_code == 422
    assert "Frieda Fremd" not in response.content.decode()
    assert booked() == []


def test_advisor_books_for_oneself(lead, colleague):
    client = client_of(colleague.user)
    page = client.get(address()).content.decode()
    assert "Lea Leitung" not in page
    assert "egal wer" not in page
    client.post(address(), FIRM)
    assert booked() == [("Anruf GmbH", "Karl Kollege", NINE, "rief an")]
    assert client.post(address(beratung=lead.pk), FIRM | {"besuch": "x"}).status_code == 422


def test_others_do_not_come_here(lead):
    assert client_of(editor()).get(address()).status_code == 302
    assert Client().get(address()).status_code == 302
    assert client_of(administrator()).get(address()).status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lead.user)
    assert strict.post(address(), FIRM).status_code == 403
    assert booked() == []


@pytest.mark.parametrize("people", [1, 3])
def test_page_takes_as_many_queries_for_three_advisors_as_for_one(office, lead, django_assert_num_queries, people):
    client = client_of(lead.user)
    for number in range(people):
        AvailabilityRuleFactory(advisor=advisor_with_account(f"person{number}", office=office))
    client.get(address())
    with django_assert_num_queries(22):
        client.get(address())


def test_a_chosen_duration_is_offered_and_booked(lead, service):
    service.further_durations = [120]
    service.save()
    client = client_of(lead.user)
    page = client.get(address(dauer=120)).content.decode()
    assert "(3 freie Zeiten)" in page
    client.post(address(dauer=120), FIRM)
    assert Appointment.objects.get().minutes == 120


def test_a_duration_that_the_service_does_not_have_is_refused(lead, service):
    client = client_of(lead.user)
    response = client.post(address(dauer=120), FIRM)
    assert response.status_code == 422
    assert "„Erstberatung“ dauert 60 Minuten." in response.content.decode()
    assert booked() == []


def test_moving_keeps_the_duration(lead, service):
    service.further_durations = [120]
    service.save()
    client = client_of(lead.user)
    client.post(address(dauer=120), FIRM)
    appointment = Appointment.objects.get()
    move = reverse("termine:move", args=[appointment.pk])
    assert "(3 freie Zeiten)" in client.get(move + "?tag=2026-12-02").content.decode()
    client.post(move, {"zeit": f"2026-12-02T10:00+01:00|{lead.pk}", "sequence": "0"})
    appointment.refresh_from_db()
    assert (appointment.sequence, appointment.minutes) == (1, 120)


def test_follow_up_knows_the_firm_and_asks_for_a_time_only(lead):
    first = AppointmentFactory(
        advisor=lead,
        starts_at=NINE,
        phone="05151 12345",
        topic="Staplerschein",
        message="Nur für das erste Gespräch",
        note="Vorsicht",
    )
    client = client_of(lead.user)
    inspected = client.get(reverse("termine:inspect", args=[first.pk]))
    url = inspected.context["follow_up_url"]
    assert escape(url) in inspected.content.decode()
    assert "Metallbau" not in url
    page = client.get(url).content.decode()
    for text in (
        f'Folgetermin zu <a href="{reverse("termine:inspect", args=[first.pk])}">{first.reference}</a>',
        'value="Beispiel Metallbau GmbH"',
        'value="kim.muster@firma.example"',
        'value="05151 12345"',
        'value="Staplerschein"',
        f'<input type="hidden" name="folge" value="{first.pk}">',
        "freie Zeiten",
    ):
        assert text in page, text
    assert "Nur für das erste Gespräch" not in page
    assert "Vorsicht" not in page


def test_nobody_follows_up_what_is_out_of_reach_or_anonymous(lead):
    stranger = AppointmentFactory(starts_at=NINE, organization="Fremde GmbH")
    client = client_of(lead.user)
    for number in (stranger.pk, "kaputt", "²", "99999"):
        assert client.get(address(folge=number)).status_code == 404
    forgotten = AppointmentFactory(advisor=lead, starts_at=NINE, anonymised_at=NINE)
    assert client.get(reverse("termine:inspect", args=[forgotten.pk])).context["follow_up_url"] == ""
