"""What switching an office or a person off, other holidays and leaving the pool would do, compared with doing it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from booking.effects.places import effect_of_advisor, effect_of_office
from booking.effects.services import effect_without_service
from booking.models import Service
from offices.models import Advisor, Office
from tests.booking.effects.comparing import NINE, NOW, changed, compared, offered
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2027, 1, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({}, {"is_active": False}),
        ({"is_active": False}, {}),
        ({}, {"holidays": []}),
        ({"holidays": []}, {"holidays": ["new_year", "boxing_day"]}),
        ({}, {"phone": "05151 1"}),
    ],
    ids=["closed", "opened", "open on holidays", "closed on a holiday", "nothing that counts"],
)
def test_an_office_does_what_its_effect_says(network, office, stored, wanted):
    usual = {"is_active": True, "holidays": office.holidays}
    Office.objects.filter(pk=office.pk).update(**usual | stored)
    before = offered()
    office = Office.objects.get(pk=office.pk)
    for name, value in (usual | wanted).items():
        setattr(office, name, value)
    weeks = changed(effect_of_office(office, now=NOW).weeks)
    office.save()
    assert weeks == compared(before, offered())
    assert bool(weeks) == ("phone" not in wanted)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({}, {"is_active": False}),
        ({"is_active": False}, {"is_active": True}),
        ({}, {"in_pool": False}),
        ({"in_pool": False}, {"in_pool": True}),
        ({"is_active": False}, {"in_pool": False}),
        ({}, {"share_percent": 50}),
    ],
    ids=["leaves", "comes back", "leaves the pool", "joins the pool", "is away and leaves the pool", "works less"],
)
def test_a_person_does_what_the_effect_says(network, advisor, stored, wanted):
    Advisor.objects.filter(pk=advisor.pk).update(**stored)
    before = offered()
    advisor = Advisor.objects.get(pk=advisor.pk)
    for name, value in wanted.items():
        setattr(advisor, name, value)
    weeks = changed(effect_of_advisor(advisor, now=NOW).weeks)
    advisor.save()
    assert weeks == compared(before, offered())


def test_the_times_of_a_service_go_with_it(network, service):
    before = [slot for slot in offered() if slot.end - slot.start == service.duration]
    effect = effect_without_service(service, now=NOW)
    assert (effect.gained, effect.lost, effect.met) == (
        0,
        len(before),
        [AppointmentFactory._meta.model.objects.get(service=service)],
    )
    assert Service.objects.get(pk=service.pk).is_active


def test_what_is_new_has_no_times_yet(network):
    for effect in (
        effect_of_office(OfficeFactory.build(), now=NOW),
        effect_of_advisor(AdvisorFactory.build(office=None), now=NOW),
    ):
        assert (effect.weeks, effect.met) == ([], [])


def test_a_closed_office_meets_its_appointments_and_a_holiday_those_of_its_day(network, advisor, office):
    booked = AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(days=1))
    office.holidays = [holiday for holiday in office.holidays if holiday != "new_year"]
    office.save()
    on_the_holiday = AppointmentFactory(advisor=advisor, starts_at=NEW_YEAR)
    AppointmentFactory(starts_at=NEW_YEAR)
    office.holidays = [*office.holidays, "new_year"]
    effect = effect_of_office(office, now=NOW)
    assert (effect.met, effect.stays(on_the_holiday), effect.stays(booked)) == ([on_the_holiday], False, True)
    office.is_active = False
    met = effect_of_office(office, now=NOW).met
    assert {booked, on_the_holiday} < set(met)
    assert {each.office for each in met} == {office}
    office.save()
    assert effect_of_office(office, now=NOW).met == []


def test_who_leaves_meets_the_own_appointments_and_the_pool_none(network, advisor):
    advisor.in_pool = False
    assert effect_of_advisor(advisor, now=NOW).met == []
    advisor.is_active = False
    effect = effect_of_advisor(advisor, now=NOW)
    assert [each.starts_at for each in effect.met] == [NINE - timedelta(days=1), NINE]
    assert not any(effect.stays(each) for each in effect.met)
