"""The next free time as other pages tell it: what it says, and that it is never older than the last change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import override

from booking import next_free
from booking.enums import Kind, Status
from booking.freshness import FREE_TIMES
from booking.models import Appointment, BookingSettings
from booking.teasers import NextFree, next_free_by_office, next_free_of_network
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


def first_time(office) -> str:
    return next_free_by_office()[office.pk].start_iso


def held(advisor, **values):
    return AppointmentFactory(
        advisor=advisor,
        starts_at=NINE,
        status=Status.HELD,
        hold_expires_at=datetime(2026, 11, 23, 7, 0, 20, tzinfo=UTC),
        visit="one",
        **values,
    )


def test_the_next_time_says_when_how_where_and_leads_to_it(office):
    assert next_free_by_office() == {
        office.pk: NextFree(
            label="Di., 24. November, 9:00 Uhr",
            brief="Di., 24.11., 9:00",
            start_iso="2026-11-24T09:00+01:00",
            kind="im Büro",
            office="MehrWert-Büro Hameln",
            url="/termin/hameln/?anliegen=erstberatung&art=office&zeit=2026-11-24T09%3A00%2B01%3A00",
        )
    }


def test_each_language_reads_its_own_words_of_the_same_time(office):
    """They are kept, of each language by itself."""
    with override("de"):
        german = next_free_by_office()[office.pk]
    with override("en"):
        english = next_free_by_office()[office.pk]
    assert (german.label[:3], english.label[:3], german.url) == ("Di.", "Tue", english.url)


def test_the_network_names_its_soonest_offices_or_those_that_are_asked_for(office):
    later = AvailabilityRuleFactory(advisor=AdvisorFactory(), start_time=time(10)).office
    AvailabilityRuleFactory(advisor=AdvisorFactory(), kinds=[Kind.PHONE])
    AvailabilityRuleFactory(advisor=AdvisorFactory(), start_time=time(11))
    shut = OfficeFactory()
    assert [found.label[-9:] for found in next_free_of_network()] == [" 9:00 Uhr", " 9:00 Uhr", "10:00 Uhr"]
    assert [found.office for found in next_free_of_network([later])] == [later.name]
    assert next_free_of_network([shut]) == next_free_of_network()


def test_a_visit_is_not_told_since_its_times_depend_on_the_firm(rule, committed):
    with committed():
        rule.kinds = [Kind.FIRM]
        rule.save()
    assert next_free_by_office() == {}


def test_without_a_service_nothing_is_told(service, committed):
    with committed():
        service.is_active = False
        service.save()
    assert next_free_by_office() == {}


def test_a_reservation_that_runs_out_gives_its_time_back_without_any_signal(now, office, advisor, committed):
    with committed():
        held(advisor)
    assert first_time(office) == "2026-11-24T10:00+01:00"
    now.shift(19)
    assert first_time(office) == "2026-11-24T10:00+01:00"
    now.shift(1)
    assert first_time(office) == "2026-11-24T09:00+01:00"


def test_a_time_that_passes_its_notice_is_told_no_more(now, office):
    now.move_to(datetime(2026, 11, 23, 7, 59, 40, tzinfo=UTC))
    assert first_time(office) == "2026-11-24T09:00+01:00"
    now.shift(21)
    assert first_time(office) == "2026-11-24T09:30+01:00"


def test_working_days_of_notice_pass_at_five_o_clock(now, office, service, committed):
    with committed():
        service.notice_working_days = 1
        service.save()
    now.move_to(datetime(2026, 11, 23, 15, 59, 40, tzinfo=UTC))
    assert first_time(office) == "2026-11-24T09:00+01:00"
    now.shift(20)
    assert first_time(office) == "2026-11-25T09:00+01:00"


def test_a_day_that_comes_into_the_horizon_is_told_from_midnight(now, office, service, rule, committed):
    with committed():
        service.horizon_days = 2
        service.save()
        rule.valid_from = date(2026, 11, 26)
        rule.save()
    now.move_to(datetime(2026, 11, 23, 22, 59, 50, tzinfo=UTC))
    assert next_free_by_office() == {}
    now.shift(10)
    assert first_time(office) == "2026-11-26T09:00+01:00"


CHANGES = {
    "booked": lambda office, advisor, rule: AppointmentFactory(advisor=advisor, starts_at=NINE),
    "held": lambda office, advisor, rule: held(advisor),
    "closed": lambda office, advisor, rule: ClosureFactory(office=office, first_day=date(2026, 11, 24)),
    "rule gone": lambda office, advisor, rule: rule.delete(),
    "rule for services": lambda office, advisor, rule: rule.services.add(ServiceFactory(slug="b", name="B")),
    "advisor away": lambda office, advisor, rule: advisor.save(),
    "office": lambda office, advisor, rule: office.save(),
    "office day": lambda office, advisor, rule: OfficeDayFactory(office=office),
    "office day staffed": lambda office, advisor, rule: OfficeDayFactory(office=office).advisors.set([advisor]),
    "service": lambda office, advisor, rule: ServiceFactory(slug="b", name="B"),
    "settings": lambda office, advisor, rule: BookingSettings.load().save(),
    "rows let go": lambda office, advisor, rule: Appointment.objects.filter(advisor=advisor).let_go(),
    "rows updated": lambda office, advisor, rule: Appointment.objects.update(status=Status.CANCELLED),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_of_what_times_are_made_of_renews_the_mark(office, advisor, rule, committed, change):
    before = FREE_TIMES.value()
    with committed():
        change(office, advisor, rule)
        assert FREE_TIMES.value() == before, "not before the change is committed"
    assert FREE_TIMES.value() != before


def test_booking_cancelling_and_closing_are_seen_at_once(office, advisor, committed):
    assert first_time(office) == "2026-11-24T09:00+01:00"
    with committed():
        appointment = AppointmentFactory(advisor=advisor, starts_at=NINE)
    assert first_time(office) == "2026-11-24T10:00+01:00"
    with committed():
        Appointment.objects.filter(pk=appointment.pk).update(status=Status.CANCELLED)
    assert first_time(office) == "2026-11-24T09:00+01:00"
    with committed():
        ClosureFactory(first_day=date(2026, 11, 24))
    assert first_time(office) == "2026-11-25T09:00+01:00"


def test_what_a_slow_reader_leaves_under_the_old_mark_is_found_by_nobody(office, advisor, committed, monkeypatch):
    reckon = next_free._reckon

    def overtaken(now):
        found = reckon(now)
        with committed():
            AppointmentFactory(advisor=advisor, starts_at=NINE)
        return found

    monkeypatch.setattr(next_free, "_reckon", overtaken)
    assert first_time(office) == "2026-11-24T09:00+01:00"
    monkeypatch.setattr(next_free, "_reckon", reckon)
    assert first_time(office) == "2026-11-24T10:00+01:00"


def test_a_mark_that_the_cache_has_lost_comes_back_as_another(office):
    before = FREE_TIMES.value()
    cache.delete(FREE_TIMES.key)
    assert FREE_TIMES.value() != before


def test_a_cache_that_fails_undoes_no_booking(advisor, monkeypatch, committed):
    def broken(*_, **__):
        raise OSError("no space left")

    FREE_TIMES.value()
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.set", broken)
    with committed(), transaction.atomic():
        AppointmentFactory(advisor=advisor, starts_at=NINE)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("offices", [1, 3])
def test_queries_cold_and_warm(office, offices, django_assert_num_queries):
    for _ in range(offices - 1):
        AvailabilityRuleFactory(advisor=AdvisorFactory())
    with django_assert_num_queries(5):
        assert len(next_free_by_office()) == offices
    with django_assert_num_queries(0):
        assert len(next_free_by_office()) == offices
