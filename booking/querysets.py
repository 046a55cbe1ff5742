"""Queries over appointments, in the words of the booking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from booking.domain.clock import BERLIN, moment_of
from booking.enums import TAKES_TIME, OfferAnswer, Status
from booking.freshness import alter_free_times

FEED_PAST = timedelta(days=60)
"""How far back a feed reaches."""

WRITTEN_INTO = ("active", "refused")
"""States of a calendar that changes are noted for."""

WITH_ANSWERS = ("advisor__calendar_channel", "invitation_reply", "advisor_reply")
"""What is read along with appointments whose answers from calendars are shown."""

_ENDED = {"status": Status.EXPIRED, "hold_expires_at": None, "hold_network": ""}

_FORGOTTEN = {
    "organization": "",
    "name": "",
    "email": "",
    "phone": "",
    "postcode": "",
    "street": "",
    "size_class": "",
    "topic": "",
    "message": "",
    "answers": [],
}


def _kept_if_requested(name: str, empty: object) -> Case:
    field = models.JSONField() if name == "answers" else models.CharField()
    forgotten = When(verification_sent_at__isnull=True, then=Value(empty, field))
    return Case(forgotten, default=F(name), output_field=field)


class FreeTimesQuerySet(models.QuerySet):
    """Of what free times are made of; an update of many rows sends no signal."""

    def update(self, **values: Any) -> int:
        alter_free_times()
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]


class AppointmentQuerySet(FreeTimesQuerySet):
    def holding(self, *, now: datetime) -> AppointmentQuerySet:
        """Reservations that still hold a time, the first to end first."""
        return self.filter(status=Status.HELD, hold_expires_at__gt=now).order_by("hold_expires_at")

    def taking_time(self, *, now: datetime) -> AppointmentQuerySet:
        """Booked, or reserved and not yet run out at `now`."""
        return self.filter(Q(status=Status.BOOKED) | Q(status=Status.HELD, hold_expires_at__gt=now))

    def run_out(self, *, now: datetime) -> AppointmentQuerySet:
        """Reservations whose time is over; they still stand in the way of the constraint until they are let go."""
        return self.filter(status=Status.HELD, hold_expires_at__lte=now)

    def held_by(self, visit: str) -> AppointmentQuerySet:
        """Reservations of one visit that give way to its next one; what it has sent off already does not."""
        return self.filter(visit=visit, status=Status.HELD, verification_sent_at__isnull=True)

    def of_visit(self, visit: str) -> AppointmentQuerySet:
        """Booked or reserved, run out or not: what a second click of a visit may ask for again."""
        return self.filter(visit=visit, status__in=TAKES_TIME)

    def let_go(self) -> int:
        """Ends the reservations of this query and forgets what was typed into them; returns their number."""
        return self.filter(status=Status.HELD).update(**_ENDED, **_FORGOTTEN)

    def lapse(self) -> int:
        """The same for what ran out by itself: a request that was not confirmed in time keeps its answers.

        Whoever opens the link too late goes on with them; `forget` takes them in the end.
        """
        kept = {name: _kept_if_requested(name, empty) for name, empty in _FORGOTTEN.items()}
        return self.filter(status=Status.HELD).update(**_ENDED, **kept)

    def unconfirmed(self) -> AppointmentQuerySet:
        """Requests of firms that have not confirmed their address, in time or not, and still hold answers."""
        asked = self.filter(verification_sent_at__isnull=False, status__in=(Status.HELD, Status.EXPIRED))
        return asked.exclude(email="")

    def forget(self) -> int:
        """Ends and empties the requests of this query, waiting or run out; returns their number."""
        return self.update(**_ENDED, **_FORGOTTEN)

    def overlapping(self, *, start: datetime, end: datetime) -> AppointmentQuerySet:
        """Whose blocked range meets [start, end)."""
        return self.filter(block_start__lt=end, block_end__gt=start)

    def with_places(self) -> AppointmentQuerySet:
        """With all that its pages, mails and calendar entries name."""
        return self.select_related("service", "office", "office_day", "advisor", "course")

    def locked(self) -> AppointmentQuerySet:
        """For a writer: its own row locked (on SQLite by the transaction itself), what it names beside it."""
        return self.with_places().select_for_update(of=("self",))

    def held_for(self, appointments: Iterable[int]) -> AppointmentQuerySet:
        """Times that open offers hold for these appointments (keys)."""
        return self.filter(status=Status.HELD, offer__answer=OfferAnswer.OPEN, offer__appointment__in=appointments)

    def booked(self) -> AppointmentQuerySet:
        return self.filter(status=Status.BOOKED)

    def starting_on(self, day: date) -> AppointmentQuerySet:
        """Between two midnights of the wall clock."""
        first, last = map(moment_of, BERLIN.day_span(day))
        return self.filter(starts_at__gte=first, starts_at__lt=last)

    def agreed(self) -> AppointmentQuerySet:
        """Booked, cancelled by now or not, and not forgotten; no mere reservations and requests."""
        return self.filter(status__in=(Status.BOOKED, Status.CANCELLED), anonymised_at=None)

    def without_push(self, *, now: datetime) -> AppointmentQuerySet:
        """Not over, of advisors whose own calendar is written into, and not noted for it."""
        ahead = self.filter(ends_at__gt=now, advisor__push_calendar__state__in=WRITTEN_INTO)
        return ahead.exclude(pushes__calendar__advisor=F("advisor"))

    def of_address(self, email: str) -> AppointmentQuerySet:
        """Whatever is kept under an address, reservations too; capitals make no other address."""
        return self.exclude(email="").filter(email__iexact=email)

    def ahead_of(self, email: str, *, now: datetime) -> AppointmentQuerySet:
        """What an address has booked, or asked for and may still confirm, and not yet had."""
        asked = Q(status=Status.HELD, hold_expires_at__gt=now, verification_sent_at__isnull=False)
        return self.of_address(email).filter(Q(status=Status.BOOKED) | asked, starts_at__gt=now)

    def awaiting_reminder(self, *, now: datetime, until: datetime) -> AppointmentQuerySet:
        """Booked, beginning in (now, until], and not yet reminded of that time. Whether it is due, the rules say."""
        ahead = self.booked().filter(starts_at__gt=now, starts_at__lte=until, service__reminder_hours__gt=0)
        return ahead.exclude(email="").exclude(reminded_for=F("starts_at")).order_by("starts_at")

    def said_to_come(self) -> AppointmentQuerySet:
        return self.booked().filter(confirmed_at__isnull=False)

    def awaiting_answer(self) -> AppointmentQuerySet:
        """Reminded of the time that now holds, and not yet said to come."""
        return self.booked().filter(reminded_for=F("starts_at"), confirmed_at=None)

    def changed_after(self, moment: datetime, *, now: datetime) -> AppointmentQuerySet:
        """Not over, and changed since: what whoever read a feed at that moment does not know."""
        return self.agreed().filter(ends_at__gt=now, changed_at__gt=moment).order_by("starts_at")

    def in_feed(self, *, now: datetime) -> AppointmentQuerySet:
        return self.booked().filter(ends_at__gt=now - FEED_PAST)


class MailTextQuerySet(models.QuerySet):
    def within(self, office_id: int | None) -> MailTextQuerySet:
        """The office's own and the network's; for None the network's alone."""
        return self.filter(Q(office=office_id) | Q(office=None)) if office_id else self.filter(office=None)


