"""Choosing how appointments come into the advisor's own calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking.models import CalendarChannel, PushCalendar
from booking.services.channels import FeedsThen, take_way
from booking.services.connect_push import end_push
from booking.services.guard import lock_advisors
from booking.services.note_way import note_way
from foundation.models import User
from offices.models import Advisor


class CalendarMissing(Exception):
    """Entering begins with a calendar: `connect_push` takes that way."""


def choose_channel(
    *,
    advisor: Advisor,
    way: CalendarChannel.Way,
    now: datetime,
    feeds: FeedsThen = FeedsThen.OFF,
    actor: User | None = None,
) -> None:
    """Ends the way so far and begins another, in one transaction with all mails and entries that follow from it.

    Invitations are taken back, entered appointments are removed by the worker, links go by `feeds`. Raises NoAddress,
    CalendarMissing; then nothing has changed. A change stands in the advisor's log; of one that somebody else made she
    is told by mail.
    """
    with transaction.atomic():
        lock_advisors(advisor.pk)
        former = CalendarChannel.objects.of(advisor).way
        calendar = PushCalendar.objects.filter(advisor=advisor).exclude(state=PushCalendar.State.REMOVING).first()
        if way == CalendarChannel.Way.PUSH:
            if calendar is None or calendar.state == PushCalendar.State.CHOOSING:
                raise CalendarMissing
        elif calendar is not None:
            end_push(calendar, remove=True, now=now)
        take_way(advisor, way, feeds=feeds, now=now)
        note_way(advisor, former=CalendarChannel.Way(former), way=way, actor=actor, now=now)
