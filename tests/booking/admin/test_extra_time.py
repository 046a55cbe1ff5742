"""„Zusatzzeit“: a single extra time from one small form."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from booking.models import AvailabilityRule
from booking.selectors import free_times
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 12, 12)


@pytest.fixture
def nora(now, office, service):
    return advisor_with_account(name="Nora Nord", office=office)


def add(user, advisor, **changes):
    values = {
        "beratung": advisor.pk,
        "buero": advisor.office_id,
        "tag": "2026-12-12",
        "von": "10:00",
        "bis": "12:00",
        "arten": ["office", "phone"],
    }
    return client_of(user).post(reverse("termine:extra"), values | changes)


def test_it_is_found_above_the_list_and_gives_times_on_that_day_only(nora, service):
    listing = reverse("beratungszeiten:index")
    assert reverse("termine:extra") in client_of(nora.user).get(listing).content.decode()
    response = add(nora.user, nora)
    assert (response.status_code, response.url) == (302, listing)
    slots = free_times(service, now=NOW)
    assert [(slot.advisor, slot.kinds) for slot in slots] == [(nora.pk, frozenset({"office", "phone"}))] * 3
    rule = AvailabilityRule.objects.get()
    assert rule.days_between(date(2026, 1, 1), date(2027, 12, 31)) == (SATURDAY,)
    assert (rule.start_time, rule.end_time) == (time(10), time(12))
    assert (rule.valid_from, rule.valid_until) == (SATURDAY, SATURDAY)
    page = client_of(nora.user).get(listing).content.decode()
    assert "nur am 12.12.2026" in page
    assert ModelLogEntry.objects.get(action="wagtail.create").user == nora.user


def test_it_is_for_the_services_that_were_chosen(nora, service):
    other = ServiceFactory(slug="andere", name="Andere")
    add(nora.user, nora, anliegen=[other.pk])
    assert not free_times(service, now=NOW)
    assert free_times(other, now=NOW)


def test_the_same_time_again_is_one_time_with_the_new_choice(nora):
    add(nora.user, nora)
    add(nora.user, nora, arten=["phone"])
    assert AvailabilityRule.objects.get().kinds == ["phone"]


def test_closures_go_before_it(nora, service):
    ClosureFactory(first_day=SATURDAY)
    add(nora.user, nora)
    assert not free_times(service, now=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tag": "2026-11-22"}, "tag"),
        ({"tag": "2029-01-01"}, "tag"),
        ({"tag": "kaputt"}, "tag"),
        ({"bis": "10:00"}, "bis"),
        ({"von": "25:00"}, "von"),
        ({"arten": []}, "arten"),
        ({"arten": ["office_day"]}, "arten"),
        ({"anliegen": [999]}, "anliegen"),
        ({"buero": 999}, "buero"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(nora, changes, field):
    response = add(nora.user, nora, **changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not AvailabilityRule.objects.exists()


def test_advisors_open_their_own_time_heads_those_of_their_office(nora, office):
    colleague = AdvisorFactory(name="Karl Kollege", office=office)
    stranger = AdvisorFactory(name="Frieda Fremd", office=OfficeFactory())
    page = client_of(nora.user).get(reverse("termine:extra")).content.decode()
    assert "Nora Nord" in page
    assert "Karl Kollege" not in page
    assert list(add(nora.user, colleague).context["form"].errors) == ["beratung"]
    lead = office_lead(name="Lea Leitung", office=office)
    assert list(add(lead.user, stranger).context["form"].errors) == ["beratung"]
    assert add(lead.user, colleague).status_code == 302
    assert add(administrator(), stranger).status_code == 302
    refused = client_of(editor()).get(reverse("termine:extra"))
    assert refused.status_code == 302
    assert AvailabilityRule.objects.count() == 2


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(now, office, service, django_assert_num_queries, items):
    lead = office_lead(name="Lea Leitung", office=office)
    for _ in range(items):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=office))
    client = client_of(lead.user)
    client.get(reverse("termine:extra"))
    with django_assert_num_queries(14):
        client.get(reverse("termine:extra"))
