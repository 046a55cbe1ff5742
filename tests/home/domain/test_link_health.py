from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from home.domain.link_health import DAYS_UNTIL_BROKEN, Health, after_check, reason_against

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NEW = Health(next_check_at=NOW)


def checked(health: Health, reason: str, *, days: int, hours: int = 0) -> Health:
    now = NOW + timedelta(days=days, hours=hours)
    failed_on = health.last_failure_at.date() if health.last_failure_at else None
    return after_check(health, reason, now=now, today=now.date(), last_failed_on=failed_on)


def test_a_success_is_remembered_and_asked_again_after_a_week():
    assert checked(NEW, "", days=0) == Health(NOW + timedelta(days=7), last_success_at=NOW)


def test_only_failures_on_two_days_make_a_link_broken():
    once = checked(NEW, "fort", days=0)
    assert once == Health(NOW + timedelta(hours=20), last_failure_at=NOW, failed_days=1, reason="fort")
    same_day = checked(once, "fort", days=0, hours=5)
    assert same_day.failed_days == 1 < DAYS_UNTIL_BROKEN
    assert checked(same_day, "fort", days=1).failed_days == DAYS_UNTIL_BROKEN


def test_a_success_wipes_failures_out_but_not_the_memory_of_the_last():
    failing = checked(checked(NEW, "fort", days=0), "fort", days=1)
    well = checked(failing, "", days=2)
    assert (well.failed_days, well.reason, well.last_failure_at) == (0, "", NOW + timedelta(days=1))
    assert checked(well, "fort", days=2, hours=1).failed_days == 1


@pytest.mark.parametrize("status", [200, 204, 304, 400, 401, 403, 405, 429, 451])
def test_a_server_that_is_there_is_not_against_it(status: int):
    assert reason_against(status) == ""


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "Die Seite gibt es dort nicht mehr (Antwort 404)."),
        (410, "Die Seite gibt es dort nicht mehr (Antwort 410)."),
        (503, "Die Website antwortet mit einem Fehler (Antwort 503)."),
    ],
)
def test_what_speaks_against_a_link(status: int, reason: str):
    assert reason_against(status) == reason


def test_days_are_those_of_the_wall_clock():
    late = datetime(2026, 11, 2, 22, 30, tzinfo=UTC)
    first = after_check(NEW, "fort", now=late, today=date(2026, 11, 2), last_failed_on=None)
    second = after_check(
        first, "fort", now=late + timedelta(hours=1), today=date(2026, 11, 3), last_failed_on=date(2026, 11, 2)
    )
    assert second.failed_days == 2
