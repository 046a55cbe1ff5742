"""The page that says why a time is not offered."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.urls import reverse

from booking.desk.reasons import _FOR_EVERYBODY, _FOR_ONE
from booking.domain.explanation import Rule
from booking.models import Appointment, Closure
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
OFFERED = "Diese Zeit wird angeboten und kann gebucht werden."


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def advisor():
    advisor = advisor_with_account(name="Nora Nord")
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


@pytest.fixture
def service():
    return ServiceFactory()


def ask(client, advisor, service, **changes):
    question = {
        "anliegen": service.pk,
        "buero": advisor.office.pk,
        "art": "office",
        "person": "",
        "tag": "2026-11-25",
        "uhrzeit": "09:30",
    }
    return client.get(reverse("warum:index"), question | changes)


def test_it_stands_in_the_menu_at_its_address(advisor):
    assert reverse("warum:index") == "/admin/warum/"
    client = client_of(advisor.user)
    assert "Warum nicht?" in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(reverse("warum:index")).content.decode()
    assert "Warum wird diese Zeit nicht angeboten?" in page
    assert "Diese Zeit wird nicht angeboten:" not in page


def test_a_time_on_offer(advisor, service):
    page = ask(client_of(advisor.user), advisor, service).content.decode()
    assert OFFERED in page
    assert "Mittwoch, 25. November 2026, 9:30 Uhr" in page


def test_every_obstacle_is_one_german_sentence(advisor, service):
    AppointmentFactory(advisor=advisor, service=service, starts_at=datetime(2026, 11, 25, 9, tzinfo=UTC))
    ClosureFactory(first_day=datetime(2026, 11, 25).date(), advisor=advisor, start_time=time(9), end_time=time(10))
    service.cap_per_day = 1
    service.save()
    before = (Appointment.objects.count(), Closure.objects.count())
    response = ask(client_of(advisor.user), advisor, service, art="video", uhrzeit="09:40")
    assert response.context["reasons"] == [
        "Nora Nord berät in dieser Zeit nicht per Video.",
        "Die Uhrzeit liegt nicht im Raster: Nora Nord beginnt alle 30 Minuten, gezählt vom Beginn der Beratungszeit.",
        "Nora Nord ist abwesend (Schließzeit).",
        "Nora Nord hat in dieser Zeit einen Termin oder eine Reservierung, samt deren Puffer.",
        "Nora Nord hat an diesem Tag schon so viele Termine dieses Anliegens, wie erlaubt sind (1).",
    ]
    assert (Appointment.objects.count(), Closure.objects.count()) == before


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"tag": "2026-11-20"}, "Die Zeit liegt in der Vergangenheit."),
        (
            {"tag": "2026-11-23"},
            "Der Vorlauf ist zu kurz: Dieses Anliegen ist frühestens ab Dienstag, 24. November 2026, 8:00 Uhr buchbar.",
        ),
        ({"tag": "2027-02-03"}, "Der Tag liegt zu weit voraus: Dieses Anliegen ist 60 Tage im Voraus buchbar."),
        ({"tag": "2026-12-25"}, "An diesem Feiertag ist das Büro geschlossen: Erster Weihnachtstag."),
        ({"uhrzeit": "15:00"}, "Nora Nord hat zu dieser Zeit in diesem Büro keine Beratungszeit."),
    ],
)
def test_single_rules(advisor, service, changes, reason):
    assert ask(client_of(advisor.user), advisor, service, **changes).context["reasons"] == [reason]


def test_what_is_switched_off_is_named(advisor, service):
    client = client_of(administrator())
    service.is_active = False
    service.save()
    advisor.office.is_active = advisor.is_active = False
    advisor.office.save()
    advisor.save()
    assert ask(client, advisor, service).context["reasons"] == [
        "Das Anliegen ist nicht als buchbar gekennzeichnet.",
        "Das Büro ist nicht in Betrieb.",
        "Nora Nord berät zurzeit nicht.",
    ]


def test_advisors_ask_about_their_own_office_only(advisor, service):
    stranger = AdvisorFactory(name="Fremde Person", office=OfficeFactory(name="Fremdes Büro"))
    client = client_of(advisor.user)
    page = client.get(reverse("warum:index")).content.decode()
    assert "Fremde" not in page
    for changes in ({"buero": stranger.office.pk}, {"person": stranger.pk}):
        response = ask(client, advisor, service, **changes)
        assert "reasons" not in response.context
        assert "Fremde" not in response.content.decode()
    client = client_of(administrator())
    assert "Fremdes Büro" in client.get(reverse("warum:index")).content.decode()
    assert ask(client, stranger, service, person=stranger.pk).context["reasons"] == [
        "Fremde Person hat zu dieser Zeit in diesem Büro keine Beratungszeit."
    ]


def test_others_neither_see_nor_ask(advisor, service):
    client = client_of(editor())
    assert "Warum nicht?" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert ask(client, advisor, service).status_code == 302
    assert client.get(reverse("warum:index")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"anliegen": "x"}, "anliegen"),
        ({"art": "brieftaube"}, "art"),
        ({"tag": "2026-02-30"}, "tag"),
        ({"tag": "9999-12-31"}, "tag"),
        ({"tag": "0001-01-01"}, "tag"),
        ({"uhrzeit": "25:00"}, "uhrzeit"),
        ({"tag": "2027-03-28", "uhrzeit": "02:30"}, "uhrzeit"),
    ],
)
def test_bad_questions_come_back_with_a_hint(advisor, service, changes, field):
    response = ask(client_of(advisor.user), advisor, service, **changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "reasons" not in response.context


def test_every_rule_has_its_sentence():
    assert set(_FOR_EVERYBODY) | set(_FOR_ONE) == set(Rule)


@pytest.mark.parametrize("people", [1, 3])
def test_page_takes_as_many_queries_for_three_as_for_one(advisor, service, django_assert_num_queries, people):
    for _ in range(people - 1):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=advisor.office))
    client = client_of(advisor.user)
    ask(client, advisor, service)
    with django_assert_num_queries(23):
        ask(client, advisor, service)


def test_the_answer_is_about_the_chosen_duration(advisor, service):
    service.further_durations = [180]
    service.save()
    client = client_of(advisor.user)
    assert OFFERED in ask(client, advisor, service, dauer="60").content.decode()
    page = ask(client, advisor, service, dauer="180").content.decode()
    assert "Das Gespräch dauert 180 Minuten und wäre bei Nora Nord erst nach der Beratungszeit zu Ende." in page
    page = ask(client, advisor, service, dauer="90").content.decode()
    assert "„Erstberatung“ dauert 60 oder 180 Minuten." in page
