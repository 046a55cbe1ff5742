"""A question asked as the page asks it: read on a day of its own, in places of its own."""

from __future__ import annotations

from datetime import date

from courses.finding.index import Scores, WordIndex
from courses.finding.places import Gazetteer, Spot
from courses.finding.question import Reading, read

TODAY = date(2026, 11, 26)
POSITIONS = {"27232": (52.68, 8.80), "49377": (52.73, 8.29), "31582": (52.64, 9.21), "49632": (52.72, 7.77)}
PLACES = Gazetteer(
    [
        Spot(name, code, POSITIONS[code])
        for name, code in (
            ("Sulingen", "27232"),
            ("Vechta", "49377"),
            ("Nienburg (Weser)", "31582"),
            ("Essen (Oldenburg)", "49632"),
        )
    ],
    {"Vechta": "vechta", "Nienburg (Weser)": "nienburg"},
    POSITIONS.get,
)


def reading_of(question: str, index: WordIndex) -> Reading:
    return read(question, TODAY, PLACES, index)


def asked_in(index: WordIndex, question: str) -> Scores:
    return index.find(index.asked(reading_of(question, index).words))
