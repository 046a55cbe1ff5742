"""What the list of courses has beside its cards: remembering, comparing, taking along."""

from __future__ import annotations

from courses.comparison import Column, Row
from courses.remembered import Remembered, RememberLink
from home.style_guide.registry import Group, component

_COLUMNS = [
    Column(1, "Gabelstapler fahren", "/kurse/", "?kurs=2"),
    Column(2, "Kranführerin und Kranführer", "/kurse/", "?kurs=1"),
]
_ROWS = [
    Row("Nächste Termine", [["Mo., 7. Dezember 2026", "und 2 weitere"], ["jederzeit"]], "verschieden"),
    Row("Form", [["vor Ort"], ["vor Ort"]], "gleich"),
    Row("Kosten", [["189 €"], ["nicht bekannt"]], ""),
]
_FILES = {"table": "#", "calendar": {"subscribe": "#", "file": "#"}, "feed": "#"}

COURSES = Group(
    "Kurse",
    (
        component(
            "remember",
            {
                "Noch nicht gemerkt": {"remember": RememberLink(1, "Excel", "?kurs=1", is_remembered=False)},
                "Gemerkt": {"remember": RememberLink(2, "Löten", "?", is_remembered=True)},
                "Liste voll": {"remember": RememberLink(3, "Drehen", "", is_remembered=False)},
            },
        ),
        component(
            "remembered_bar",
            {"Zwei Kurse": {"remembered": Remembered((1, 2))}, "Noch keiner": {"remembered": Remembered()}},
        ),
        component("comparison", {"Zwei Kurse": {"columns": _COLUMNS, "rows": _ROWS}}),
        component("take_along", {"Drei Dateien": _FILES}),
    ),
)
