"""What the numbers of a date say to somebody who wonders whether it takes place and whether there is room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from courses.models import CourseRun

CERTAIN = "findet statt"
REGISTRATION_OVER = "Anmeldung geschlossen"
FEW_SEATS = 3
"""Up to this number seats are counted down: „noch 2 Plätze“."""


@dataclass(frozen=True, slots=True)
class SeatsInWords:
    """`seats` is about room, `certainty` about whether it takes place; either may be empty where nothing is known.

    `is_open` is False where nobody can register any more.
    """

    seats: str
    certainty: str
    is_open: bool

    @property
    def in_one_line(self) -> str:
        """„findet statt, noch 2 Plätze“; empty where nothing is known."""
        return ", ".join(filter(None, (self.certainty, self.seats)))


def seats_in_words(run: CourseRun, today: date) -> SeatsInWords:
    left = run.seats_left
    if run.is_full:
        return SeatsInWords("ausgebucht", CERTAIN if run.is_certain else "", is_open=False)
    if run.is_registration_over(today):
        return SeatsInWords(REGISTRATION_OVER, CERTAIN if run.is_certain else "", is_open=False)
    return SeatsInWords(_room(run, left), _certainty(run), is_open=True)


def is_counted_down(run: CourseRun) -> bool:
    """Only the seats that are left are told then, not how many there are in all."""
    return run.seats_left is not None and run.seats_left <= FEW_SEATS


def _room(run: CourseRun, left: int | None) -> str:
    if left is None:
        return f"bis zu {run.seats_max} Plätze" if run.seats_max else ""
    if is_counted_down(run):
        return f"noch {left} {'Platz' if left == 1 else 'Plätze'}"
    return f"{left} von {run.seats_max} Plätzen frei"


def _certainty(run: CourseRun) -> str:
    if run.is_certain:
        return CERTAIN
    if run.seats_min is None or run.seats_taken is None:
        return ""
    missing = run.seats_min - run.seats_taken
    if missing <= 0:
        return "genug Anmeldungen"
    return "es fehlt noch 1 Anmeldung" if missing == 1 else f"es fehlen noch {missing} Anmeldungen"
