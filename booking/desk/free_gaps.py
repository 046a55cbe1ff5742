"""What is still free in a day's plan: the hours for advice, less all that takes an advisor's time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from booking.domain.clock import BERLIN, minute_of
from booking.domain.intervals import Interval, left_of, merged
from booking.domain.slots import Window
from booking.domain.travel import Tour
from booking.models import Service
from booking.timetable import load_commitments, load_hours
from offices.models import Office

_QUARTER = 15
"""Minutes; less is no gap for a consultation, and the one that has begun is over."""


def free_gaps(office: Office, people: Collection[int], day: date, *, now: datetime) -> dict[int, list[Interval]]:
    """Per advisor, from now on, as minutes of the wall clock. At most six queries, none for days that are over.

    A gap is no promise: notice, caps and the buffers of a service are told by „Neuer Termin“.
    """
    if not office.is_active or day < BERLIN.local(minute_of(now))[0]:
        return {}
    own_hours = _hours_of(office, people, day, day)
    against = load_commitments(people, {office.pk: office}, day, day, service=Service(), now=now)
    if day in against.holidays_of(office.pk):
        return {}
    windows: defaultdict[int, list[Interval]] = defaultdict(list)
    for window in own_hours:
        windows[window.advisor].append((BERLIN.instant(day, window.opens), BERLIN.instant(day, window.closes)))
    over = (0, -(-minute_of(now) // _QUARTER) * _QUARTER)
    gaps = {}
    for advisor, own in windows.items():
        appointments = Tour.around(against.busy.get(advisor, ()), place=None, firm=None).taken()
        taken = merged([over, *appointments, *against.away(advisor), *against.closed.get(office.pk, ())])
        left = [gap for window in merged(own) for gap in left_of(window, taken)]
        gaps[advisor] = [_wall_clock(gap) for gap in left if gap[1] - gap[0] >= _QUARTER]
    return gaps


def offered_days(office: Office, people: Collection[int], first: date, last: date) -> set[date]:
    """Days from `first` to `last`, both inside, with hours for advice, whatever stands against them.

    At most four queries.
    """
    return {window.day for window in _hours_of(office, people, first, last)}


def _hours_of(office: Office, people: Collection[int], first: date, last: date) -> Iterator[Window]:
    hours = load_hours(first, last, office_ids={office.pk}, advisor=None, with_inactive=True)
    for window in hours.windows:
        if window.advisor in people and window.office_day not in hours.inactive_office_days:
            yield window


def _wall_clock(gap: Interval) -> Interval:
    return BERLIN.local(gap[0])[1], BERLIN.local(gap[1])[1]
