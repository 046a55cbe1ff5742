"""Letters of the booking. They are written in the transaction of the change and leave by the outbox, in order.

Offices choose some of the words to firms (`booking.mail_texts`); facts, links and imprint always stay. Subjects name
the day and the kind of change, never a person or a firm.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from booking.calendars import invitation_for_advisor, invitation_for_firm
from booking.enums import Kind, MailKind, OfferReason
from booking.ical.invitation import Method
from booking.links import Purpose, link_to, link_to_offer
from booking.mail_texts import words_for
from booking.models import Appointment, CalendarChannel, MailText, MoveOffer
from booking.threads import advisor_thread, firm_thread
from booking.wording import arrival, day_and_time, day_and_year, time_and_place, when, where
from foundation.models import BrandSettings
from foundation.outbox.message import Letter
from foundation.outbox.queue import drop_waiting, enqueue_all, set_aside

Context = dict[str, object]

OFFERS = ("firm_offer", "firm_earlier")
"""Mails with a link to times that are held for the firm."""

OVERTAKEN_BY_CHANGE = ("firm_reminder", *OFFERS)
"""Mails to the firm that are wrong once the appointment has another time or none."""

OVERTAKEN_BY_ANSWER = ("firm_verify",)
"""Mails to the firm that ask for what is answered: confirmed, withdrawn, corrected or too late."""

_WITHOUT_CALENDAR = {MailKind.REMINDER, MailKind.VERIFY, MailKind.OFFER, MailKind.EARLIER}
"""They change nothing that stands in a calendar."""

OVERTAKEN_BY_ERASING = ("firm_booked", "firm_moved", *OVERTAKEN_BY_CHANGE, *OVERTAKEN_BY_ANSWER)
"""Mails to the firm that nobody needs once its data are deleted."""


def send_booked(appointment: Appointment, *, now: datetime, channel: CalendarChannel | None = None) -> None:
    """`channel` is that of its advisor, read after the appointment was locked; None reads it."""
    context = _context(appointment)
    enqueue_all(
        [
            firm_letter(appointment, MailKind.BOOKED, context),
            _advisor_letter(appointment, "booked", "Neuer Termin am {day}", context, channel=channel),
        ],
        now=now,
    )


def send_verification(appointment: Appointment, *, now: datetime) -> None:
    """To the firm alone: the advisor hears of an appointment, not of a request."""
    enqueue_all([firm_letter(appointment, MailKind.VERIFY, _context(appointment))], now=now)


def send_reminder(appointment: Appointment, *, now: datetime) -> None:
    enqueue_all([firm_letter(appointment, MailKind.REMINDER, _context(appointment))], now=now)


def send_offer(offer: MoveOffer, times: Iterable[Appointment], *, now: datetime) -> None:
    enqueue_all([offer_letter(offer, times)], now=now)


def send_moved(appointment: Appointment, *, former: Appointment, now: datetime, stays_in_mailbox: bool = False) -> None:
    """`former` is the appointment as it was. Where the advisor changes, one has lost it and the other a new one; the
    event `stays_in_mailbox` where both have the same."""
    drop_waiting(firm_thread(appointment), kinds=OVERTAKEN_BY_CHANGE, now=now)
    before = when(former.starts_at, former.ends_at)
    has_moved_place = (former.office_id, former.office_day_id, former.kind) != (
        appointment.office_id,
        appointment.office_day_id,
        appointment.kind,
    )
    context = _context(appointment)
    told = f"{before}, {where(former)}" if has_moved_place else before
    letters = [firm_letter(appointment, MailKind.MOVED, context | {"before": told})]
    if former.advisor_id == appointment.advisor_id:
        told = f"{before}, {Kind(former.kind).label}" if has_moved_place else before
        subject = "Termin verschoben auf den {day}"
        letters.append(_advisor_letter(appointment, "moved", subject, context | {"before": told}))
    else:
        given = _context(former) | {"successor": appointment.advisor, "new_office": appointment.office}
        by_letter = CalendarChannel(advisor=former.advisor) if stays_in_mailbox else None
        letters.append(_advisor_letter(former, "given_away", "Termin am {day} abgegeben", given, channel=by_letter))
        letters.append(_advisor_letter(appointment, "booked", "Neuer Termin am {day}", context))
    enqueue_all(letters, now=now)


def send_cancelled(appointment: Appointment, *, now: datetime) -> None:
    drop_waiting(firm_thread(appointment), kinds=OVERTAKEN_BY_CHANGE, now=now)
    context = _context(appointment)
    enqueue_all(
        [
            firm_letter(appointment, MailKind.CANCELLED, context),
            _advisor_letter(appointment, "cancelled", "Termin am {day} abgesagt", context),
        ],
        now=now,
    )


def take_back_cancelled(appointment: Appointment, *, now: datetime) -> None:
    """Where both sides have had the word before, and only the database does not know it."""
    drop_waiting(firm_thread(appointment), kinds=[f"firm_{MailKind.CANCELLED}"], now=now)
    drop_waiting(advisor_thread(appointment), kinds=["advisor_cancelled"], now=now)


def firm_letter(
    appointment: Appointment,
    kind: MailKind,
    context: Context,
    *,
    draft: MailText | None = None,
) -> Letter | None:
    """None for a firm without an address. `draft` are words on trial, for a preview. One query."""
    if not appointment.email:  # booked on the phone, by somebody without an address
        return None
    method: Method = "CANCEL" if kind == MailKind.CANCELLED else "REQUEST"
    has_calendar = kind not in _WITHOUT_CALENDAR
    words = words_for(appointment, kind, draft=draft)
    context = context | {
        "words": words,
        "view_url": link_to(appointment, Purpose.VIEW),
        "move_url": link_to(appointment, Purpose.MOVE),
        "cancel_url": link_to(appointment, Purpose.CANCEL),
        "confirm_url": link_to(appointment, Purpose.CONFIRM),
        "data_url": link_to(appointment, Purpose.DATA),
    }
    if kind == MailKind.VERIFY:
        context |= _for_strangers(appointment)
    return Letter(
        kind=f"firm_{kind}",
        to=appointment.email,
        subject=words.subject,
        text=render_to_string(f"emails/booking/firm_{kind}.txt", context),
        html=render_to_string(f"emails/booking/firm_{kind}.html", context),
        calendar=invitation_for_firm(appointment, method) if has_calendar else None,
        calendar_method=method if has_calendar else None,
        reply_to=appointment.office.email,
        thread=firm_thread(appointment),
    )


def _for_strangers(appointment: Appointment) -> Context:
    """What a mail may say to an address that perhaps is not the firm's: nothing that was typed, and no other link."""
    return {
        "facts": [
            {"term": "Wann", "value": when(appointment.starts_at, appointment.ends_at)},
            {"term": "Wie", "value": Kind(appointment.kind).label},
            {"term": "Anliegen", "value": appointment.service.name},
            {"term": "Beratung", "value": appointment.advisor.public_name},
            {"term": "Vorgangsnummer", "value": appointment.reference},
        ],
        "until": day_and_time(appointment.hold_expires_at) if appointment.hold_expires_at else "",
        "verify_url": link_to(appointment, Purpose.VERIFY),
        "data_url": "",
    }


