"""An answer to an invitation is taken down. It never moves or cancels: whoever advises decides (IMIP-6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from booking.enums import Status
from booking.ical.invitation import Party
from booking.ical.reply import Reply
from booking.models import Appointment, InvitationReply

_FAST_CLOCK = timedelta(hours=1)
"""How far the clock of the sender may be ahead. A stamp of the far future would outdo every later answer."""


class ReplyRefused(Exception):
    """Nothing was changed. The German sentence says why; it names nobody."""


def record_reply(reply: Reply, *, now: datetime) -> InvitationReply:
    """Raises ReplyRefused."""
    if reply.stamped_at > now + _FAST_CLOCK:
        raise ReplyRefused("Der Zeitstempel der Antwort liegt in der Zukunft.")
    with transaction.atomic():
        appointment = Appointment.objects.locked().filter(uid=_uid(reply)).first()
        if appointment is None or not _is_attendee(reply, appointment):
            raise ReplyRefused("Zu dieser Kennung und diesem Absender gibt es keinen Termin.")
        if appointment.status != Status.BOOKED:
            raise ReplyRefused("Der Termin ist nicht mehr gebucht.")
        if reply.sequence < appointment.sequence:
            raise ReplyRefused("Die Antwort gilt einer früheren Fassung des Termins.")
        former = InvitationReply.objects.filter(appointment=appointment).first()
        if former and former.stamped_at >= reply.stamped_at:
            raise ReplyRefused("Dieselbe oder eine neuere Antwort liegt schon vor.")
        recorded, _ = InvitationReply.objects.update_or_create(
            appointment=appointment,
            defaults={
                "answer": reply.answer,
                "program": reply.program,
                "sequence": appointment.sequence,
                "stamped_at": reply.stamped_at,
                "received_at": now,
            },
        )
    return recorded


def _uid(reply: Reply) -> UUID:
    local, _, domain = reply.uid.partition("@")
    try:
        if domain == settings.MAIL_DOMAIN:
            return UUID(local)
    except ValueError:
        pass
    raise ReplyRefused("Die Antwort gehört zu keinem Termin dieser Website.")


def _is_attendee(reply: Reply, appointment: Appointment) -> bool:
    try:
        answered, invited = Party("", reply.attendee).mailto(), Party("", appointment.email).mailto()
    except ValueError:
        return False
    return answered.casefold() == invited.casefold()
