"""What the site knows about a firm by one appointment, in German words (Art. 15 DSGVO)."""

from __future__ import annotations

from datetime import datetime

from booking.emails import firm_thread
from booking.enums import Kind, SizeClass, Status
from booking.models import Appointment
from booking.wording import local, where
from foundation.models import OutgoingMail

PURPOSE = "Vorbereitung und Durchführung Ihrer Beratung (Art. 6 Abs. 1 Buchst. b DSGVO)"


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
    """Everything, as plain values for JSON; times as ISO 8601 in local time. Two queries."""
    mails = OutgoingMail.objects.filter(thread=firm_thread(appointment)).order_by("position")
    return {
        "Zweck": PURPOSE,
        "Gespeichert bis": _time(kept_until),
        "Termin": {
            "Vorgangsnummer": appointment.reference,
            "Stand": Status(appointment.status).label,
            "Zugesagt": _time(appointment.confirmed_at) if appointment.confirmed_at else "",
            "Beginn": _time(appointment.starts_at),
            "Ende": _time(appointment.ends_at),
            "Anliegen": appointment.service.name,
            "Art": Kind(appointment.kind).label,
            "Ort": where(appointment),
            "Büro": appointment.office.name,
            "Beratung": appointment.advisor.name,
            "Kurs": appointment.course.title if appointment.course else "",
        },
        "Ihre Angaben": answers(appointment),
        "Ihre Antworten": [
            {"Frage": answer["question"], "Antwort": answer["answer"]} for answer in appointment.answers
        ],
        "Verlauf": [
            {"Vorgang": event.get_type_display(), "Zeit": _time(event.at)} for event in appointment.events.all()
        ],
        "E-Mails an Sie": [
            {"Stand": mail.get_state_display(), "geschrieben": _time(mail.created_at), "an": mail.recipient}
            for mail in mails.only("state", "created_at", "recipient")
        ],
    }


def _time(moment: datetime) -> str:
    return local(moment).isoformat(timespec="minutes")
