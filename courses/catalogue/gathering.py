"""Rows become courses: one row per date with the course repeated is one course with several dates, wherever its rows
stand.

So no course is known before the last row; what waits is bounded by the rows that a table may have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from courses.catalogue.columns import BY_FIELD
from courses.catalogue.records import CourseRecord, Rejection, RunRecord
from courses.catalogue.row_reading import RowRead

_PRICE = ("price_state", "price")
_SAID_OF_DATES = frozenset({*_PRICE, "price_note", "flexible_start"})
"""Where rows of a course may differ without contradicting each other: so do its dates."""


_Names = tuple[str, ...]


@dataclass(slots=True)
class _Course:
    rows: list[int]
    cells: list[tuple[_Names, tuple[str, ...]]]
    """Of each row the names of its columns, which rows share, and what stands there."""
    reference: str
    values: dict[str, Any]
    said: set[str]
    notices: list[str]
    runs: dict[RunRecord, None] = field(default_factory=dict)
    """In their order; found again without a walk through thousands."""
    run_references: set[str] = field(default_factory=set)
    is_run_lost: bool = False


class Gathering:
    """`speaks_of_runs`: the table has a column for days, so a course without a day has none. `has_references`: it has
    one for the numbers of courses, so one that is missing is worth a word."""

    def __init__(self, *, speaks_of_runs: bool, has_references: bool) -> None:
        self._speaks_of_runs = speaks_of_runs
        self._has_references = has_references
        self._entries: list[_Course | Rejection] = []
        self._by_key: dict[tuple[str, str], _Course] = {}
        self._last: _Course | None = None
        self._names: dict[_Names, _Names] = {}

    def add(self, row: RowRead) -> None:
        course = self._course_of(row)
        if course is None:
            return
        course.rows.append(row.number)
        names = tuple(row.cells)
        course.cells.append((self._names.setdefault(names, names), tuple(row.cells.values())))
        course.said |= row.said
        course.notices += row.notices
        course.is_run_lost |= row.is_run_lost
        if row.run:
            self._add_run(course, row.run, row)
        self._last = course

    def reject(self, row: RowRead, *reasons: str) -> None:
        self._entries.append(Rejection(f"Zeile {row.number}", tuple(reasons), row.cells))

    def entries(self) -> Iterator[CourseRecord | Rejection]:
        for entry in self._entries:
            yield entry if isinstance(entry, Rejection) else self._record(entry)

    def _course_of(self, row: RowRead) -> _Course | None:
        provider = _folded(str(row.course.get("provider", "")))
        if not row.title:
            return self._without_title(row, provider)
        reference = row.reference or _derived(provider, row.title)
        known = self._by_key.get((provider, reference))
        if known is None:
            return self._new(row, (provider, reference))
        if _folded(known.values["title"]) != _folded(row.title):
            self.reject(
                row,
                f"Die Kursnummer „{reference}“ steht schon in Zeile {known.rows[0]}, dort mit dem Titel "
                f"„{known.values['title']}“. Zwei Kurse brauchen zwei Nummern.",
            )
            return None
        self._merge(known, row)
        return known

    def _without_title(self, row: RowRead, provider: str) -> _Course | None:
        """A further date of the course above, or of the one with this number; else it cannot be taken."""
        known = self._by_key.get((provider, row.reference)) if row.reference else self._above(row)
        if known and row.run:
            self._merge(known, row)
            return known
        self.reject(row, "Der Titel fehlt.", *row.notices)
        return None

    def _above(self, row: RowRead) -> _Course | None:
        """None for a row that named a course, only not so that we could read it: it would give its date to another."""
        return None if row.is_title_lost else self._last

    def _new(self, row: RowRead, key: tuple[str, str]) -> _Course:
        course = _Course([], [], key[1], dict(row.course), set(), [])
        if self._has_references and not row.reference:
            course.notices.append(
                f"Zeile {row.number}: Ohne Kursnummer erkennen wir den Kurs nur an seinem Titel wieder."
            )
        self._by_key[key] = course
        self._entries.append(course)
        return course

    def _merge(self, course: _Course, row: RowRead) -> None:
        """What the first row left open, a later one fills; what contradicts it is reported."""
        for name, value in row.course.items():
            before = course.values.get(name)
            if name != "format" and before in (None, "", ()):
                course.values[name] = value
            elif before not in (None, value) and name not in _SAID_OF_DATES and name != "title":
                row.note(
                    f"Hier steht etwas anderes als in Zeile {course.rows[0]}; es gilt, was dort steht.", _name(name)
                )
        self._price_of_date(course, row)
        if row.run is None and not row.is_run_lost:
            row.note(f"Diese Zeile wiederholt Zeile {course.rows[0]}.")

    def _price_of_date(self, course: _Course, row: RowRead) -> None:
        """A row whose price differs names that of its date."""
        state, amount = (row.course.get(name) for name in _PRICE)
        differs = state and state != "unknown" and (state, amount) != tuple(course.values.get(name) for name in _PRICE)
        if differs and row.run and not row.run.price_state:
            row.run = _with_price(row.run, str(state), amount)

    def _add_run(self, course: _Course, run: RunRecord, row: RowRead) -> None:
        if run in course.runs:
            row.notices = []
            course.notices.append(f"Zeile {row.number}: Diesen Termin gibt es schon; wir haben ihn nur einmal gelesen.")
        elif run.reference and run.reference in course.run_references:
            course.notices.append(
                f"Zeile {row.number}: Die Terminnummer „{run.reference}“ gibt es bei diesem Kurs schon, mit anderen "
                "Angaben. Es gilt, was zuerst dasteht."
            )
        else:
            course.runs[run] = None
            course.run_references.add(run.reference)

    def _record(self, course: _Course) -> CourseRecord:
        said = course.said | {"title"}
        if self._speaks_of_runs and (course.runs or not course.is_run_lost):
            said.add("runs")
        values = course.values | {"reference": course.reference}
        return CourseRecord(
            **values,
            place=_place(course.rows),
            runs=tuple(course.runs),
            said=frozenset(said),
            notices=tuple(course.notices),
            rows={
                _place([number]): dict(zip(names, texts, strict=True))
                for number, (names, texts) in zip(course.rows, course.cells, strict=True)
            },
        )


def _with_price(run: RunRecord, state: str, amount: Any) -> RunRecord:
    return replace(run, price_state=state, price=amount)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _derived(provider: str, title: str) -> str:
    """The same title of the same provider has the same number in every file."""
    key = "\0".join((provider, _folded(title)))
    return f"titel-{sha256(key.encode()).hexdigest()[:12]}"


def _place(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"Zeile {rows[0]}"
    shown = ", ".join(map(str, rows[:6]))
    return f"Zeilen {shown} und {len(rows) - 6} weitere" if len(rows) > 6 else f"Zeilen {shown}"


def _name(field: str) -> str:
    return BY_FIELD[field].name if field in BY_FIELD else field
