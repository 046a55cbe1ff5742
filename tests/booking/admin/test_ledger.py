"""The page that shows how appointments are shared out, and who is next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from booking.desk.ledger import _WHY
from booking.domain.fairness import Reason
from booking.enums import Kind
from booking.services.hold import Wish, hold_time
from offices.models import Advisor
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def nora(now, office, service):
    person = advisor_with_account(name="Nora Nord", office=office)
    AvailabilityRuleFactory(advisor=person)
    return person


@pytest.fixture
def olaf(nora, office):
    person = AdvisorFactory(name="Olaf Ost", office=office, share_percent=50)
    AvailabilityRuleFactory(advisor=person)
    return person


def ledger(user, **question):
    return client_of(user).get(reverse("verteilung:index"), question)


def text(response):
    return " ".join(response.content.decode().split())


def test_it_stands_in_the_menu_at_its_address(nora):
    assert reverse("verteilung:index") == "/admin/verteilung/"
    assert "Verteilung" in client_of(nora.user).get(reverse("wagtailadmin_home")).content.decode()
    assert "/admin/verteilung/" not in client_of(editor()).get(reverse("wagtailadmin_home")).content.decode()


def test_every_number_of_the_ledger(nora, olaf):
    for days in (0, 1):
        AppointmentFactory(advisor=nora, starts_at=NINE + timedelta(days=days))
    AppointmentFactory(advisor=olaf, starts_at=NINE)
    ClosureFactory(advisor=olaf, first_day=date(2026, 12, 1), last_day=date(2026, 12, 4))
    response = ledger(nora.user)
    rows = [
        (
            *(row["turn"], row["advisor"].name, row["share"].given, row["share"].share_percent),
            *(row["share"].presence.present, row["share"].presence.leave, row["per_week"]),
        )
        for row in response.context["rows"]
    ]
    assert rows == [(1, "Nora Nord", 2, 100, 40, 0, "0,25"), (2, "Olaf Ost", 1, 50, 36, 4, "0,28")]
    assert "Verteilung vom 26. Oktober 2026 bis 20. Dezember 2026" in text(response)
    assert response.context["why"] == (
        "Nora Nord hat mit 0,25 die wenigsten Termine je Woche einer vollen Stelle; es folgt Olaf Ost (0,28)."
    )
    assert "in den 8 Wochen rund um den Tag" in text(response)


@pytest.mark.parametrize("given", [(0, 0), (2, 0), (2, 1), (1, 2)])
def test_it_names_whom_the_reservation_then_takes(nora, olaf, office, service, given):
    for person, number in zip((nora, olaf), given, strict=True):
        for days in range(number):
            AppointmentFactory(advisor=person, starts_at=NINE + timedelta(days=days, hours=1))
    foretold = ledger(nora.user, tag="2026-11-24").context["next"]
    wish = Wish(service=service, office=office, kind=Kind.OFFICE, starts_at=NINE + timedelta(days=7))
    assert foretold == ledger(nora.user, tag="2026-12-01").context["next"]
    assert hold_time(wish, visit="a", network="n", now=NOW).advisor == foretold


def test_ties_are_explained(nora, olaf):
    assert ledger(nora.user).context["why"] == (
        "Nora Nord und Olaf Ost stehen in allem gleich. Dann geht es nach der Reihenfolge, in der sie angelegt wurden."
    )
    Advisor.objects.update(share_percent=100)
    AppointmentFactory(advisor=nora, starts_at=NINE, created_at=NOW - timedelta(hours=1))
    AppointmentFactory(advisor=olaf, starts_at=NINE, created_at=NOW - timedelta(hours=2))
    assert ledger(nora.user).context["why"] == (
        "Olaf Ost und Nora Nord haben gleich viele Termine je Woche einer vollen Stelle (0,13). "
        "Olaf Ost hat am längsten keinen neuen bekommen."
    )


def test_who_is_away_comes_last_and_who_is_outside_the_pool_has_no_turn(nora, olaf):
    ClosureFactory(advisor=nora, first_day=date(2026, 10, 1), last_day=date(2027, 1, 31))
    AppointmentFactory(advisor=olaf, starts_at=NINE)
    response = ledger(nora.user)
    assert [(row["advisor"].name, row["per_week"]) for row in response.context["rows"]] == [
        ("Olaf Ost", "0,25"),
        ("Nora Nord", "–"),
    ]
    assert response.context["why"].endswith("; es folgt Nora Nord (im Zeitraum nicht da).")
    Advisor.objects.filter(pk=olaf.pk).update(in_pool=False)
    response = ledger(nora.user)
    assert [(row["advisor"].name, row["turn"]) for row in response.context["rows"]] == [
        ("Nora Nord", 1),
        ("Olaf Ost", None),
    ]
    assert "nur auf Wunsch" in text(response)
    assert response.context["why"].startswith("Niemand hat im Zeitraum einen Arbeitstag.")
    Advisor.objects.update(in_pool=False)
    assert "In diesem Büro nimmt niemand an „beliebige Beratung“ teil." in text(ledger(nora.user))


def test_one_person_alone(nora):
    assert ledger(nora.user).context["why"] == "Nora Nord nimmt als einzige Person an „beliebige Beratung“ teil."


def test_another_office_is_not_found(nora):
    OfficeFactory(slug="fremd", name="Büro Fremd")
    assert ledger(nora.user, buero="fremd").status_code == 404
    assert "Büro Fremd" not in text(ledger(nora.user))
    assert "Büro Fremd: Verteilung" in text(ledger(administrator(), buero="fremd"))
    assert ledger(administrator("zweite"), buero="gibt-es-nicht").status_code == 404
    assert ledger(editor()).status_code == 302


@pytest.mark.parametrize("day", ["kaputt", "2026-13-01", "0001-01-01"])
def test_impossible_day_is_not_found(nora, day):
    assert ledger(nora.user, tag=day).status_code == 404


def test_every_reason_has_its_sentence():
    assert set(_WHY) == set(Reason)


@pytest.mark.parametrize("people", [1, 3])
def test_as_many_queries_for_three_as_for_one(nora, office, django_assert_num_queries, people):
    for number in range(people):
        person = AdvisorFactory(office=office)
        AppointmentFactory(advisor=person, starts_at=NINE + timedelta(hours=number))
        ClosureFactory(advisor=person)
    client = client_of(nora.user)
    address = reverse("verteilung:index")
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)
