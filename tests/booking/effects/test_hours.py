"""The effect of a rule of hours before it is saved or deleted, against what really doing it does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurrence

from booking.effects.hours import (
    effect_of_office_day,
    effect_of_rule,
    effect_without_office_day,
    effect_without_rule,
)
from booking.enums import Kind, Status
from booking.models import AvailabilityRule, Service
from booking.services.open import extra_time, open_time
from offices.models import OfficeDay
from tests.booking.effects.comparing import NINE, NOW, changed, compared, offered
from tests.factories.accounts import administrator
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory, weekly

pytestmark = pytest.mark.django_db

SECOND_TUESDAY = recurrence.Recurrence(rrules=[recurrence.Rule(recurrence.MONTHLY, byday=[recurrence.TU(2)])])

CHANGES = {
    "longer": {"end_time": time(14)},
    "later": {"start_time": time(9, 15)},
    "every second week": {"days": weekly(1, 3, interval=2)},
    "second Tuesday": {"days": SECOND_TUESDAY},
    "until": {"valid_until": date(2026, 12, 11)},
    "from": {"valid_from": date(2026, 12, 15)},
    "other kinds": {"kinds": [Kind.OFFICE_DAY]},
}


@pytest.fixture
def short():
    return Service.objects.get(slug="kurz")


@pytest.mark.parametrize("change", CHANGES)
def test_the_effect_of_an_edit_is_what_saving_does(network, rule, change):
    for name, value in CHANGES[change].items():
        setattr(rule, name, value)
    Service.objects.update(kinds=[Kind.OFFICE, Kind.PHONE])
    before = offered()
    told = effect_of_rule(rule, [], now=NOW)
    rule.save()
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected


@pytest.mark.parametrize("change", [{}, *CHANGES.values()], ids=["plain", *CHANGES])
def test_the_effect_of_a_new_rule_is_what_saving_does(network, change):
    values = {"advisor": network, "start_time": time(13), "end_time": time(16)} | change
    if values["start_time"] > values["end_time"]:
        values["end_time"] = time(18)
    new = AvailabilityRuleFactory.build(**values)
    before = offered()
    told = effect_of_rule(new, [], now=NOW)
    assert new.pk is None
    new.save()
    assert changed(told.weeks) == compared(before, offered())


def test_another_advisor_and_another_office_count_on_both_sides(network, rule):
    other, elsewhere = AdvisorFactory(), OfficeFactory()
    AvailabilityRuleFactory(advisor=other, start_time=time(10), end_time=time(11))
    rule.advisor, rule.office = other, elsewhere
    before = offered()
    told = effect_of_rule(rule, [], now=NOW)
    rule.save()
    assert changed(told.weeks) == compared(before, offered())
    assert told.gained
    assert told.lost


def test_only_for_some_services(network, rule, short):
    before = offered()
    told = effect_of_rule(rule, [short.pk], now=NOW)
    rule.services.set([short])
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected
    told = effect_of_rule(rule, [], now=NOW)
    assert changed(told.weeks) == [(monday, lost, gained) for monday, gained, lost in expected]


def test_deleting_a_rule_is_what_it_says(network, rule):
    before = offered()
    told = effect_without_rule(rule, now=NOW)
    assert AvailabilityRule.objects.filter(pk=rule.pk).exists()
    rule.delete()
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected


def test_what_another_rule_gives_anyway_is_neither_gained_nor_lost(network, rule):
    AvailabilityRuleFactory(advisor=network)
    assert changed(effect_without_rule(rule, now=NOW).weeks) == []
    assert changed(effect_of_rule(AvailabilityRuleFactory.build(advisor=network), [], now=NOW).weeks) == []


def test_closures_holidays_and_appointments_stand_against_new_hours(network):
    ClosureFactory(advisor=network, first_day=date(2026, 12, 2), last_day=date(2026, 12, 20))
    AppointmentFactory(advisor=network, starts_at=NINE + timedelta(hours=5))
    new = AvailabilityRuleFactory.build(advisor=network, start_time=time(13), end_time=time(17))
    before = offered()
    told = effect_of_rule(new, [], now=NOW)
    new.save()
    assert changed(told.weeks) == compared(before, offered())


def test_whoever_and_whatever_is_switched_off_gains_nothing(network):
    resting = AdvisorFactory(office=network.office, is_active=False)
    assert effect_of_rule(AvailabilityRuleFactory.build(advisor=resting), [], now=NOW).gained == 0
    closed = OfficeFactory(is_active=False)
    rule = AvailabilityRuleFactory.build(advisor=network, office=closed, start_time=time(14), end_time=time(18))
    assert effect_of_rule(rule, [], now=NOW).gained == 0
    Service.objects.update(is_active=False)
    assert effect_of_rule(AvailabilityRuleFactory.build(advisor=network), [], now=NOW).weeks == []


def test_who_is_outside_the_pool_gains_times_too(network):
    type(network).objects.filter(pk=network.pk).update(in_pool=False)
    rule = AvailabilityRuleFactory.build(advisor=network, start_time=time(14), end_time=time(18))
    assert effect_of_rule(rule, [], now=NOW).gained


def test_met_are_booked_appointments_that_would_lie_in_no_hours(advisor, rule, service):
    def at(start, **values):
        return AppointmentFactory(advisor=values.pop("advisor", advisor), service=service, starts_at=start, **values)

    early = at(NINE)
    late = at(NINE + timedelta(hours=2))
    phone = at(NINE + timedelta(days=1, hours=2), kind=Kind.PHONE)
    beyond = at(datetime(2027, 9, 7, 7, tzinfo=UTC))
    at(NINE + timedelta(hours=5))  # lies in no hours today either
    at(NINE, advisor=AdvisorFactory())
    at(NINE, status=Status.CANCELLED)
    at(NOW - timedelta(days=4))
    rule.start_time = time(10)
    assert effect_of_rule(rule, [], now=NOW).met == [early, beyond]
    assert effect_without_rule(rule, now=NOW).met == [early, late, phone, beyond]
    rule.start_time, rule.kinds = time(9), [Kind.OFFICE]
    assert effect_of_rule(rule, [], now=NOW).met == [phone]
    rule.kinds = [Kind.OFFICE, Kind.PHONE]
    other = ServiceFactory(slug="andere", name="Andere")
    assert effect_of_rule(rule, [other.pk], now=NOW).met == [early, late, phone, beyond]
    assert effect_of_rule(rule, [other.pk, service.pk], now=NOW).met == []
    AvailabilityRuleFactory(advisor=advisor, start_time=time(8), end_time=time(10))
    assert effect_without_rule(rule, now=NOW).met == [late, phone]


def test_an_extra_time_is_what_opening_it_does(network):
    hours = {
        "advisor": network,
        "office": network.office,
        "day": date(2026, 12, 12),
        "start": time(10),
        "end": time(13),
    }
    for kinds in ([Kind.OFFICE], [Kind.OFFICE, Kind.PHONE]):
        before = offered()
        told = effect_of_rule(extra_time(**hours, kinds=kinds), [], now=NOW)
        open_time(**hours, kinds=kinds, actor=administrator(f"verwaltung-{len(kinds)}"))
        assert changed(told.weeks) == compared(before, offered())
        assert bool(told.gained) is (len(kinds) == 1)


@pytest.fixture
def office_day(network):
    return OfficeDayFactory(office=network.office, advisors=[network], days=weekly(3), end_time=time(16))


def test_switching_an_office_day_off_and_on(network, office_day):
    before = offered()
    office_day.is_active = False
    told = effect_of_office_day(office_day, [network.pk], now=NOW)
    office_day.save()
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected
    office_day.is_active = True
    told = effect_of_office_day(office_day, [network.pk], now=NOW)
    assert changed(told.weeks) == [(monday, lost, gained) for monday, gained, lost in expected]


@pytest.mark.parametrize(
    "change",
    [{"days": weekly(2)}, {"end_time": time(18)}, {"valid_until": date(2026, 12, 11)}],
    ids=["days", "hours", "validity"],
)
def test_the_effect_of_an_office_day_is_what_saving_does(network, office_day, change):
    for name, value in change.items():
        setattr(office_day, name, value)
    before = offered()
    told = effect_of_office_day(office_day, [network.pk], now=NOW)
    office_day.save()
    expected = compared(before, offered())
    assert expected
    assert changed(told.weeks) == expected


def test_new_advisors_of_an_office_day_and_a_new_office_day(network, office_day):
    people = [AdvisorFactory(office=network.office), AdvisorFactory()]
    before = offered()
    told = effect_of_office_day(office_day, [person.pk for person in people], now=NOW)
    office_day.advisors.set(people)
    middle = offered()
    assert changed(told.weeks) == compared(before, middle)
    new = OfficeDayFactory.build(office=network.office, days=weekly(4))
    told = effect_of_office_day(new, [people[0].pk], now=NOW)
    assert OfficeDay.objects.count() == 1
    new.save()
    new.advisors.set(people[:1])
    assert told.gained
    assert changed(told.weeks) == compared(middle, offered())


def test_deleting_an_office_day_and_what_is_booked_there(network, office_day, service):
    booked = AppointmentFactory(
        advisor=network,
        service=service,
        kind=Kind.OFFICE_DAY,
        office_day=office_day,
        starts_at=datetime(2026, 12, 3, 13, tzinfo=UTC),
    )
    assert booked in effect_without_office_day(office_day, now=NOW).met
    office_day.is_active = False
    assert effect_of_office_day(office_day, [network.pk], now=NOW).met == [booked]
    office_day.refresh_from_db()
    booked.delete()
    before = offered()
    told = effect_without_office_day(office_day, now=NOW)
    office_day.delete()
    assert changed(told.weeks) == compared(before, offered())


@pytest.mark.parametrize("items", [1, 3])
def test_the_effect_takes_as_many_queries_for_three_as_for_one(advisor, rule, items, django_assert_num_queries):
    for number in range(items):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=advisor.office))
        AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(hours=number))
        ServiceFactory(slug=f"anliegen-{number}", name=f"Anliegen {number}")
    people = [AdvisorFactory() for _ in range(items)]
    office_day = OfficeDayFactory(office=advisor.office, advisors=people)
    with django_assert_num_queries(11):
        effect_of_rule(rule, [], now=NOW)
    with django_assert_num_queries(10):
        effect_without_rule(rule, now=NOW)
    with django_assert_num_queries(11):
        effect_of_office_day(office_day, [person.pk for person in people], now=NOW)
