"""The list of appointments as a file for spreadsheets: CSV with semicolons and a byte order mark, as German ones read.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, and some take
a quote or a separator inside a cell for its end. Firms type what stands in the cells: such places get an apostrophe.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from io import StringIO

from booking.models import Appointment
from booking.wording import local

_FORMULA = re.compile(r"""(^|[;,])(["'\s]*[=+\-@\t\r])""")
_MARK = "\ufeff"


def neutralised(cell: str) -> str:
    """The cell as text that no spreadsheet calculates; a phone number begins with `'+49`."""
    return _FORMULA.sub(r"\1'\2", cell)


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
    """The file in pieces, one line each; every cell in quotes. `questions` are headings by the question's number."""
    yield (_MARK + _line(map(neutralised, [*_COLUMNS, *questions.values()]))).encode()
    for appointment in appointments:
        answered = {answer["id"]: answer["answer"] for answer in appointment.answers}
        cells = [value(appointment) for value in _COLUMNS.values()]
        cells += [answered.get(number, "") for number in questions]
        yield _line(neutralised(str(cell)) for cell in cells).encode()


def _line(cells: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerow(cells)
    return text.getvalue()
