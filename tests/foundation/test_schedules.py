"""Work that comes round is in the table after every migrate, once, as the code says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django_q.models import Schedule

from foundation.outbox.delivery import LEASE
from foundation.schedules import OUTBOX_ROUNDS

pytestmark = pytest.mark.django_db


def rounds() -> set[tuple[str, str, int | None, str]]:
    names = [each.name for each in OUTBOX_ROUNDS]
    return set(Schedule.objects.filter(name__in=names).values_list("name", "func", "minutes", "kwargs"))


EXPECTED = {
    ("Postausgang leeren", "foundation.outbox.delivery.deliver_due", 1, "q_options={'save': False}"),
    ("Alte E-Mails vergessen", "foundation.outbox.retention.forget_delivered", 1440, "q_options={'save': False}"),
}


def test_migrate_writes_the_rounds_once_and_puts_changes_right() -> None:
    Schedule.objects.filter(name="Postausgang leeren").update(func="gone.elsewhere", minutes=7)
    Schedule.objects.filter(name="Alte E-Mails vergessen").delete()
    for _ in range(2):
        call_command("migrate", verbosity=0)
        assert rounds() == EXPECTED
        assert Schedule.objects.filter(name__in=[name for name, *_ in EXPECTED]).count() == len(EXPECTED)


def test_migrate_does_not_disturb_the_next_run() -> None:
    call_command("migrate", verbosity=0)
    soon = datetime(2027, 3, 1, 9, tzinfo=UTC)
    Schedule.objects.update(next_run=soon)
    call_command("migrate", verbosity=0)
    assert set(Schedule.objects.values_list("next_run", flat=True)) == {soon}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"EMAIL_TIMEOUT": None}, ["foundation.E010"]),
        ({"EMAIL_TIMEOUT": 90}, ["foundation.E010"]),
        ({"Q_CLUSTER": {**settings.Q_CLUSTER, "timeout": LEASE.total_seconds()}}, ["foundation.E011"]),
        ({"Q_CLUSTER": {**settings.Q_CLUSTER, "timeout": None}}, ["foundation.E010", "foundation.E011"]),
        ({"Q_CLUSTER": {**settings.Q_CLUSTER, "orm": "other"}}, ["foundation.E012"]),
    ],
    ids=["as shipped", "no timeout", "long timeout", "long task", "endless task", "other database"],
)
def test_settings_that_break_the_promise_are_refused(settings, values: dict[str, object], found: list[str]) -> None:
    for name, value in values.items():
        setattr(settings, name, value)
    assert [error.id for error in run_checks() if error.id in {f"foundation.E01{n}" for n in range(3)}] == found
