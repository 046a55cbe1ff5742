"""The effect of a closure before it is saved or deleted, against what really doing it does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from booking.effects.closures import effect_of_closure, effect_without_closure
from booking.enums import Status
from booking.models import Closure, Service
from tests.booking.effects.comparing import FIRST, NINE, NOW, changed, compared, offered
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory, weekly

pytestmark = pytest.mark.django_db

SHAPES = {
    "hours": {"start_time": time(9, 30), "end_time": time(10, 30)},
    "days": {"last_day": FIRST + timedelta(days=9)},
    "recurring": {"last_day": date(2027, 3, 31), "days": weekly(0, interval=2)},
    "all ages": {"first_day": date(1, 1, 1), "last_day": date(9999, 12, 31)},
}


@pytest.mark.parametrize("scope", ["advisor", "office", "network"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_effect_is_what_saving_does(network, scope, shape):
    scopes = {"advisor": {"advisor": network}, "office": {"office": network.office}, "network": {}}
    closure = ClosureFactory.build(**{"first_day": FIRST} | SHAPES[shape] | scopes[scope])
    before = offered()
    told = effect_of_closure(closure, now=NOW)
    assert not Closure.objects.exists()
    closure.save()
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected
    assert (told.gained, told.lost) == (0, sum(lost for _, _, lost in expected))


@pytest.mark.parametrize(
    "changes",
    [
        {"last_day": FIRST},
        {"first_day": FIRST + timedelta(days=1), "last_day": FIRST + timedelta(days=14)},
        {"start_time": time(10), "end_time": time(11)},
        {"advisor": None},
        {"first_day": date(2025, 1, 1), "last_day": date(2025, 1, 1)},
    ],
    ids=["shorter", "later", "hours", "everybody", "past"],
)
def test_a_change_counts_against_the_stored_closure(network, changes):
    closure = ClosureFactory(advisor=network, first_day=FIRST, last_day=FIRST + timedelta(days=7))
    before = offered()
    for name, value in changes.items():
        setattr(closure, name, value)
    told = effect_of_closure(closure, now=NOW)
    closure.save()
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected


@pytest.mark.parametrize("shape", SHAPES)
def test_deleting_a_closure_gives_back_what_it_took(network, shape):
    closure = ClosureFactory(**{"first_day": FIRST} | SHAPES[shape], advisor=network)
    before = offered()
    told = effect_without_closure(closure, now=NOW)
    assert Closure.objects.exists()
    closure.delete()
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected
    assert (told.gained, told.lost, told.met) == (sum(gained for _, gained, _ in expected), 0, [])


def test_two_closures_of_one_day_give_it_back_together(network):
    first, second = ClosureFactory(advisor=network), ClosureFactory(office=network.office)
    assert changed(effect_without_closure(first, now=NOW).weeks) == []
    second.delete()
    assert effect_without_closure(first, now=NOW).gained


def test_an_unchanged_closure_changes_nothing(network):
    closure = ClosureFactory(advisor=network)
    told = effect_of_closure(closure, now=NOW)
    assert (changed(told.weeks), told.met) == ([], [])


def test_a_closure_beyond_the_horizon_takes_no_time_but_meets_appointments(network, service):
    met = AppointmentFactory(advisor=network, service=service, starts_at=datetime(2030, 1, 8, 9, tzinfo=UTC))
    told = effect_of_closure(ClosureFactory.build(advisor=network, first_day=date(2030, 1, 8)), now=NOW)
    assert (told.weeks, told.met, told.last) == ([], [met], date(2027, 1, 22))


def test_no_more_than_half_a_year_is_looked_at(network):
    Service.objects.update(horizon_days=365)
    told = effect_of_closure(ClosureFactory.build(advisor=network, last_day=date(2027, 12, 31)), now=NOW)
    assert told.last == date(2026, 11, 23) + timedelta(weeks=26)
    assert told.weeks[-1].monday == date(2027, 5, 24)


def test_a_network_without_active_services_loses_nothing(advisor, rule):
    Service.objects.update(is_active=False)
    told = effect_of_closure(ClosureFactory.build(advisor=advisor), now=NOW)
    assert (told.weeks, told.met) == ([], [])


def test_who_is_outside_the_pool_loses_times_too(network):
    type(network).objects.filter(pk=network.pk).update(in_pool=False)
    assert effect_of_closure(ClosureFactory.build(advisor=network), now=NOW).lost


def test_met_are_booked_appointments_ahead_that_the_closure_touches(advisor, service):
    def at(start, **values):
        return AppointmentFactory(advisor=values.pop("advisor", advisor), service=service, starts_at=start, **values)

    met = at(NINE)
    at(NINE + timedelta(hours=1))  # begins as the closure ends
    at(NINE + timedelta(days=1))
    at(NINE, advisor=AdvisorFactory())
    at(NINE, status=Status.CANCELLED)
    at(NOW - timedelta(days=1))
    closure = ClosureFactory.build(advisor=advisor, start_time=time(9), end_time=time(10))
    assert effect_of_closure(closure, now=NOW).met == [met]
    elsewhere = ClosureFactory.build(office=OfficeFactory())
    assert effect_of_closure(elsewhere, now=NOW).met == []
    stored = ClosureFactory(advisor=advisor, start_time=time(9), end_time=time(9, 30))
    stored.end_time = time(12)
    assert len(effect_of_closure(stored, now=NOW).met) == 1


@pytest.mark.parametrize("items", [1, 3])
def test_the_effect_takes_as_many_queries_for_three_as_for_one(advisor, items, django_assert_num_queries):
    for number in range(items):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=advisor.office))
        AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(hours=number))
        ServiceFactory(slug=f"anliegen-{number}", name=f"Anliegen {number}")
    closure = ClosureFactory(office=advisor.office)
    closure.last_day = date(2026, 12, 31)
    with django_assert_num_queries(11):
        effect_of_closure(closure, now=NOW)
    with django_assert_num_queries(9):
        effect_without_closure(closure, now=NOW)
