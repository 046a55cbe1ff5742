"""The next free times on pages that are about something else: home page, offices, courses, news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from booking.domain.clock import BERLIN, moment_of
from booking.enums import Kind
from booking.next_free import SHOWN, OfficeTimes, Outlook, outlook
from booking.times import by_day, iso_of, next_times
from booking.timetable import closures_of
from booking.wording import brief_moment, short_moment
from courses.models import CoursePage
from foundation.languages import Language, current_language
from foundation.phrases import phrase
from offices.models import Office

OF_NETWORK = 3


@dataclass(frozen=True, slots=True)
class NextFree:
    """What `components/next_free.html` shows: the time in words and for machines, how and where, the way to it.

    `brief` is the time where there is little room, as on the network map.
    """

    label: str
    brief: str
    start_iso: str
    kind: str
    office: str
    url: str


def next_free_of_office(office: Office, *, now: datetime | None = None) -> dict[str, object]:
    """The next times of an office for the first service, as buttons that reserve at once."""
    known = outlook(now=now or timezone.now())
    times = known.offices.get(office.pk)
    url = reverse("booking:times", args=[office.slug])
    context: dict[str, object] = {
        "office": office,
        "service": known.title,
        "service_slug": known.service,
        "minutes": known.policy.duration if known.policy else 0,
        "times_url": url,
    }
    if times is None:
        return context
    return context | {
        "next": _shown(known, times),
        "kind": times.kind.value,
        "days": next_times(by_day(times.starts), limit=SHOWN),
        "times_url": f"{url}?{urlencode({'anliegen': known.service, 'art': times.kind.value})}",
    }


def next_free_for_course(course: CoursePage, *, now: datetime | None = None) -> dict[str, object]:
    """The soonest times of the network; the talk will be about this course."""
    known = outlook(now=now or timezone.now())
    return {"times": _soonest(known, course=course.slug)}


def next_free_instead(_: None = None, *, now: datetime | None = None) -> dict[str, object]:
    """The soonest time of the network, for who has found nothing."""
    return {"times": _soonest(outlook(now=now or timezone.now()))[:1]}


def next_free_of_network(offices: Iterable[Office] = (), *, now: datetime | None = None) -> list[NextFree]:
    """The soonest times of these offices; where they have none, or none is named, of the whole network."""
    known = outlook(now=now or timezone.now())
    wanted = {office.pk for office in offices}
    here = [times for times in known.soonest() if times.office in wanted]
    return [_shown(known, times) for times in here] or _soonest(known)


def next_free_by_office(*, now: datetime | None = None) -> dict[int, NextFree]:
    known = outlook(now=now or timezone.now())
    return {pk: _shown(known, times) for pk, times in known.offices.items()}


def closed_moments(office: Office, first: date, last: date) -> list[tuple[datetime, datetime]]:
    """For the opening hours: visitors find nobody while nobody advises. One query."""
    return [(moment_of(start), moment_of(end)) for start, end in closures_of(office, first, last)]


def _soonest(known: Outlook, *, course: str = "") -> list[NextFree]:
    return [_shown(known, times, course=course) for times in known.soonest()[:OF_NETWORK]]


def _shown(known: Outlook, times: OfficeTimes, *, course: str = "") -> NextFree:
    return _told(
        language=current_language(),
        start=times.starts[0],
        kind=times.kind,
        slug=times.slug,
        office=times.name,
        service=known.service or "",
        course=course,
    )


@lru_cache(maxsize=1024)
def _told(*, language: Language, start: int, kind: Kind, slug: str, office: str, service: str, course: str) -> NextFree:
    """Kept: each page with the map tells of every office, and what a language says of a time never changes."""
    moment = BERLIN.moment(start)
    start_iso = iso_of(moment)
    state = {"anliegen": service, "art": kind.value, "zeit": start_iso, "kurs": course}
    query = urlencode({name: value for name, value in state.items() if value})
    return NextFree(
        label=short_moment(moment, language),
        brief=brief_moment(moment, language),
        start_iso=start_iso,
        kind=phrase(str(kind.label), language),
        office=office,
        url=f"{reverse('booking:times', args=[slug])}?{query}",
    )
