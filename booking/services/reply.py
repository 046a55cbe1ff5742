"""An answer to an invitation is taken down. It never moves or cancels: whoever advises decides (IMIP-6).

Whoever knows the random UID of an appointment was invited, or was handed the invitation. The From of a mail is a hint
only: anybody can write any. So an answer from another address is kept as such, and outdoes none of the own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from booking.enums import Status
from booking.ical.invitation import is_same_mailbox
from booking.ical.reply import Letter, Reply
from booking.models import AdvisorReply, Appointment, CalendarChannel, CalendarReply, InvitationReply
from offices.models import Advisor

Sender = CalendarReply.Sender

_FAST_CLOCK = timedelta(hours=1)
"""How far the clock of the sender may be ahead. A stamp of the far future would outdo every later answer."""


class ReplyRefused(Exception):
    """Nothing was changed. The German sentence says why; it names nobody."""


class ReplyKnown(ReplyRefused):
    """There is nothing to do: this answer, or a newer one, is there already."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """Who was invited, at which address, with which SEQUENCE the last time, and where the answer is kept."""

    kept_in: type[InvitationReply] | type[AdvisorReply]
    address: str
    sequence: int
    whose: Mapping[str, Advisor]


def record_reply(letter: Letter, *, now: datetime) -> CalendarReply:
    """The same mail again gives what it gave at first. Raises ReplyRefused."""
    reply, message = letter.reply, _mark(letter.message_id)
    if reply.stamped_at > now + _FAST_CLOCK:
        raise ReplyRefused("Der Zeitstempel der Antwort liegt in der Zukunft.")
    with transaction.atomic():
        appointment = Appointment.objects.locked().filter(uid=_uid(reply)).first()
        answered = _answered(reply, appointment)
        if appointment is None or answered is None:
            raise ReplyRefused("Zu dieser Kennung und diesem Absender gibt es keinen Termin.")
        if appointment.status != Status.BOOKED:
            raise ReplyRefused("Der Termin ist nicht mehr gebucht.")
        if reply.sequence < answered.sequence:
            raise ReplyRefused("Die Antwort gilt einer früheren Fassung des Termins.")
        sender = _sender(letter, answered.address)
        former = answered.kept_in.objects.filter(appointment=appointment, **answered.whose).first()
        if former and message and former.message == message:
            return former
        if former:
            _refuse_outdone(former, reply, sender)
        recorded, _ = answered.kept_in.objects.update_or_create(
            appointment=appointment,
            defaults={
                **answered.whose,
                "answer": reply.answer,
                "program": reply.program,
                "sender": sender,
                "message": message,
                "sequence": answered.sequence,
                "stamped_at": reply.stamped_at,
                "received_at": now,
            },
        )
    return recorded


def _answered(reply: Reply, appointment: Appointment | None) -> _Answered | None:
    """The firm, or the advisor who has the appointment now and gets invitations; None for anybody else."""
    if appointment is None:
        return None
    if is_same_mailbox(reply.attendee, appointment.email):
        return _Answered(InvitationReply, appointment.email, appointment.sequence, {})
    channel = CalendarChannel.objects.of(appointment.advisor)
    if not is_same_mailbox(reply.attendee, channel.mailbox):
        return None
    if channel.way != CalendarChannel.Way.INVITATION:
        raise ReplyRefused("Hier hat die Beratungsperson geantwortet. Sie bekommt keine Einladungen mehr.")
    sequence = channel.sequence_of(appointment)
    return _Answered(AdvisorReply, channel.mailbox, sequence, {"advisor": appointment.advisor})


def _refuse_outdone(former: CalendarReply, reply: Reply, sender: Sender) -> None:
    is_strange, was_strange = sender == Sender.OTHER, former.sender == Sender.OTHER
    if is_strange and not was_strange:
        who = "Die Beratungsperson" if isinstance(former, AdvisorReply) else "Der Betrieb"
        raise ReplyRefused(f"{who} hat schon selbst geantwortet; diese Antwort kam von einer anderen Adresse.")
    if is_strange == was_strange and former.stamped_at >= reply.stamped_at:
        raise ReplyKnown("Dieselbe oder eine neuere Antwort liegt schon vor.")


def _mark(message_id: str) -> str:
    return salted_hmac("booking.reply", message_id, algorithm="sha256").hexdigest() if message_id else ""


def _uid(reply: Reply) -> UUID:
    local, _, domain = reply.uid.partition("@")
    try:
        if domain == settings.MAIL_DOMAIN:
            return UUID(local)
    except ValueError:
        pass
    raise ReplyRefused("Die Antwort gehört zu keinem Termin dieser Website.")


def _sender(letter: Letter, address: str) -> Sender:
    if letter.senders is None:
        return Sender.UNKNOWN
    is_own = len(letter.senders) == 1 and is_same_mailbox(letter.senders[0], address)
    return Sender.OWN if is_own else Sender.OTHER
