"""An office closed in one go: each affected firm is offered other times, the many by the worker piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django_q.tasks import async_task

from booking.affected import met_by
from booking.domain.errors import BookingRefused, NothingToOffer
from booking.enums import OfferReason
from booking.models import Appointment, AppointmentEvent, Closure
from booking.services.offer import offer_times, refresh_for_offers, time_to_answer
from foundation.models import User

CHUNK = 10
"""So many offers are written at once; each is a transaction of its own and takes some thirty queries."""

TASK = "booking.tasks.offer_to_the_rest"


@dataclass(frozen=True, slots=True)
class Offered:
    """How many firms got their offer or had it already, for how many nothing is free, how many the worker will do."""

    offered: int
    without_times: int
    left: int


def offer_for_closure(closure: Closure, appointments: Sequence[int], *, actor: User, now: datetime) -> Offered:
    """Offers other times for the first of these appointments (keys) and hands the others to the worker.

    Those that no longer stand in the closure, and firms without an address, are passed over. It may run twice, also at
    once: whoever has an open offer keeps it and gets no second mail. Where nothing is free, the appointment's log says
    so: nobody sees what the worker returns.
    """
    chunk, rest = appointments[:CHUNK], list(appointments[CHUNK:])
    until = time_to_answer(now)
    offered = without_times = 0
    concerned = list(met_by(closure, rows=Appointment.objects.filter(pk__in=chunk), now=now))
    refresh_for_offers(concerned, now=now)
    for appointment in concerned:
        try:
            offer_times(appointment, reason=OfferReason.CLOSING, until=until, now=now, actor=actor, closure=closure)
            offered += 1
        except NothingToOffer:
            without_times += 1
            AppointmentEvent.objects.create(
                appointment=appointment, type=AppointmentEvent.Type.NONE_FREE, at=now, actor=actor
            )
        except BookingRefused:
            continue
    if rest:
        async_task(TASK, closure.pk, rest, actor.pk, q_options={"save": False})
    return Offered(offered, without_times, len(rest))
