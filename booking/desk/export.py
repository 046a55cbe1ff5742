"""The list of appointments as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from booking.models import Appointment
from booking.wording import local
from foundation.spreadsheets import MARK, csv_line


def _moment(moment: datetime | None) -> str:
    return f"{local(moment):%d.%m.%Y %H:%M}" if moment else ""


_COLUMNS: dict[str, Callable[[Appointment], object]] = {
    "Vorgangsnummer": lambda appointment: appointment.reference,
    "Beginn": lambda appointment: _moment(appointment.starts_at),
    "Ende": lambda appointment: _moment(appointment.ends_at),
    "Stand": lambda appointment: appointment.state,
    "Ergebnis": lambda appointment: appointment.get_outcome_display(),
    "Anliegen": lambda appointment: appointment.service,
    "Art": lambda appointment: appointment.get_kind_display(),
    "Büro": lambda appointment: appointment.office,
    "Ort": lambda appointment: appointment.place,
    "Beratungsperson": lambda appointment: appointment.advisor,
    "Betrieb": lambda appointment: appointment.organization,
    "Name": lambda appointment: appointment.name,
    "E-Mail": lambda appointment: appointment.email,
    "Telefon": lambda appointment: appointment.phone,
    "PLZ": lambda appointment: appointment.postcode,
    "Betriebsgröße": lambda appointment: appointment.get_size_class_display(),
    "Thema": lambda appointment: appointment.topic,
    "gebucht am": lambda appointment: _moment(appointment.booked_at),
    "abgesagt am": lambda appointment: _moment(appointment.cancelled_at),
}


def csv_lines(appointments: Iterable[Appointment], *, questions: Mapping[int, str]) -> Iterator[bytes]:
    """The file in pieces, one line each. `questions` are headings by the question's number."""
    yield (MARK + csv_line([*_COLUMNS, *questions.values()])).encode()
    for appointment in appointments:
        answered = {answer["id"]: answer["answer"] for answer in appointment.answers}
        cells = [value(appointment) for value in _COLUMNS.values()]
        cells += [answered.get(number, "") for number in questions]
        yield csv_line(map(str, cells)).encode()
