"""Booking for a firm that has called: reserving and booking in one go, under the same guard as everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from booking.enums import Status
from booking.models import Appointment
from booking.services.book import FirmDetails, book_appointment
from booking.services.hold import Wish, hold_time
from booking.services.record import record_note
from foundation.models import User


def book_for_firm(
    wish: Wish, details: FirmDetails, *, visit: str, actor: User, now: datetime, note: str = ""
) -> Appointment:
    """One transaction. `visit` is the mark of one form: sending it twice gives the first appointment again.

    A firm without an e-mail address gets no mail. Raises what holding a time raises; then nothing has changed.
    """
    with transaction.atomic():
        # The way to a visit leads to where the firm says that it is.
        wish = replace(wish, details={"postcode": details.postcode})
        hold = hold_time(wish, visit=visit, network=f"desk:{actor.pk}", now=now)
        if hold.status == Status.BOOKED:
            return hold
        booked = book_appointment(hold, details, actor=actor, now=now)
        return record_note(booked, note, actor=actor, now=now) if note else booked
