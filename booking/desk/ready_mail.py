"""The mail by which an affected firm is offered other times, before anybody sends it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import datetime
from itertools import islice
from uuid import uuid4

from django.db.models import prefetch_related_objects

from booking.emails import offer_letter
from booking.enums import OfferReason, Status
from booking.models import Appointment, MoveOffer
from booking.replacements import replacements, reserved, without_overlap
from booking.services.offer import ALTERNATIVES, time_to_answer
from foundation.outbox.message import Letter


def ready_mail(
    appointment: Appointment,
    *,
    now: datetime,
    offer: MoveOffer | None = None,
    stays: Callable[[Appointment], bool] = lambda _: True,
) -> Letter | None:
    """With the times that `offer` holds, or those that would be held now; None where there is none.

    `stays` tells of a time that could be held whether a change that nobody has saved yet would leave it. The links lead
    nowhere: they are the firm's, not the office's.
    """
    if offer is not None:
        times = list(offer.alternatives.with_places().filter(status=Status.HELD))
    else:
        offer = MoveOffer(
            reason=OfferReason.CLOSING,
            sent_at=now,
            expires_at=min(time_to_answer(now), appointment.starts_at),
        )
        found = replacements(appointment, now=now, until=offer.expires_at, stays=stays)
        times = [reserved(time, appointment) for time in islice(without_overlap(found), ALTERNATIVES)]
        prefetch_related_objects(times, "advisor", "office", "office_day")
    if not times:
        return None
    shown, example = copy(offer), copy(appointment)
    example.uid, shown.uid = uuid4(), uuid4()
    shown.appointment = example
    return offer_letter(shown, times)
