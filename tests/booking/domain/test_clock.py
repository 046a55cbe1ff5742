"""F29. Wall clock and instants, across both changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.clock import BERLIN, DAY, WallClock, exact_minute_of, minute_after, minute_of, moment_of

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "minutes", "utc"),
    [
        (date(2026, 12, 1), 9 * 60, "2026-12-01T08:00"),
        (date(2026, 7, 1), 9 * 60, "2026-07-01T07:00"),
        (SPRING, 60, "2027-03-28T00:00"),
        (SPRING, 150, "2027-03-28T01:00"),  # 02:30 is missing and stands for 03:00
        (SPRING, 180, "2027-03-28T01:00"),
        (AUTUMN, 150, "2026-10-25T00:30"),  # 02:30 is doubled and stands for the first
        (AUTUMN, 180, "2026-10-25T02:00"),
        (date(2027, 10, 31), 9 * 60, "2027-10-31T08:00"),
    ],
)
def test_instant_of_a_wall_clock_time(day, minutes, utc):
    assert moment_of(BERLIN.instant(day, minutes)) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 12, 1), 24)])
def test_a_day_has_its_hours(day, hours):
    start, end = BERLIN.day_span(day)
    assert end - start == hours * 60


@pytest.mark.parametrize(("minutes", "shown"), [(119, True), (120, False), (150, False), (179, False), (180, True)])
def test_the_missing_hour_is_not_shown(minutes, shown):
    assert BERLIN.shows(SPRING, minutes) is shown


def test_an_instant_needs_a_zone():
    with pytest.raises(ValueError, match="zone"):
        minute_of(datetime(2026, 12, 1, 9))


@pytest.mark.parametrize(
    ("seconds", "down", "up"), [(0, 0, 0), (1, 0, 1), (59, 0, 1), (60, 1, 1), (-1, -1, 0), (-60, -1, -1)]
)
def test_rounding_to_minutes(seconds, down, up):
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert (minute_of(moment), minute_after(moment)) == (down, up)


@given(
    day=st.dates(date(1997, 1, 1), date(2037, 12, 31)),
    minutes=st.integers(0, DAY - 1),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe"]),
)
def test_shown_times_come_back(day, minutes, zone):
    clock = WallClock(zone)
    instant = clock.instant(day, minutes)
    if clock.shows(day, minutes):
        assert clock.local(instant) == (day, minutes)
    else:
        assert clock.local(instant) > (day, minutes)


@given(
    moment=st.datetimes(datetime(1997, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_local_is_what_the_zone_itself_says(moment, zone):
    clock = WallClock(zone)
    said = moment.astimezone(clock.zone)
    assert clock.local(exact_minute_of(moment)) == (said.date(), said.hour * 60 + said.minute)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_local_around_the_changes_is_what_the_zone_itself_says(day):
    start, end = BERLIN.day_span(day)
    for minute in range(start - DAY, end + DAY):
        said = moment_of(minute).astimezone(BERLIN.zone)
        assert BERLIN.local(minute) == (said.date(), said.hour * 60 + said.minute)
