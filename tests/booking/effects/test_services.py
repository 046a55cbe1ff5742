"""The effect of a service before it is saved, against what really saving it does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from booking.effects.services import effect_of_service
from booking.enums import Kind, Status
from booking.models import Service
from booking.selectors import free_times
from tests.booking.effects.comparing import NINE, NOW, changed, compared
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory

pytestmark = pytest.mark.django_db

CHANGES = {
    "duration": {"duration": 90},
    "buffer before": {"buffer_before": 45},
    "buffer after": {"buffer_after": 45},
    "notice": {"notice_hours": 24 * 9},
    "notice in working days": {"notice_working_days": 10},
    "longer horizon": {"horizon_days": 300},
    "shorter horizon": {"horizon_days": 20},
    "grid": {"step": 45},
    "cap of a day": {"cap_per_day": 1},
    "cap of a week": {"cap_per_week": 1},
    "kinds": {"kinds": [Kind.VIDEO]},
    "switched off": {"is_active": False},
}


def of(service):
    return free_times(service, now=NOW) if service.is_active else []


@pytest.mark.parametrize("change", CHANGES)
def test_the_effect_is_what_saving_does(network, service, change):
    AppointmentFactory(advisor=network, service=service, starts_at=NINE + timedelta(days=1, hours=2))
    before = of(service)
    for name, value in CHANGES[change].items():
        setattr(service, name, value)
    told = effect_of_service(service, now=NOW)
    service.save()
    expected = compared(before, of(service))
    assert expected
    assert changed(told.weeks) == expected
    undone = Service.objects.get(pk=service.pk)
    for name in CHANGES[change]:
        setattr(undone, name, getattr(ServiceFactory.build(), name))
    back = effect_of_service(undone, now=NOW)
    assert changed(back.weeks) == [(monday, lost, gained) for monday, gained, lost in expected]


def test_a_new_service_gains_all_its_times(network, rule):
    rule.services.set([Service.objects.get(slug="kurz")])
    new = ServiceFactory.build(slug="neu", name="Neu", horizon_days=14)
    told = effect_of_service(new, now=NOW)
    assert not Service.objects.filter(slug="neu").exists()
    new.save()
    assert told.gained
    assert changed(told.weeks) == compared([], of(new))


def test_the_whole_horizon_is_looked_at(network, service):
    service.horizon_days = 365
    told = effect_of_service(service, now=NOW)
    assert told.last == date(2026, 11, 23) + timedelta(days=365)
    assert told.weeks[-1].monday == date(2027, 11, 22)


def test_what_no_time_hangs_on_changes_nothing(network, service):
    service.name, service.reminder_hours, service.further_durations = "Anders", 48, [30]
    told = effect_of_service(service, now=NOW)
    assert (changed(told.weeks), told.met) == ([], [])


def test_met_are_booked_appointments_of_a_kind_that_goes(advisor, rule, service):
    def at(days, **values):
        values = {"advisor": advisor, "service": service, "starts_at": NINE + timedelta(days=days)} | values
        return AppointmentFactory(**values)

    here, phone = at(0), at(1, kind=Kind.PHONE)
    at(2, kind=Kind.PHONE, status=Status.CANCELLED)
    at(-30, kind=Kind.PHONE)
    at(3, kind=Kind.PHONE, service=ServiceFactory(slug="andere", name="Andere"))
    service.kinds = [Kind.OFFICE]
    assert effect_of_service(service, now=NOW).met == [phone]
    service.is_active = False
    assert effect_of_service(service, now=NOW).met == [here, phone]
    service.save()
    service.kinds = [Kind.VIDEO]
    assert effect_of_service(service, now=NOW).met == []


@pytest.mark.parametrize("items", [1, 3])
def test_the_effect_takes_as_many_queries_for_three_as_for_one(
    advisor, rule, service, items, django_assert_num_queries
):
    for number in range(items):
        AvailabilityRuleFactory()
        AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + timedelta(hours=number))
    service.duration, service.kinds = 90, [Kind.PHONE]
    with django_assert_num_queries(9):
        assert len(effect_of_service(service, now=NOW).met) == items
