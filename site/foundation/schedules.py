"""Work that comes round: each app names its own, every migrate brings the table in line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django_q.models import Schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """`func` (dotted path) runs without arguments every so many minutes; rounds missed while no worker ran are not
    made up for."""

    name: str
    func: str
    minutes: int


OUTBOX_ROUNDS = (
    Round(name="Postausgang leeren", func="foundation.outbox.delivery.deliver_due", minutes=1),
    Round(name="Alte E-Mails vergessen", func="foundation.outbox.retention.forget_delivered", minutes=24 * 60),
)


def lateness(now: datetime) -> timedelta | None:
    """How long the round that should have begun first is overdue; None where none is planned. One query."""
    due = Schedule.objects.exclude(repeats=0).order_by("next_run").values_list("next_run", flat=True).first()
    return None if due is None else max(now - due, timedelta(0))


def keep_rounds(*rounds: Round) -> None:
    """Writes the rounds into django-q2's table by name; nothing happens as long as that table is missing."""
    if Schedule._meta.db_table not in connection.introspection.table_names():
        return
    for each in rounds:
        values = {
            "func": each.func,
            "schedule_type": Schedule.MINUTES,
            "minutes": each.minutes,
            "repeats": -1,
            "kwargs": "q_options={'save': False}",
        }
        Schedule.objects.update_or_create(
            name=each.name, defaults=values, create_defaults={**values, "next_run": timezone.now()}
        )