def offer_letter(offer: MoveOffer, times: Iterable[Appointment], *, draft: MailText | None = None) -> Letter | None:
    """With the times that are held, in the order of the clock."""
    kind = MailKind.EARLIER if offer.reason == OfferReason.EARLIER else MailKind.OFFER
    context = _context(offer.appointment) | {
        "times": [time_and_place(time) for time in sorted(times, key=lambda time: time.starts_at)],
        "until": day_and_time(offer.expires_at),
        "offer_url": link_to_offer(offer),
        "earlier_url": link_to(offer.appointment, Purpose.EARLIER),
    }
    return firm_letter(offer.appointment, kind, context, draft=draft)


def preview_letter(appointment: Appointment, kind: MailKind, *, before: str, draft: MailText | None = None) -> Letter:
    """What a firm would get, by an invented appointment that is stored nowhere."""
    if kind in {MailKind.OFFER, MailKind.EARLIER}:
        letter = offer_letter(*_example_offer(appointment, kind), draft=draft)
    else:
        letter = firm_letter(appointment, kind, _context(appointment) | {"before": before}, draft=draft)
    if letter is None:
        raise ValueError("an example has an address")
    return letter


def _example_offer(appointment: Appointment, kind: MailKind) -> tuple[MoveOffer, list[Appointment]]:
    """Times on the days after the appointment, or one on the day before it."""
    days = (-1,) if kind == MailKind.EARLIER else (1, 2, 3)
    times = []
    for day in days:
        time = copy(appointment)
        time.starts_at += timedelta(days=day)
        time.ends_at += timedelta(days=day)
        times.append(time)
    reason = OfferReason.EARLIER if kind == MailKind.EARLIER else OfferReason.CLOSING
    ends = times[0].starts_at - timedelta(days=1)
    return MoveOffer(appointment=appointment, reason=reason, sent_at=ends, expires_at=ends), times


