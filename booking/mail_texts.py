"""The words of the mails to firms that an office may choose: its own, else the network's, else the built-in ones."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from booking.domain.placeholders import BrokenPlaceholders, broken, filled, paragraphs
from booking.enums import Kind, MailKind
from booking.models import Appointment, MailText
from booking.wording import day_and_year, when, where

logger = logging.getLogger(__name__)

PARTS = ("subject", "intro", "closing")

PLACEHOLDERS = {
    "name": "wer gebucht hat",
    "betrieb": "Name des Betriebs",
    "wann": "Tag und Uhrzeit",
    "tag": "nur der Tag",
    "wo": "Ort des Gesprächs",
    "art": "Art des Gesprächs",
    "anliegen": "Anliegen",
    "beratung": "Name der Beratungsperson",
    "buero": "Name des Büros",
    "telefon_buero": "Telefonnummer des Büros",
    "vorgangsnummer": "Vorgangsnummer",
}
"""Each word that a text may hold in braces, and what it stands for."""

IN_SUBJECT = ("wann", "tag", "anliegen", "buero")
"""Without personal data: subjects are shown on locked screens and in the logs of mail servers."""

NOT_TO_STRANGERS = ("name", "betrieb", "wo")
"""What a visitor typed. It has no place in a mail to an address that nobody has confirmed."""

BUILT_IN: dict[str, dict[str, str]] = {
    MailKind.BOOKED: {
        "subject": "Ihr Termin am {tag} ist gebucht",
        "intro": "Guten Tag {name},\n\nwir freuen uns auf das Gespräch mit Ihnen.",
        "closing": "",
    },
    MailKind.MOVED: {
        "subject": "Ihr Termin ist jetzt am {tag}",
        "intro": "Guten Tag {name},\n\nIhr Termin hat eine neue Zeit.",
        "closing": "",
    },
    MailKind.CANCELLED: {
        "subject": "Ihr Termin am {tag} ist abgesagt",
        "intro": "Guten Tag {name},\n\nIhr Termin ist abgesagt. Sie müssen nichts weiter tun.",
        "closing": "",
    },
    MailKind.REMINDER: {
        "subject": "Ihr Termin am {tag} steht bevor",
        "intro": "Guten Tag {name},\n\nbald sprechen wir miteinander. Bleibt es dabei?",
        "closing": "",
    },
    MailKind.VERIFY: {
        "subject": "Bitte bestätigen Sie Ihre E-Mail-Adresse für den {tag}",
        "intro": "Guten Tag,\n\nfür diese E-Mail-Adresse wurde bei uns ein Termin angefragt. Er ist noch nicht "
        "gebucht: Bitte bestätigen Sie zuerst, dass die Adresse stimmt.",
        "closing": "",
    },
    MailKind.OFFER: {
        "subject": "Ihr Termin am {tag} fällt aus: Bitte wählen Sie eine neue Zeit",
        "intro": "Guten Tag {name},\n\nleider können wir Sie zu Ihrer Zeit nicht beraten. Das tut uns leid. Wir haben "
        "andere Zeiten für Sie reserviert.",
        "closing": "",
    },
    MailKind.EARLIER: {
        "subject": "Früher als am {tag}: Eine Zeit ist frei",
        "intro": "Guten Tag {name},\n\nSie haben nach einer früheren Zeit gefragt. Jetzt ist eine frei. Wir haben sie "
        "für Sie reserviert.",
        "closing": "",
    },
}


@dataclass(frozen=True, slots=True)
class Words:
    """`intro` and `closing` as paragraphs of plain text."""

    subject: str
    intro: list[str]
    closing: list[str]


def values_of(appointment: Appointment) -> dict[str, str]:
    return {
        "name": appointment.name,
        "betrieb": appointment.organization,
        "wann": when(appointment.starts_at, appointment.ends_at),
        "tag": day_and_year(appointment.starts_at),
        "wo": where(appointment),
        "art": Kind(appointment.kind).label,
        "anliegen": appointment.service.name,
        "beratung": appointment.advisor.public_name,
        "buero": appointment.office.name,
        "telefon_buero": appointment.office.phone,
        "vorgangsnummer": appointment.reference,
    }


def allowed_in(part: str, kind: str) -> tuple[str, ...]:
    if part == "subject":
        return IN_SUBJECT
    return tuple(name for name in PLACEHOLDERS if kind != MailKind.VERIFY or name not in NOT_TO_STRANGERS)


def is_one_line(value: str) -> bool:
    """Fit for a header: no control characters or line ends, nothing that mail programs would decode (RFC 2047)."""
    return "=?" not in value and not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in value)


def is_sound(part: str, text: str, kind: str) -> bool:
    return not broken(text, allowed=allowed_in(part, kind)) and (part != "subject" or is_one_line(text))


def words_for(appointment: Appointment, kind: str, *, draft: MailText | None = None) -> Words:
    """What a mail says. One query; `draft` stands in for its owner's stored text. What is broken is passed over."""
    values = values_of(appointment)
    office = draft.office_id if draft else appointment.office_id
    stored = MailText.objects.within(office).filter(kind=kind)
    rows = sorted(stored, key=lambda row: row.office_id is None)
    if draft:
        rows = [draft, *(row for row in rows if row.office_id != office)]

    def chosen(part: str) -> str:
        for text in (getattr(row, part) for row in rows):
            if text.strip():
                try:
                    return _put_in(part, text, values, kind)
                except BrokenPlaceholders:
                    logger.warning("Mail text %s of kind %s is broken; the next one is used", part, kind)
        return _put_in(part, BUILT_IN[kind][part], values, kind)

    return Words(chosen("subject"), paragraphs(chosen("intro")), paragraphs(chosen("closing")))


def _put_in(part: str, text: str, values: Mapping[str, str], kind: str) -> str:
    found = filled(text, {name: values[name] for name in allowed_in(part, kind)})
    if part == "subject" and not is_one_line(found):
        raise BrokenPlaceholders(())
    return found


def origins(stored: Iterable[MailText], office_id: int | None) -> Iterator[tuple[MailKind, str]]:
    """For each kind whose words come first: `own`, `network` or `built_in`."""
    found = {(row.kind, row.office_id) for row in stored}
    for kind in MailKind:
        if office_id is not None and (kind, office_id) in found:
            yield kind, "own"
        else:
            yield kind, "network" if (kind, None) in found else "built_in"
