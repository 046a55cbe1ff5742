"""From stored rules to free times: what is loaded, and in how many queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurrence

from booking.domain.clock import BERLIN
from booking.enums import Kind, Status
from booking.selectors import closest, free_times, open_bridge_days, slots_at, why_not
from offices.holidays import PublicHoliday
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory, weekly

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


def starts(service, **wanted) -> list[str]:
    return [f"{BERLIN.moment(slot.start):%d.%m. %H:%M}" for slot in free_times(service, now=NOW, **wanted)]


def on_tuesday(service, **wanted) -> list[str]:
    return starts(service, first=TUESDAY, last=TUESDAY, **wanted)


def test_a_weekly_rule_gives_its_mornings(service, rule):
    assert on_tuesday(service) == ["24.11. 09:00", "24.11. 09:30", "24.11. 10:00", "24.11. 10:30", "24.11. 11:00"]


@pytest.mark.parametrize(
    ("now", "day", "utc"),
    [
        (datetime(2026, 10, 20, tzinfo=UTC), date(2026, 10, 23), 7),
        (datetime(2026, 10, 20, tzinfo=UTC), date(2026, 10, 26), 8),
        (datetime(2027, 3, 20, tzinfo=UTC), date(2027, 3, 26 - 1), 8),
        (datetime(2027, 3, 20, tzinfo=UTC), date(2027, 3, 30), 7),
        (datetime(2027, 10, 25, tzinfo=UTC), date(2027, 10, 29), 7),
        (datetime(2027, 10, 25, tzinfo=UTC), date(2027, 11, 1), 8),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_across_the_change(service, rule, now, day, utc):
    rule.refresh_from_db()
    first = free_times(service, now=now, first=day, last=day)[0]
    assert BERLIN.moment(first.start).astimezone(UTC) == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


def test_every_second_week_hangs_on_the_first_day(service, advisor):
    AvailabilityRuleFactory(advisor=advisor, days=weekly(1, interval=2), valid_from=date(2026, 11, 17))
    assert {entry[:6] for entry in starts(service, last=date(2026, 12, 31))} == {"01.12.", "15.12.", "29.12."}


def test_first_tuesday_of_the_month_with_an_exception(service, advisor):
    days = recurrence.Recurrence(
        rrules=[recurrence.Rule(recurrence.MONTHLY, byday=[recurrence.TU(1)])], exdates=[datetime(2026, 12, 1)]
    )
    AvailabilityRuleFactory(advisor=advisor, days=days)
    assert {entry[:6] for entry in starts(service)} == {"05.01."}


def test_public_holidays_of_lower_saxony_are_closed(service, rule):
    days = {entry[:6] for entry in starts(service)}
    assert "24.12." in days
    assert not days & {"25.12.", "26.12.", "01.01."}
    reformation = free_times(service, now=datetime(2026, 9, 20, tzinfo=UTC), first=date(2026, 10, 30))
    assert "30.10." in {f"{BERLIN.moment(slot.start):%d.%m.}" for slot in reformation}


def test_an_office_keeps_further_holidays_or_stays_open(service, office, advisor):
    rome = OfficeFactory(holidays=PublicHoliday.values)
    AvailabilityRuleFactory(advisor=advisor)
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=rome))
    before = datetime(2027, 5, 20, tzinfo=UTC)

    def is_open(at, day):
        return bool(free_times(service, now=before, offices=[at], first=day, last=day))

    corpus_christi, ascension = date(2027, 5, 27), date(2028, 5, 25)
    assert (is_open(office, corpus_christi), is_open(rome, corpus_christi)) == (True, False)
    office.holidays = [code for code in office.holidays if code != PublicHoliday.ASCENSION]
    office.save()
    before = datetime(2028, 5, 20, tzinfo=UTC)
    assert (is_open(office, ascension), is_open(rome, ascension)) == (True, False)


@pytest.mark.parametrize("whose", ["network", "office", "advisor"])
def test_closures_of_every_reach(service, rule, advisor, office, whose):
    reach = {"network": {}, "office": {"office": office}, "advisor": {"advisor": advisor}}[whose]
    ClosureFactory(first_day=TUESDAY, start_time=time(9), end_time=time(10), **reach)
    assert on_tuesday(service) == ["24.11. 10:00", "24.11. 10:30", "24.11. 11:00"]
    ClosureFactory(first_day=TUESDAY, **reach)
    assert on_tuesday(service) == []


@pytest.mark.parametrize("whose", ["network", "office", "advisor"])
def test_closures_recur_between_their_first_and_last_day(service, rule, advisor, office, whose):
    reach = {"network": {}, "office": {"office": office}, "advisor": {"advisor": advisor}}[whose]
    bounds = {"first_day": date(2026, 11, 25), "last_day": date(2026, 12, 14), **reach}
    ClosureFactory(days=weekly(1), start_time=time(9), end_time=time(11), **bounds)
    ClosureFactory(days=weekly(3, interval=2), **bounds)
    tuesdays = [entry for entry in starts(service, last=date(2026, 12, 15)) if entry[7:] == "09:00"]
    assert "24.11. 09:00" in tuesdays
    assert not {"01.12. 09:00", "08.12. 09:00"} & set(tuesdays)
    assert "15.12. 09:00" in tuesdays
    assert starts(service, first=date(2026, 12, 8), last=date(2026, 12, 8)) == ["08.12. 11:00"]
    days = {entry[:6] for entry in starts(service, last=date(2026, 12, 15))}
    assert not {"26.11.", "10.12."} & days
    assert "03.12." in days


def test_bridge_days_are_suggested_until_they_are_closed(office, advisor, django_assert_num_queries):
    catholic = OfficeFactory(holidays=PublicHoliday.values)

    def suggested(**who):
        found = open_bridge_days([office, catholic], first=date(2027, 1, 1), last=date(2027, 12, 31), **who)
        return [(f"{bridge.day:%d.%m.}", bridge.holiday, len(bridge.offices)) for bridge in found]

    ascension = ("07.05.", "Christi Himmelfahrt", 2)
    corpus_christi = ("28.05.", "Fronleichnam", 1)
    with django_assert_num_queries(1):
        assert suggested(advisor=None) == [ascension, corpus_christi]
    ClosureFactory(first_day=date(2027, 5, 7), start_time=time(9), end_time=time(10))
    ClosureFactory(first_day=date(2027, 5, 28), advisor=advisor)
    assert suggested(advisor=None) == [ascension, corpus_christi]
    assert suggested(advisor=advisor) == [ascension]
    ClosureFactory(first_day=date(2027, 5, 7), office=office)
    assert suggested(advisor=None) == [("07.05.", "Christi Himmelfahrt", 1), corpus_christi]
    ClosureFactory(first_day=date(2027, 5, 1), last_day=date(2027, 5, 30))
    assert suggested(advisor=None) == []


def test_closures_of_others_do_not_matter(service, rule):
    ClosureFactory(first_day=TUESDAY, office=OfficeFactory())
    ClosureFactory(first_day=TUESDAY, advisor=AdvisorFactory())
    assert len(on_tuesday(service)) == 5


def test_a_closed_office_does_not_close_its_people_elsewhere(service, advisor, office):
    other = OfficeFactory()
    AvailabilityRuleFactory(advisor=advisor, office=other)
    ClosureFactory(first_day=TUESDAY, office=office)
    assert len(on_tuesday(service, offices=[other])) == 5


def test_appointments_at_any_office_take_the_advisors_time(service, rule, advisor):
    AppointmentFactory(advisor=advisor, office=OfficeFactory(), starts_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert on_tuesday(service) == ["24.11. 09:00", "24.11. 11:00"]


def test_cancelled_and_run_out_ones_give_it_back(service, rule, advisor):
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    AppointmentFactory(advisor=advisor, starts_at=at, status=Status.CANCELLED)
    AppointmentFactory(advisor=advisor, starts_at=at, status=Status.HELD, hold_expires_at=NOW)
    assert len(on_tuesday(service)) == 5


def test_a_reservation_that_still_runs_takes_it(service, rule, advisor):
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    AppointmentFactory(advisor=advisor, starts_at=at, status=Status.HELD, hold_expires_at=NOW + timedelta(minutes=1))
    assert on_tuesday(service) == ["24.11. 10:00", "24.11. 10:30", "24.11. 11:00"]


def test_blocks_count_to_the_full_minute(service, rule, advisor):
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    AppointmentFactory(advisor=advisor, starts_at=at, block_end=at + timedelta(minutes=60, seconds=1))
    assert on_tuesday(service) == ["24.11. 10:30", "24.11. 11:00"]


def test_kinds_services_and_offices_narrow_the_choice(service, advisor, office):
    video_only = AvailabilityRuleFactory(advisor=advisor, kinds=[Kind.VIDEO])
    video_only.services.add(ServiceFactory(slug="kurzanruf", name="Kurzanruf", kinds=[Kind.PHONE]))
    assert on_tuesday(service) == []
    video_only.services.clear()
    assert on_tuesday(service, kind=Kind.OFFICE) == []
    assert len(on_tuesday(service, kind=Kind.VIDEO)) == 5
    assert len(on_tuesday(service, offices=[office])) == 5
    assert on_tuesday(service, offices=[OfficeFactory()]) == []
    assert on_tuesday(service, advisor=AdvisorFactory()) == []


def test_office_days_offer_their_own_kind_and_place(service, advisor, office):
    series = OfficeDayFactory(office=office, advisors=[advisor], days=weekly(1))
    slots = free_times(service, now=NOW, first=TUESDAY, last=TUESDAY)
    assert {(slot.office_day, slot.kinds) for slot in slots} == {(series.pk, frozenset({"office_day"}))}
    assert len(slots) == 5


@pytest.mark.parametrize("what", ["advisor", "office"])
def test_who_is_not_active_offers_nothing(service, rule, advisor, office, what):
    subject = {"advisor": advisor, "office": office}[what]
    subject.is_active = False
    subject.save()
    assert starts(service) == []


def test_moving_does_not_stand_in_its_own_way(service, rule, advisor):
    own = AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
    assert len(on_tuesday(service)) == 3
    assert len(on_tuesday(service, own=[own.pk])) == 5


def test_slots_at_needs_the_exact_minute(service, rule, office):
    def at(moment):
        return slots_at(service, now=NOW, office=office, kind=Kind.OFFICE, starts_at=moment)

    assert len(at(datetime(2026, 11, 24, 8, tzinfo=UTC))) == 1
    assert at(datetime(2026, 11, 24, 8, 0, 1, tzinfo=UTC)) == []
    assert at(datetime(2026, 11, 24, 8, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize("named", [True, False])
def test_what_is_offered_has_no_obstacle_and_what_is_not_has_one(service, rule, office, advisor, named):
    """A whole day in steps of a quarter, against every rule that lives in the database."""
    colleague = AdvisorFactory(office=office)
    AvailabilityRuleFactory(advisor=colleague, days=weekly(2), start_time=time(8, 45), kinds=[Kind.VIDEO])
    elsewhere = OfficeFactory()
    OfficeDayFactory(office=elsewhere, advisors=[advisor, colleague], days=weekly(2))
    AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 25, 9, tzinfo=UTC))
    ClosureFactory(first_day=date(2026, 11, 25), advisor=colleague, start_time=time(10), end_time=time(10, 30))
    AdvisorFactory(office=office, is_active=False)
    offered = 0
    for quarter in range(4 * 5, 4 * 13):
        for at in (office, elsewhere):
            for kind in (Kind.OFFICE, Kind.VIDEO, Kind.OFFICE_DAY):
                wish = {"now": NOW, "office": at, "kind": kind, "advisor": advisor if named else None}
                wish["starts_at"] = datetime(2026, 11, 25, tzinfo=UTC) + timedelta(minutes=15 * quarter)
                slots = slots_at(service, **wish)
                assert bool(why_not(service, **wish).obstacles) is not bool(slots), wish
                offered += bool(slots)
    assert offered == (4 if named else 7)


def test_explaining_takes_six_queries(service, rule, office, advisor, django_assert_num_queries):
    OfficeDayFactory(office=office, advisors=[advisor, AdvisorFactory()])
    with django_assert_num_queries(6):
        why_not(service, now=NOW, office=office, kind=Kind.OFFICE, starts_at=datetime(2026, 11, 25, 9, tzinfo=UTC))


def test_the_closest_times_surround_the_wish(service, rule, office, advisor):
    wish = datetime(2026, 11, 24, 9, tzinfo=UTC)
    AppointmentFactory(advisor=advisor, starts_at=wish)
    found = closest(free_times(service, now=NOW, offices=[office], kind=Kind.OFFICE), around=wish)
    assert [f"{BERLIN.moment(slot.start):%d.%m. %H:%M}" for slot in found] == [
        "24.11. 09:00",
        "24.11. 11:00",
        "25.11. 09:00",
    ]


def test_regardless_of_appointments_a_time_is_offered_that_is_gone(service, rule, office, advisor):
    wish = datetime(2026, 11, 24, 9, tzinfo=UTC)
    AppointmentFactory(advisor=advisor, starts_at=wish)

    def at(moment, **more):
        return bool(slots_at(service, now=NOW, office=office, kind=Kind.OFFICE, starts_at=moment, **more))

    for moment, offered in (
        (wish, True),
        (wish - timedelta(minutes=30), True),
        (wish - timedelta(hours=4), False),
        (wish + timedelta(seconds=1), False),
    ):
        assert (at(moment), at(moment, regardless=True)) == (False, offered)


def test_caps_count_booked_and_running_holds_of_the_service_in_every_office(service, rule, advisor):
    service.cap_per_week = 2
    service.save()
    monday = datetime(2026, 11, 30, 8, tzinfo=UTC)
    AppointmentFactory(advisor=advisor, service=service, office=OfficeFactory(), starts_at=monday)
    sunday = {"advisor": advisor, "service": service, "starts_at": datetime(2026, 12, 6, 22, tzinfo=UTC)}
    held = AppointmentFactory(status=Status.HELD, hold_expires_at=NOW + timedelta(minutes=1), **sunday)

    def thursday(**wanted):
        return len(starts(service, first=date(2026, 12, 3), last=date(2026, 12, 3), **wanted))

    assert thursday() == 0
    assert thursday(own=[held.pk]) == 5
    assert thursday(regardless=True) == 5
    assert len(starts(service, first=date(2026, 12, 7), last=date(2026, 12, 7))) == 5
    held.hold_expires_at = NOW
    held.save()
    assert thursday() == 5
    held.status, held.service = Status.BOOKED, ServiceFactory(slug="andere", name="Andere")
    held.save()
    assert thursday() == 5


def test_notice_in_working_days_minds_the_holidays_of_the_office(service, rule, office):
    service.notice_working_days = 1
    service.save()

    def first(now):
        return f"{BERLIN.moment(free_times(service, now=now)[0].start):%d.%m.%Y}"

    assert first(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == "04.01.2027"
    assert first(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "05.01.2027"
    office.holidays = [code for code in office.holidays if code != PublicHoliday.NEW_YEAR]
    office.save()
    assert first(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == "01.01.2027"


@pytest.mark.parametrize("people", [1, 3, 12])
def test_sixty_days_of_an_office_in_four_queries(service, office, people, django_assert_num_queries):
    team = [AdvisorFactory(office=office) for _ in range(people)]
    for person in team:
        AvailabilityRuleFactory(advisor=person)
        AvailabilityRuleFactory(advisor=person, days=weekly(1), start_time=time(14), end_time=time(16))
        AppointmentFactory(advisor=person, starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
        ClosureFactory(advisor=person)
    OfficeDayFactory(office=office, advisors=team)
    service.cap_per_day, service.cap_per_week, service.notice_working_days = 5, 20, 1
    with django_assert_num_queries(4):
        slots = free_times(service, now=NOW, offices=[office])
    assert len({slot.advisor for slot in slots}) == people
