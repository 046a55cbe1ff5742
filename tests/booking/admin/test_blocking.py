"""„Zeit blockieren“ at the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from booking.models import Closure
from booking.selectors import free_times
from tests.factories.accounts import advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def mine(now, office, service):
    advisor = advisor_with_account(name="Nora Nord", office=office)
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


def values(advisor, **changes):
    return {
        "beratung": advisor.pk,
        "tag": "2026-12-01",
        "von": "09:30",
        "bis": "10:30",
        "grund": "Fortbildung",
        **changes,
    }


def test_blocked_time_is_offered_no_more_and_its_appointments_are_named(mine, service):
    met = AppointmentFactory(advisor=mine, starts_at=NINE, organization="Getroffen GmbH")
    AppointmentFactory(advisor=mine, starts_at=NINE + timedelta(minutes=90), organization="Danach GmbH")
    client = client_of(mine.user)
    page = client.post(reverse("termine:block"), values(mine), follow=True).content.decode()
    closure = Closure.objects.get()
    assert (closure.advisor, closure.first_day, closure.last_day, closure.start_time, closure.end_time) == (
        mine,
        date(2026, 12, 1),
        date(2026, 12, 1),
        time(9, 30),
        time(10, 30),
    )
    assert "Fortbildung (01.12.2026–01.12.2026)" in page
    assert "Getroffen GmbH" in page
    assert "Danach GmbH" not in page
    assert reverse("termine:move", args=[met.pk]) in page
    met.refresh_from_db()
    assert met.status == "booked"
    now = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert not free_times(service, now=now, first=date(2026, 12, 1), last=date(2026, 12, 1))


def test_sent_twice_is_blocked_once(mine):
    client = client_of(mine.user)
    for _ in range(2):
        client.post(reverse("termine:block"), values(mine))
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bis": "09:30"}, "bis"),
        ({"tag": "2026-11-22"}, "tag"),
        ({"tag": "2099-01-01"}, "tag"),
        ({"tag": "kaputt"}, "tag"),
        ({"grund": ""}, "grund"),
        ({"grund": "a\x07"}, "grund"),
        ({"beratung": "999999"}, "beratung"),
    ],
)
def test_bad_input_blocks_nothing(mine, changes, field):
    response = client_of(mine.user).post(reverse("termine:block"), values(mine, **changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Closure.objects.exists()


def test_time_is_blocked_within_the_own_reach_only(mine, office):
    colleague = advisor_with_account("kollege", name="Karl Kollege", office=office)
    stranger = advisor_with_account("fremd", name="Frieda Fremd")
    assert client_of(mine.user).post(reverse("termine:block"), values(colleague)).status_code == 422
    lead = client_of(office_lead(office=office).user)
    page = lead.get(reverse("termine:block")).content.decode()
    assert "Karl Kollege" in page
    assert "Frieda Fremd" not in page
    assert lead.post(reverse("termine:block"), values(stranger)).status_code == 422
    assert lead.post(reverse("termine:block"), values(colleague)).status_code == 302
    foreign = ClosureFactory(advisor=stranger, start_time=time(9), end_time=time(10))
    assert lead.get(reverse("termine:affected", args=[foreign.pk])).status_code == 404
    assert client_of(mine.user).get(reverse("termine:affected", args=[Closure.objects.first().pk])).status_code == 404


def test_others_do_not_come_here(mine):
    assert client_of(editor()).get(reverse("termine:block")).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mine.user)
    assert strict.post(reverse("termine:block"), values(mine)).status_code == 403
    assert not Closure.objects.exists()
