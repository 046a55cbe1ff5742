"""The mails by the clock: one for each address, with what is new in any of its orders; nothing new, no mail.

Everything is reckoned without a lock; then, in one short transaction, each address is taken that nobody has changed
meanwhile. Two workers at once, a late one and one that is killed thus send each mail once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from courses.facets import FACETS, SWITCHES
from courses.selectors import CourseTeaser, catalogue_url, course_teasers
from foundation.models import BrandSettings
from foundation.outbox.queue import enqueue_all
from home.alerts.letters import NewCourse, News, digest_letter
from home.alerts.searches import KeptSearch, kept_search
from home.alerts.starts import Start, note_open_starts
from home.domain.digests import next_digest
from home.models import ANY_DAY, AlertSubscriber, CourseAlert

AT_ONCE = 100
"""Addresses in one transaction."""
MOST_COURSES = 20
MOST_DAYS = 3
"""What a mail names of one order, and of one course; the list has the rest."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Of one order: the days on which each new course can be begun, by the course's id, in the order of the list."""

    search: KeptSearch
    days: dict[int, list[date]] = field(default_factory=dict)
    runs: dict[int, list[int]] = field(default_factory=dict)

    @property
    def shown(self) -> list[int]:
        return list(self.days)[:MOST_COURSES]


def send_digests(*, now: datetime) -> int:
    """To at most AT_ONCE addresses; to how many of them nothing more is owed. The number of queries does not grow with
    addresses, orders or courses."""
    opened = note_open_starts(now=now)
    due = list(AlertSubscriber.objects.due(now)[:AT_ONCE])
    if not due:
        return 0
    today = timezone.localdate(now)
    found = {alert.pk: _found(alert, opened, today) for subscriber in due for alert in subscriber.confirmed}
    teasers = _teasers(found.values(), today)
    whole = catalogue_url()
    news = {
        subscriber.pk: [
            _news(alert, found[alert.pk], teasers, whole) for alert in subscriber.confirmed if found[alert.pk].days
        ]
        for subscriber in due
    }
    _tell(due, news, until=max(opened.values(), default=now), now=now)
    return len(due)


def _found(alert: CourseAlert, opened: Mapping[Start, datetime], today: date) -> _Found:
    search = kept_search(alert.query, today)
    new = _Found(search)
    if search.finds_nothing or alert.told_until is None:
        return new
    keys = search.found.stock.keys
    for number in search.found.ordered():
        for row in search.found.dates(number):
            first_open_at = opened.get((keys[number], row.starts_on or ANY_DAY))
            if first_open_at is not None and first_open_at > alert.told_until:
                new.days.setdefault(keys[number], []).append(row.starts_on or ANY_DAY)
                new.runs.setdefault(keys[number], []).extend([row.key] if row.key else [])
    return new


def _teasers(found: Iterable[_Found], today: date) -> dict[int, CourseTeaser]:
    """Of all courses that any mail names, read once."""
    dates: dict[int, list[int]] = {}
    for each in found:
        for course in each.shown:
            dates.setdefault(course, []).extend(each.runs[course])
    return course_teasers(dates, today, None) if dates else {}


def _news(alert: CourseAlert, found: _Found, teasers: Mapping[int, CourseTeaser], whole: str) -> News:
    courses = [
        NewCourse(
            title=teasers[course].title,
            url=_absolute(teasers[course].url),
            provider=teasers[course].provider,
            when=_when(found.days[course]),
        )
        for course in found.shown
        if course in teasers
    ]
    names = {**FACETS, **SWITCHES}
    return News(
        words=found.search.words,
        url=f"{_absolute(whole)}?{alert.query}" if alert.query else _absolute(whole),
        courses=courses,
        more=len(found.days) - len(found.shown),
        lacking=", ".join(names[facet] for facet in found.search.lacking),
    )


def _when(days: Sequence[date]) -> str:
    named = ["jederzeit" if day == ANY_DAY else date_format(day, "j. F Y") for day in sorted(set(days))]
    more = len(named) - MOST_DAYS
    return ", ".join(named[:MOST_DAYS]) + (f" und {more} weitere" if more > 0 else "")


def _absolute(url: str) -> str:
    """On the site's own host, whatever page it is."""
    return settings.BASE_URL + urlsplit(url).path


def _tell(
    due: Sequence[AlertSubscriber], news: Mapping[int, Sequence[News]], *, until: datetime, now: datetime
) -> None:
    brand = BrandSettings.in_force()
    with transaction.atomic():
        known = {subscriber.pk: subscriber.changed_at for subscriber in due}
        taken = [
            subscriber
            for subscriber in AlertSubscriber.objects.locked().filter(pk__in=known)
            if subscriber.changed_at == known[subscriber.pk]
        ]
        enqueue_all(
            [digest_letter(subscriber, news[subscriber.pk], brand) for subscriber in taken if news[subscriber.pk]],
            now=now,
        )
        for subscriber in taken:
            subscriber.next_digest_at = next_digest(subscriber.rhythm, now)
            subscriber.changed_at = now
        AlertSubscriber.objects.bulk_update(taken, ["next_digest_at", "changed_at"])
        CourseAlert.objects.confirmed().filter(subscriber__in=taken).update(told_until=until)