class MoveOfferQuerySet(models.QuerySet):
    def open(self) -> MoveOfferQuerySet:
        """Not yet answered; perhaps run out, and not yet ended by the worker."""
        return self.filter(answer=OfferAnswer.OPEN)

    def run_out(self, *, now: datetime) -> MoveOfferQuerySet:
        return self.open().filter(expires_at__lte=now)

    def with_places(self) -> MoveOfferQuerySet:
        """With all that pages and mails name of the appointment."""
        return self.select_related(
            *(f"appointment__{name}" for name in ("service", "office", "office_day", "advisor", "course"))
        )


class EarlierWishQuerySet(models.QuerySet):
    def waiting(self, *, office: int, after: datetime) -> EarlierWishQuerySet:
        """Of firms that can be written to and have a later appointment in that office."""
        ahead = self.filter(appointment__status=Status.BOOKED, appointment__starts_at__gt=after)
        return ahead.filter(appointment__office=office).exclude(appointment__email="")

    def in_turn(self) -> EarlierWishQuerySet:
        """Whoever was never asked comes first, then whoever was asked longest ago; no firm with an open offer."""
        free = self.exclude(appointment__offers__answer=OfferAnswer.OPEN)
        return free.order_by(F("last_offered_at").asc(nulls_first=True), "asked_at", "pk")

    def of_over(self, *, now: datetime) -> EarlierWishQuerySet:
        return self.filter(appointment__starts_at__lte=now)


class FreedTimeQuerySet(models.QuerySet):
    def open(self) -> FreedTimeQuerySet:
        return self.filter(closed_at=None)

    def unasked(self) -> FreedTimeQuerySet:
        """Which nobody is being asked about at the moment."""
        return self.open().exclude(offers__answer=OfferAnswer.OPEN)

    def over(self, *, now: datetime) -> FreedTimeQuerySet:
        return self.filter(starts_at__lte=now)