def send_invited(appointments: Iterable[Appointment], channel: CalendarChannel, *, now: datetime) -> None:
    """To an advisor who has just chosen invitations: one mail for each, as calendar programs want it (IMIP-1)."""
    subject = "Einladung zum Termin am {day}"
    _enqueue_for(channel, "invited", subject, appointments, now=now)


def send_uninvited(appointments: Iterable[Appointment], channel: CalendarChannel, *, now: datetime) -> None:
    """To an advisor who has chosen another way: the events leave her calendar, the appointments stay."""
    subject = "Einladung zum Termin am {day} zurückgenommen, der Termin bleibt"
    _enqueue_for(channel, "uninvited", subject, appointments, now=now)


def send_followed(
    appointments: Iterable[Appointment], *, former: CalendarChannel, channel: CalendarChannel, now: datetime
) -> None:
    """To an advisor with a new address: taken back at the old one, invited at the new one.

    The mails to the old mailbox get threads of their own: one that is closed by now holds up none to the new one, and
    what arrives there hides no refusal here.
    """
    told = list(appointments)
    _enqueue_for(former, "left", "Einladung zum Termin am {day} zurückgenommen, der Termin bleibt", told, now=now)
    set_aside([advisor_thread(appointment) for appointment in told], mark=str(channel.sequence_base))
    send_invited(told, channel, now=now)


def _enqueue_for(
    channel: CalendarChannel, change: str, subject: str, appointments: Iterable[Appointment], *, now: datetime
) -> None:
    brand = BrandSettings.in_force()
    letters = [
        _advisor_letter(appointment, change, subject, _context(appointment, brand), channel=channel)
        for appointment in appointments
    ]
    enqueue_all(letters, now=now)


def _advisor_letter(
    appointment: Appointment, change: str, subject: str, context: Context, *, channel: CalendarChannel | None = None
) -> Letter | None:
    """A short word without the firm's data: those are read in the site, by whoever may. One query for her `channel`."""
    channel = channel or CalendarChannel.objects.of(appointment.advisor)
    if not channel.mailbox:
        return None
    context = context | {
        "facts": [
            {"term": "Wann", "value": when(appointment.starts_at, appointment.ends_at)},
            {"term": "Wie", "value": Kind(appointment.kind).label},
            {"term": "Anliegen", "value": appointment.service.name},
            *_course(appointment),
            {"term": "Vorgangsnummer", "value": appointment.reference},
        ],
        "desk_url": settings.BASE_URL + reverse("booking:desk", args=[appointment.reference]),
    }
    return Letter(
        kind=f"advisor_{change}",
        to=channel.mailbox,
        subject=subject.format(day=day_and_year(appointment.starts_at)),
        text=render_to_string(f"emails/booking/advisor_{change}.txt", context),
        html=render_to_string(f"emails/booking/advisor_{change}.html", context),
        thread=advisor_thread(appointment),
        **_invitation_of(appointment, change, channel),
    )


def _invitation_of(appointment: Appointment, change: str, channel: CalendarChannel) -> dict[str, Any]:
    """The calendar part, for an advisor who has chosen invitations."""
    if channel.way != CalendarChannel.Way.INVITATION:
        return {}
    method: Method = "REQUEST" if change in {"booked", "moved", "invited"} else "CANCEL"
    # Whoever loses it is told by the former version; taking back changes no version at all.
    later = 1 if change in {"given_away", "uninvited", "left"} else 0
    text = invitation_for_advisor(appointment, method, channel, later=later)
    return {"calendar": text, "calendar_method": method}


def _course(appointment: Appointment) -> list[dict[str, str]]:
    """The course that the firm came from."""
    return [{"term": "Kurs", "value": appointment.course.title}] if appointment.course else []


def _context(appointment: Appointment, brand: BrandSettings | None = None) -> Context:
    facts = [
        {"term": "Wann", "value": when(appointment.starts_at, appointment.ends_at)},
        {"term": "Wo", "value": where(appointment)},
        {"term": "Wie", "value": Kind(appointment.kind).label},
        {"term": "Anliegen", "value": appointment.service.name},
        *_course(appointment),
        {"term": "Beratung", "value": appointment.advisor.public_name},
        {"term": "Vorgangsnummer", "value": appointment.reference},
    ]
    return {
        "appointment": appointment,
        "facts": facts,
        "arrival": arrival(appointment),
        "brand": brand or BrandSettings.in_force(),
        "sender": appointment.office,
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
