"""What the site knows about a firm, in German words (Art. 15 DSGVO): by one appointment, or by an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from booking.enums import Kind, Outcome, SizeClass
from booking.models import Appointment
from booking.querysets import AppointmentQuerySet
from booking.services.retention import kept_until, periods
from booking.threads import firm_thread
from booking.wording import local, where
from foundation.models import OutgoingMail

PURPOSE = "Vorbereitung und Durchführung Ihrer Beratung (Art. 6 Abs. 1 Buchst. b DSGVO)"

_OF_MAILS = ("state", "created_at", "recipient")


def answers(appointment: Appointment) -> dict[str, str]:
    """What the firm itself has told, each answer under its name; unanswered ones are empty."""
    size = SizeClass(appointment.size_class).label if appointment.size_class else ""
    return {
        "Betrieb": appointment.organization,
        "Name": appointment.name,
        "E-Mail": appointment.email,
        "Telefon": appointment.phone,
        "Straße und Hausnummer": appointment.street,
        "Postleitzahl": appointment.postcode,
        "Betriebsgröße": size,
        "Thema": appointment.topic,
        "Nachricht": appointment.message,
        "Grund der Absage": appointment.cancel_reason,
    }


def as_document(appointment: Appointment, *, kept_until: datetime) -> dict[str, object]:
    """What the firm sees of one appointment, as plain values for JSON; times as ISO 8601 in local time. Three
    queries."""
    mails = OutgoingMail.objects.filter(thread=firm_thread(appointment)).order_by("position")
    return _document(appointment, kept_until=kept_until, mails=mails.only(*_OF_MAILS))


def all_documents(appointments: AppointmentQuerySet) -> list[dict[str, object]]:
    """The same of each appointment, and what the office has written down about it. Four queries, one for none."""
    found = list(
        appointments.with_places().select_related("earlier_wish").prefetch_related("events").order_by("starts_at", "pk")
    )
    if not found:
        return []
    mails: dict[str, list[OutgoingMail]] = defaultdict(list)
    for mail in OutgoingMail.objects.filter(thread__in=map(firm_thread, found)).order_by("position"):
        mails[mail.thread].append(mail)
    kept = periods()
    return [
        _document(appointment, kept_until=kept_until(appointment, kept), mails=mails[firm_thread(appointment)])
        | {
            "Vom Büro festgehalten": {
                "Ergebnis": Outcome(appointment.outcome).label if appointment.outcome else "",
                "Interne Notiz": appointment.note,
            }
        }
        for appointment in found
    ]


def all_mails(address: str) -> list[dict[str, str]]:
    """What the outbox holds under an address, whatever it was about. One query."""
    mails = OutgoingMail.objects.filter(recipient__iexact=address).exclude(recipient="").order_by("created_at", "pk")
    return [_of_mail(mail) for mail in mails.only(*_OF_MAILS)]


def _document(appointment: Appointment, *, kept_until: datetime, mails: Iterable[OutgoingMail]) -> dict[str, object]:
    return {
        "Zweck": PURPOSE,
        "Gespeichert bis": _time(kept_until),
        "Termin": {
            "Vorgangsnummer": appointment.reference,
            "Stand": appointment.state,
            "Zugesagt": _time(appointment.confirmed_at) if appointment.confirmed_at else "",
            "Beginn": _time(appointment.starts_at),
            "Ende": _time(appointment.ends_at),
            "Anliegen": appointment.service.name,
            "Art": Kind(appointment.kind).label,
            "Ort": where(appointment),
            "Büro": appointment.office.name,
            "Beratung": appointment.advisor.public_name,
            "Kurs": appointment.course.title if appointment.course else "",
            "Möchte früher kommen": _wish(appointment),
        },
        "Ihre Angaben": answers(appointment),
        "Ihre Antworten": [
            {"Frage": answer["question"], "Antwort": answer["answer"]} for answer in appointment.answers
        ],
        "Verlauf": [
            {"Vorgang": event.get_type_display(), "Zeit": _time(event.at)} for event in appointment.events.all()
        ],
        "E-Mails an Sie": [_of_mail(mail) for mail in mails],
    }


def _wish(appointment: Appointment) -> str:
    wish = getattr(appointment, "earlier_wish", None)
    return f"seit {_time(wish.asked_at)}" if wish else ""


def _of_mail(mail: OutgoingMail) -> dict[str, str]:
    return {"Stand": mail.get_state_display(), "geschrieben": _time(mail.created_at), "an": mail.recipient}


def _time(moment: datetime) -> str:
    return local(moment).isoformat(timespec="minutes")
