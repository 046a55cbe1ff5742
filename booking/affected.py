"""The appointments that a closure concerns: those that stand in it, and those that were offered other times because
of it. Only the consultation itself must keep clear of a closure, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db.models import Q

from booking.domain.clock import BERLIN, minute_after, minute_of, moment_of
from booking.domain.intervals import Interval, overlap
from booking.enums import OfferAnswer, OfferReason, Status
from booking.models import Appointment, AppointmentEvent, Closure, MoveOffer
from booking.querysets import AppointmentQuerySet
from booking.timetable import closed_spans


@dataclass(frozen=True, slots=True)
class Affected:
    """`offer` is the latest one because of the closure; `is_met` says whether the appointment still stands in it, and
    `found_none` that nothing else was free when it was last tried."""

    appointment: Appointment
    offer: MoveOffer | None
    is_met: bool
    found_none: bool = False

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do: it has another time, or none."""
        return self.appointment.status == Status.CANCELLED or not self.is_met

    def is_waiting(self, *, now: datetime) -> bool:
        return not self.is_settled and self.offer is not None and self.offer.is_open(now=now)

    @property
    def has_accepted(self) -> bool:
        return self.offer is not None and self.offer.answer == OfferAnswer.ACCEPTED


def affected_by(closure: Closure, *, rows: AppointmentQuerySet, now: datetime) -> list[Affected]:
    """Of these rows, those that begin after `now`, in the order of the clock. Three queries."""
    # One that the office has made on the appointment's own page is waited for just the same.
    because = Q(closure=closure) | Q(closure=None, reason=OfferReason.CLOSING, answer=OfferAnswer.OPEN)
    offers = MoveOffer.objects.filter(because, appointment__in=rows, appointment__starts_at__gt=now)
    latest = {offer.appointment_id: offer for offer in offers.with_places().order_by("sent_at", "pk")}
    none_free = _none_free(rows, now=now)
    found: dict[int, Affected] = {}
    for each in met_by(closure, rows=rows, now=now):
        offer, tried = latest.get(each.pk), none_free.get(each.pk)
        found[each.pk] = Affected(each, offer, True, tried is not None and (offer is None or tried > offer.sent_at))
    for pk, offer in latest.items():
        if offer.closure_id is not None:
            found.setdefault(pk, Affected(offer.appointment, offer, False))
    return sorted(found.values(), key=lambda each: (each.appointment.starts_at, each.appointment.pk))


def _none_free(rows: AppointmentQuerySet, *, now: datetime) -> dict[int, datetime]:
    """When each appointment ahead was last to be offered other times and none was free."""
    tried = AppointmentEvent.objects.filter(
        type=AppointmentEvent.Type.NONE_FREE, appointment__in=rows, appointment__starts_at__gt=now
    )
    return dict(tried.order_by("at").values_list("appointment_id", "at"))


def met_by(closure: Closure, *, rows: AppointmentQuerySet, now: datetime) -> list[Appointment]:
    """Of these rows, the booked ones ahead that stand in the closure, by start. One query."""
    today = BERLIN.local(minute_of(now))[0]
    scope = Q()
    if closure.advisor_id is not None:
        scope = Q(advisor=closure.advisor_id)
    elif closure.office_id is not None:
        scope = Q(office=closure.office_id)
    ahead = list(
        rows.booked()
        .filter(scope, starts_at__gt=now, ends_at__gt=moment_of(BERLIN.instant(max(closure.first_day, today), 0)))
        .with_places()
        .order_by("starts_at", "pk")
    )
    met = standing_in(closure, ahead, today)
    return [appointment for appointment in ahead if appointment.pk in met]


def standing_in(closure: Closure, appointments: list[Appointment], today: date) -> set[int]:
    """The keys of those whose consultation meets the closure from `today` on."""
    latest = max((BERLIN.local(minute_of(each.ends_at))[0] for each in appointments), default=today)
    spans = list(closed_spans(closure, today, latest))
    return {
        each.pk
        for each in appointments
        if concerns(closure, each.advisor_id, each.office_id)
        and any(overlap(span, (minute_of(each.starts_at), minute_after(each.ends_at))) for span in spans)
    }


def clear_of(closure: Closure) -> Callable[[Appointment], bool]:
    """Tells of an appointment, which nobody need have stored, whether it keeps clear of the closure."""

    @cache
    def closed_on(day: date) -> list[Interval]:
        return list(closed_spans(closure, day, day))

    def is_clear(time: Appointment) -> bool:
        span = minute_of(time.starts_at), minute_after(time.ends_at)
        day = BERLIN.local(span[0])[0]
        is_met = any(overlap(closed, span) for closed in closed_on(day))
        return not (is_met and concerns(closure, time.advisor_id, time.office_id))

    return is_clear


def concerns(closure: Closure, advisor: int, office: int) -> bool:
    if closure.advisor_id is not None:
        return closure.advisor_id == advisor
    return closure.office_id is None or closure.office_id == office
