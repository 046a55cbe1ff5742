"""The state of the whole site's channels in numbers: for monitoring, without a name or an address of anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django_q.models import OrmQ

from booking.domain.levels import Level, Limits
from booking.health.channels import FEED_IS_QUIET
from booking.health.waiting import ON_ITS_WAY
from booking.models import AdvisorFeed, BusyCalendar, Outage, PushCalendar, PushEntry
from foundation.models import OutgoingMail
from foundation.schedules import lateness

DAY = timedelta(days=1)


_WORKER = Limits(timedelta(minutes=5), timedelta(minutes=15))
_MAIL = Limits(timedelta(minutes=30), timedelta(hours=2))
_CALENDAR = Limits(timedelta(hours=4), timedelta(hours=24))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on what counts: rounds of the worker, mails in the outbox, calendars and entries."""

    worker: Limits = _WORKER
    mail: Limits = _MAIL
    calendar: Limits = _CALENDAR


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the whole. `numbers` are counts, and ages in whole seconds, None for the age of nothing; `troubles`
    say in German what is wrong, each with its level."""

    name: str
    numbers: dict[str, int | None]
    troubles: list[tuple[Level, str]] = field(default_factory=list)

    @property
    def level(self) -> Level:
        return max((level for level, _ in self.troubles), default=Level.OK)


def checks(*, now: datetime, thresholds: Thresholds) -> list[Check]:
    """Eight queries, whatever is stored."""
    return [
        _worker(now, thresholds.worker),
        _mail(now, thresholds.mail),
        _busy(now, thresholds.calendar),
        _push(now, thresholds.calendar),
        _entries(now, thresholds.calendar),
        _feeds(now),
        _outages(now),
    ]


def level_of(found: list[Check]) -> Level:
    return max((check.level for check in found), default=Level.OK)


def _worker(now: datetime, limits: Limits) -> Check:
    late = lateness(now)
    numbers = {"seconds_late": _seconds(late), "tasks_queued": OrmQ.objects.count()}
    if late is None:
        return Check("worker", numbers, [(Level.CRITICAL, "Es gibt keine Zeitpläne; prepare_site legt sie an.")])
    text = f"Die Hintergrundarbeit steht seit {in_words(late)}."
    return Check("worker", numbers, _late(limits.level_of(late), text))


def _mail(now: datetime, limits: Limits) -> Check:
    waiting = Q(state=OutgoingMail.State.WAITING)
    failed = Q(state=OutgoingMail.State.FAILED, finished_at__gt=now - DAY)
    found = OutgoingMail.objects.order_by().aggregate(
        waiting=Count("pk", filter=waiting), oldest=Min("created_at", filter=waiting), failed=Count("pk", filter=failed)
    )
    age = _age(found["oldest"], now)
    troubles = _late(limits.level_of(age), f"Wartende E-Mails: {found['waiting']}, die älteste seit {in_words(age)}.")
    if found["failed"]:
        troubles.append((Level.WARNING, f"In den letzten 24 Stunden aufgegebene E-Mails: {found['failed']}."))
    numbers = {
        "waiting": found["waiting"],
        "oldest_waiting_seconds": _seconds(age),
        "given_up_last_day": found["failed"],
    }
    return Check("mail", numbers, troubles)


def _busy(now: datetime, limits: Limits) -> Check:
    failing, silent = ~Q(last_error=""), Q(trusted_until__lte=now)
    found = (
        BusyCalendar.objects.filter(advisor__is_active=True)
        .order_by()
        .aggregate(
            calendars=Count("pk"),
            failing=Count("pk", filter=failing),
            silent=Count("pk", filter=silent),
            oldest=Min("read_at"),
        )
    )
    age = _age(found["oldest"], now)
    failed = f"Kalender mit Fehler: {found['failing']}."
    text = f"Ein eigener Kalender der Beratung wurde seit {in_words(age)} nicht gelesen; {failed}"
    numbers = {
        "calendars": found["calendars"],
        "failing": found["failing"],
        "beyond_trust": found["silent"],
        "oldest_read_seconds": _seconds(age),
    }
    troubles = _late(limits.level_of(age), text)
    if found["silent"]:
        troubles.append((Level.WARNING, f"Zu alte Kopien (Zeiten nur auf Anfrage): {found['silent']}."))
    return Check("busy", numbers, troubles)


def _push(now: datetime, limits: Limits) -> Check:
    failing, refused = Q(failures__gt=0, state="active"), Q(state="refused")
    found = (
        PushCalendar.objects.writing()
        .filter(advisor__is_active=True)
        .order_by()
        .aggregate(
            calendars=Count("pk"),
            failing=Count("pk", filter=failing),
            refused=Count("pk", filter=refused),
            oldest=Min(Coalesce("succeeded_at", "connected_at"), filter=failing),
        )
    )
    age = _age(found["oldest"], now)
    failed = f"Kalender mit Fehler: {found['failing']}."
    text = f"In einen eigenen Kalender lässt sich seit {in_words(age)} nicht eintragen; {failed}"
    troubles = _late(limits.level_of(age), text)
    if found["refused"]:
        troubles.append((Level.WARNING, f"Kalender zum Eintragen, die den Zugang verweigern: {found['refused']}."))
    numbers = {
        "calendars": found["calendars"],
        "failing": found["failing"],
        "refused": found["refused"],
        "oldest_failing_seconds": _seconds(age),
    }
    return Check("push", numbers, troubles)


def _entries(now: datetime, limits: Limits) -> Check:
    """What waits because access was refused is told with the calendar."""
    since = Greatest("appointment__changed_at", "calendar__connected_at")
    waiting = Q(state="waiting", since__lte=now - ON_ITS_WAY)
    lacking = PushEntry.objects.not_arrived(now=now).filter(calendar__advisor__is_active=True).annotate(since=since)
    found = lacking.order_by().aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("since", filter=waiting & Q(calendar__state="active")),
        given_up=Count("pk", filter=Q(state="failed")),
        conflicts=Count("pk", filter=Q(state="conflict")),
    )
    age = _age(found["oldest"], now)
    text = f"In eigenen Kalendern fehlende Termine: {found['waiting']}, der älteste seit {in_words(age)}."
    troubles = _late(limits.level_of(age), text)
    if lost := found["given_up"] + found["conflicts"]:
        troubles.append((Level.WARNING, f"Einträge in eigene Kalender, die nicht mehr versucht werden: {lost}."))
    numbers = {name: found[name] for name in ("waiting", "given_up", "conflicts")}
    return Check("entries", numbers | {"oldest_waiting_seconds": _seconds(age)}, troubles)


def _feeds(now: datetime) -> Check:
    """Numbers alone: the other side reads when it likes, and may be on holiday."""
    in_use = AdvisorFeed.objects.filter(revoked_at=None, advisor__is_active=True)
    found = in_use.order_by().aggregate(
        links=Count("pk"),
        never=Count("pk", filter=Q(last_fetched_at=None)),
        quiet=Count("pk", filter=Q(last_fetched_at__lte=now - FEED_IS_QUIET)),
        latest=Max("last_fetched_at"),
    )
    age = _seconds(_age(found["latest"], now))
    numbers = {"links": found["links"], "never_read": found["never"], "quiet": found["quiet"]}
    return Check("feeds", numbers | {"latest_read_seconds": age})


def _outages(now: datetime) -> Check:
    """Of which advisors and offices were told; what they are is among the other checks."""
    found = Outage.objects.open().order_by().aggregate(open=Count("pk"), oldest=Min("began_at"))
    return Check("outages", {"open": found["open"], "oldest_seconds": _seconds(_age(found["oldest"], now))})


def _late(level: Level, text: str) -> list[tuple[Level, str]]:
    return [(level, text)] if level else []


def _age(moment: datetime | None, now: datetime) -> timedelta | None:
    return max(now - moment, timedelta(0)) if moment else None


def _seconds(age: timedelta | None) -> int | None:
    return None if age is None else int(age.total_seconds())


def in_words(age: timedelta | None) -> str:
    """„3 Tagen“, „5 Stunden“, „12 Minuten“, to follow „seit“."""
    minutes = (_seconds(age) or 0) // 60
    for length, one, many in ((24 * 60, "einem Tag", "Tagen"), (60, "einer Stunde", "Stunden")):
        if minutes >= length:
            number = minutes // length
            return one if number == 1 else f"{number} {many}"
    return "einer Minute" if minutes == 1 else f"{minutes} Minuten"


def as_document(found: list[Check], *, now: datetime) -> dict[str, Any]:
    """What machines read (docs/betrieb.md). New members may come; none goes or changes its meaning within a version."""
    return {
        "version": 1,
        "status": level_of(found).name.lower(),
        "at": now.isoformat(timespec="seconds"),
        "page": page_address(),
        "troubles": [text for _, text in worst_first(found)],
        "checks": {check.name: {"status": check.level.name.lower(), **check.numbers} for check in found},
    }


def worst_first(found: list[Check]) -> list[tuple[Level, str]]:
    return sorted((trouble for check in found for trouble in check.troubles), reverse=True)


def page_address() -> str:
    """Where people see which calendars and appointments it is about, once they have logged in."""
    return f"{settings.BASE_URL}{reverse('abgleich:index')}"
