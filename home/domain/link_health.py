"""When a link to another site counts as broken, and when to ask again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

DAYS_UNTIL_BROKEN = 2
"""Failures on so many days. One may be a restart of the other server."""

AGAIN_AFTER_SUCCESS = timedelta(days=7)
AGAIN_AFTER_FAILURE = timedelta(hours=20)
"""Less than a day, so that failures of a link fall on days that follow each other."""

GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Health:
    """What is remembered of an address. `reason` is one German sentence, empty while all is well."""

    next_check_at: datetime
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    failed_days: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one look at an address showed. `reason` as in Health; `is_plain`: it answered, but without encryption."""

    reason: str = ""
    is_plain: bool = False


def reason_against(status: int) -> str:
    """Empty for every answer of a server that is there, even one that wants no programs (401, 403, 429)."""
    if status in GONE:
        return f"Die Seite gibt es dort nicht mehr (Antwort {status})."
    return f"Die Website antwortet mit einem Fehler (Antwort {status})." if status >= 500 else ""


def after_check(health: Health, reason: str, *, now: datetime, today: date, last_failed_on: date | None) -> Health:
    """`today` and `last_failed_on` are days on the wall clock of the site."""
    if not reason:
        return replace(health, next_check_at=now + AGAIN_AFTER_SUCCESS, last_success_at=now, failed_days=0, reason="")
    days = health.failed_days + (health.failed_days == 0 or last_failed_on != today)
    return replace(
        health, next_check_at=now + AGAIN_AFTER_FAILURE, last_failure_at=now, failed_days=days, reason=reason
    )
