"""Letters of the booking. They are written in the transaction of the change and leave by the outbox, in order.

Subjects name the day and the kind of change, never a person or a firm.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from booking.calendars import invitation_for_firm
from booking.enums import Kind, Status
from booking.ical.invitation import Method, Party
from booking.links import Purpose, link_to
from booking.models import Appointment
from booking.wording import arrival, local, when, where
from foundation.models import BrandSettings
from foundation.outbox.message import Letter
from foundation.outbox.queue import drop_waiting, enqueue

Context = dict[str, object]

OVERTAKEN_BY_CHANGE = ("firm_reminder",)
"""Mails to the firm that are wrong once the appointment has another time or none."""

OVERTAKEN_BY_ERASING = ("firm_booked", "firm_moved", "firm_reminder")
"""Mails to the firm that nobody needs once its data are deleted."""


def send_booked(appointment: Appointment, *, now: datetime) -> None:
    context = _context(appointment)
    _to_firm(appointment, "booked", "Ihr Termin am {day} ist gebucht", context, now=now)
    _to_advisor(appointment, "booked", "Neuer Termin am {day}", context, now=now)


def send_reminder(appointment: Appointment, *, now: datetime) -> None:
    context = _context(appointment) | {"confirm_url": link_to(appointment, Purpose.CONFIRM)}
    _to_firm(appointment, "reminder", "Ihr Termin am {day} steht bevor", context, now=now, has_calendar=False)


def send_moved(appointment: Appointment, *, former: Appointment, now: datetime) -> None:
    """`former` is the appointment as it was. Where the advisor changes, one has lost it and the other a new one."""
    drop_waiting(firm_thread(appointment), kinds=OVERTAKEN_BY_CHANGE, now=now)
    before = when(former.starts_at, former.ends_at)
    has_moved_place = (former.office_id, former.office_day_id, former.kind) != (
        appointment.office_id,
        appointment.office_day_id,
        appointment.kind,
    )
    context = _context(appointment)
    told = f"{before}, {where(former)}" if has_moved_place else before
    _to_firm(appointment, "moved", "Ihr Termin ist jetzt am {day}", context | {"before": told}, now=now)
    if former.advisor_id == appointment.advisor_id:
        told = f"{before}, {Kind(former.kind).label}" if has_moved_place else before
        _to_advisor(appointment, "moved", "Termin verschoben auf den {day}", context | {"before": told}, now=now)
        return
    _to_advisor(former, "cancelled", "Termin am {day} abgesagt", _context(former), now=now)
    _to_advisor(appointment, "booked", "Neuer Termin am {day}", context, now=now)


def send_cancelled(appointment: Appointment, *, now: datetime) -> None:
    drop_waiting(firm_thread(appointment), kinds=OVERTAKEN_BY_CHANGE, now=now)
    context = _context(appointment)
    _to_firm(appointment, "cancelled", "Ihr Termin am {day} ist abgesagt", context, now=now)
    _to_advisor(appointment, "cancelled", "Termin am {day} abgesagt", context, now=now)


def firm_thread(appointment: Appointment) -> str:
    """Names all mails to the firm about one appointment."""
    return f"firm:{appointment.uid}"


def _to_firm(
    appointment: Appointment,
    change: str,
    subject: str,
    context: Context,
    *,
    now: datetime,
    has_calendar: bool = True,
) -> None:
    if not appointment.email:  # booked on the phone, by somebody without an address
        return
    is_cancelled = appointment.status == Status.CANCELLED
    method: Method = "CANCEL" if is_cancelled else "REQUEST"
    context = context | {"data_url": link_to(appointment, Purpose.DATA)}
    if not is_cancelled:
        context |= {
            "view_url": link_to(appointment, Purpose.VIEW),
            "move_url": link_to(appointment, Purpose.MOVE),
            "cancel_url": link_to(appointment, Purpose.CANCEL),
        }
    organizer = Party(*parseaddr(settings.DEFAULT_FROM_EMAIL))
    enqueue(
        Letter(
            kind=f"firm_{change}",
            to=appointment.email,
            subject=subject.format(day=_day(appointment)),
            text=render_to_string(f"emails/booking/firm_{change}.txt", context),
            html=render_to_string(f"emails/booking/firm_{change}.html", context),
            calendar=invitation_for_firm(appointment, method, organizer) if has_calendar else None,
            calendar_method=method if has_calendar else None,
            reply_to=appointment.office.email,
            thread=firm_thread(appointment),
        ),
        now=now,
    )


def _to_advisor(appointment: Appointment, change: str, subject: str, context: Context, *, now: datetime) -> None:
    """A short word without the firm's data: those are read in the site, by whoever may."""
    if not appointment.advisor.email:
        return
    context = context | {
        "facts": [
            {"term": "Wann", "value": when(appointment.starts_at, appointment.ends_at)},
            {"term": "Wie", "value": Kind(appointment.kind).label},
            {"term": "Anliegen", "value": appointment.service.name},
            {"term": "Vorgangsnummer", "value": appointment.reference},
        ],
        "desk_url": settings.BASE_URL + reverse("booking:desk", args=[appointment.reference]),
    }
    enqueue(
        Letter(
            kind=f"advisor_{change}",
            to=appointment.advisor.email,
            subject=subject.format(day=_day(appointment)),
            text=render_to_string(f"emails/booking/advisor_{change}.txt", context),
            html=render_to_string(f"emails/booking/advisor_{change}.html", context),
            thread=f"advisor:{appointment.uid}",
        ),
        now=now,
    )


def _day(appointment: Appointment) -> str:
    return f"{local(appointment.starts_at):%d.%m.%Y}"


def _context(appointment: Appointment) -> Context:
    facts = [
        {"term": "Wann", "value": when(appointment.starts_at, appointment.ends_at)},
        {"term": "Wo", "value": where(appointment)},
        {"term": "Wie", "value": Kind(appointment.kind).label},
        {"term": "Anliegen", "value": appointment.service.name},
        {"term": "Beratung", "value": appointment.advisor.name},
        {"term": "Vorgangsnummer", "value": appointment.reference},
    ]
    return {
        "appointment": appointment,
        "facts": facts,
        "arrival": arrival(appointment),
        "brand": BrandSettings.load(),
        "sender": appointment.office,
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
