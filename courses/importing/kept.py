"""What editors have said otherwise than the provider, so that imports leave it alone, for the editor of a course."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from courses.importing.merging import merged
from courses.importing.names import Names
from courses.importing.values import RUN_FIELDS, RUNS, Values, version_values
from courses.importing.wording import LABELS, in_words
from courses.models import CoursePage, ImportedCourse

LONGEST = 4000
"""Signs: whoever wants the provider's words back copies them from here."""


class Kept(NamedTuple):
    """In words."""

    label: str
    here: str
    provider: str


def kept_by_hand(course: CoursePage, today: date) -> list[Kept]:
    """Of this version of a course, compared with what the file last read has said of it. None where no file ever has.
    One query, and three where something is kept, beside those that the version needs for its own topics and dates."""
    state = ImportedCourse.objects.filter(course=course.pk).first()
    if state is None:
        return []
    present = version_values(course)
    wanted = {**state.written, **state.said}
    if RUNS in wanted:
        wanted[RUNS] = _whole(wanted[RUNS], present[RUNS])
    kept = {name: (theirs, said) for name, theirs, said in merged(state.written, present, wanted, today=today).kept}
    names = Names() if kept else None
    return [_in_words(name, *kept[name], names) for name in LABELS if name in kept and names]


def _whole(wanted: list[Values], present: list[Values]) -> list[Values]:
    """Of a date that editors made, files may have said a part only."""
    here = {run["pk"]: run for run in present}
    runs = [{**here.get(run["pk"], {}), **run} for run in wanted]
    return [run for run in runs if run.keys() >= set(RUN_FIELDS)]


def _in_words(name: str, theirs: object, files: object, names: Names) -> Kept:
    here, provider = (in_words(name, value, names, LONGEST) for value in (theirs, files))
    if name == RUNS and here == provider:
        provider = "dieselben Tage mit anderen Angaben (Zeiten, Ort, Plätze oder Preis)"
    return Kept(LABELS[name], here, provider)
