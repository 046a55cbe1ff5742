"""An answer to an invitation is taken down. It never moves or cancels: whoever advises decides (IMIP-6).

Whoever knows the random UID of an appointment was invited, or was handed the invitation. The From of a mail is a hint
only: anybody can write any. So an answer from another address is kept as such, and outdoes none of the firm's own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from booking.enums import Status
from booking.ical.invitation import is_same_mailbox
from booking.ical.reply import Letter, Reply
from booking.models import Appointment, InvitationReply

Sender = InvitationReply.Sender

_FAST_CLOCK = timedelta(hours=1)
"""How far the clock of the sender may be ahead. A stamp of the far future would outdo every later answer."""


class ReplyRefused(Exception):
    """Nothing was changed. The German sentence says why; it names nobody."""


class ReplyKnown(ReplyRefused):
    """There is nothing to do: this answer, or a newer one, is there already."""


def record_reply(letter: Letter, *, now: datetime) -> InvitationReply:
    """The same mail again gives what it gave at first. Raises ReplyRefused."""
    reply, message = letter.reply, _mark(letter.message_id)
    if reply.stamped_at > now + _FAST_CLOCK:
        raise ReplyRefused("Der Zeitstempel der Antwort liegt in der Zukunft.")
    with transaction.atomic():
        appointment = _answered(reply)
        if appointment.status != Status.BOOKED:
            raise ReplyRefused("Der Termin ist nicht mehr gebucht.")
        if reply.sequence < appointment.sequence:
            raise ReplyRefused("Die Antwort gilt einer früheren Fassung des Termins.")
        sender = _sender(letter, appointment)
        former = InvitationReply.objects.filter(appointment=appointment).first()
        if former and message and former.message == message:
            return former
        if former:
            _refuse_outdone(former, reply, sender)
        recorded, _ = InvitationReply.objects.update_or_create(
            appointment=appointment,
            defaults={
                "answer": reply.answer,
                "program": reply.program,
                "sender": sender,
                "message": message,
                "sequence": appointment.sequence,
                "stamped_at": reply.stamped_at,
                "received_at": now,
            },
        )
    return recorded


def _answered(reply: Reply) -> Appointment:
    """Locked. Advisors have invitations of their own under the same UID, and nothing to answer here."""
    appointment = Appointment.objects.locked().filter(uid=_uid(reply)).first()
    if appointment and is_same_mailbox(reply.attendee, appointment.email):
        return appointment
    if appointment and is_same_mailbox(reply.attendee, appointment.advisor.email):
        raise ReplyRefused("Hier hat die Beratungsperson geantwortet. Gezeigt werden nur Antworten von Betrieben.")
    raise ReplyRefused("Zu dieser Kennung und diesem Absender gibt es keinen Termin.")


def _refuse_outdone(former: InvitationReply, reply: Reply, sender: Sender) -> None:
    is_strange, was_strange = sender == Sender.OTHER, former.sender == Sender.OTHER
    if is_strange and not was_strange:
        raise ReplyRefused("Der Betrieb hat schon selbst geantwortet; diese Antwort kam von einer anderen Adresse.")
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


def _sender(letter: Letter, appointment: Appointment) -> Sender:
    if letter.senders is None:
        return Sender.UNKNOWN
    is_own = len(letter.senders) == 1 and is_same_mailbox(letter.senders[0], appointment.email)
    return Sender.OWN if is_own else Sender.OTHER
