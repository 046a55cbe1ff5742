from datetime import date

import pytest

from booking.domain.clock import BERLIN
from booking.domain.policy import BookingPolicy


@pytest.mark.parametrize(
    "wrong",
    [
        *({"duration": 0}, {"step": 0}, {"buffer_before": -1}, {"buffer_after": -5}, {"notice": -1}),
        *({"horizon_days": -1}, {"notice_working_days": 0}, {"cap_per_day": 0}, {"cap_per_week": 0}),
    ],
)
def test_impossible_policies_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        BookingPolicy(**({"duration": 60, "step": 30} | wrong))


HOLIDAYS = {date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)}
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "at", "number", "first"),
    [
        (FRIDAY, "16:59", 1, date(2026, 11, 30)),
        (FRIDAY, "17:00", 1, date(2026, 12, 1)),
        (FRIDAY, "00:00", 1, date(2026, 11, 30)),
        (date(2026, 11, 28), "09:00", 1, date(2026, 12, 1)),
        (date(2026, 11, 29), "23:59", 1, date(2026, 12, 1)),
        (date(2026, 11, 23), "16:59", 3, date(2026, 11, 26)),
        (date(2026, 11, 23), "17:00", 3, FRIDAY),
        (date(2026, 12, 24), "16:59", 1, date(2026, 12, 28)),
        (date(2026, 12, 24), "17:00", 1, date(2026, 12, 29)),
        (date(2026, 12, 31), "16:59", 1, date(2027, 1, 4)),
        (date(2026, 12, 31), "17:00", 2, date(2027, 1, 6)),
        (date(2027, 1, 1), "08:00", 1, date(2027, 1, 5)),
        (date(2027, 3, 25), "16:59", 1, date(2027, 3, 30)),
        (date(2027, 3, 25), "17:00", 1, date(2027, 3, 31)),
        (date(2028, 2, 28), "16:59", 1, date(2028, 2, 29)),
        (date(2028, 2, 28), "17:00", 1, date(2028, 3, 1)),
        (date(2028, 2, 29), "23:59", 1, date(2028, 3, 2)),
    ],
)
def test_f31_notice_in_working_days_of_the_office(day, at, number, first):
    hours, minutes = map(int, at.split(":"))
    policy = BookingPolicy(duration=60, step=30, notice=99_999, notice_working_days=number)
    earliest = policy.earliest(BERLIN.instant(day, hours * 60 + minutes), HOLIDAYS, BERLIN)
    assert BERLIN.local(earliest) == (first, 0)


@pytest.mark.parametrize(("seconds", "earliest"), [(0, 1090), (1, 1091), (59, 1091), (60, 1091), (61, 1092)])
def test_f31_notice_in_minutes_is_kept_to_the_second(seconds, earliest):
    policy = BookingPolicy(duration=60, step=30, notice=90)
    assert policy.earliest(1000 + seconds / 60, HOLIDAYS, BERLIN) == earliest


def test_f31_a_working_day_ends_with_its_last_second():
    policy = BookingPolicy(duration=60, step=30, notice_working_days=1)
    for second, first in ((59, date(2026, 11, 30)), (60, date(2026, 12, 1))):
        now = BERLIN.instant(FRIDAY, 16 * 60 + 59) + second / 60
        assert BERLIN.local(policy.earliest(now, HOLIDAYS, BERLIN)) == (first, 0)
