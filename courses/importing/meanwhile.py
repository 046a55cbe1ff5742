"""What files and providers have changed of a course while an editor had it open."""

from __future__ import annotations

from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import PageLogEntry

from courses.importing.merging import is_same_text, merged
from courses.importing.values import LINKED, RUNS, Values, run_of, run_values, set_course, version_values
from courses.importing.wording import LABELS
from courses.importing.writing import LOG_ACTION
from courses.models import CoursePage, CourseRun
from courses.services.correct_course import CORRECTED

_SALT = "courses.meanwhile"


def seen_of(course: CoursePage) -> str:
    """What the form of this version remembers: which change of others was the last, and what the version says."""
    return signing.dumps([_last_change(course), version_values(course)], salt=_SALT, compress=True)


def _last_change(course: CoursePage) -> int | None:
    entries = PageLogEntry.objects.filter(page=course.pk, action__in=(LOG_ACTION, CORRECTED))
    last: int | None = entries.order_by("-pk").values_list("pk", flat=True).first()
    return last


class Meanwhile:
    """`seen` is what the version said when the form was opened, `stored` what it says now."""

    def __init__(self, seen: Values, stored: Values) -> None:
        self._seen = seen
        self._stored = stored
        here = {run["pk"] for run in stored[RUNS]}
        self._gone = {str(run["pk"]): run for run in seen[RUNS] if run["pk"] and run["pk"] not in here}

    @classmethod
    def since(cls, seen: str, course: CoursePage) -> Meanwhile | None:
        """None where nobody else has changed the course, or nobody knows what was seen."""
        try:
            last, values = signing.loads(seen, salt=_SALT)
        except signing.BadSignature:
            return None
        return None if last == _last_change(course) else cls(values, version_values(course))

    def sent(self, data: QueryDict) -> QueryDict:
        """The form as it came, but a date that is gone is a new one: its number would be refused."""
        data = data.copy()
        for name, value in data.items():
            if name.startswith(f"{RUNS}-") and name.endswith("-id") and value in self._gone:
                data[name] = ""
        return data

    def take_on(self, course: CoursePage) -> None:
        """Into the version that the form has filled, all that its editor has left as it was. `came_meanwhile` of the
        course tells what came of it."""
        typed = version_values(course)
        if is_same_text(self._seen["contents"], typed["contents"]):
            typed["contents"] = self._seen["contents"]
        seen, present, stored = (_with_known_dates(values) for values in (self._seen, typed, self._stored))
        after = merged(seen, present, stored, today=timezone.localdate()).after
        came = [name for name in LABELS if stored[name] != seen[name]]
        taken = [name for name in came if name in after or (name == RUNS and self._gone)]
        own = [name for name in came if present[name] not in (seen[name], stored[name])]
        course.came_meanwhile = _told(taken, own)
        _set_dates(course, after.pop(RUNS, present[RUNS]), gone=list(self._gone.values()))
        set_course(course, after)
        for name in LINKED.keys() & after.keys():
            getattr(course, name).set(LINKED[name]._default_manager.filter(pk__in=after[name]))


def _with_known_dates(values: Values) -> Values:
    return values | {RUNS: [run for run in values[RUNS] if run["pk"]]}


def _set_dates(course: CoursePage, wanted: list[Values], *, gone: list[Values]) -> None:
    """New dates of the editor stay; those that are gone came back as new ones and go where nobody has changed them."""
    kept = {run["pk"] for run in wanted}
    as_before = [_without_key(run) for run in gone]
    course.runs.remove(
        *(run for run in course.runs.all() if (run.pk and run.pk not in kept) or _is_among(run, as_before))
    )
    course.runs.add(*(run_of(run, course.pk) for run in wanted))


def _is_among(run: CourseRun, known: list[Values]) -> bool:
    return run.pk is None and _without_key(run_values(run)) in known


def _without_key(run: Values) -> Values:
    return {name: value for name, value in run.items() if name != "pk"}


def _told(taken: list[str], own: list[str]) -> str:
    """A sentence for the editor; none where others have changed nothing that the form shows."""
    if not taken and not own:
        return ""
    parts = ["Während Sie den Kurs bearbeitet haben, hat ihn eine Datei oder der Anbieter geändert."]
    if taken:
        parts.append(f"Übernommen ist: {_in_words(taken)}.")
    if own:
        parts.append(f"Was Sie selbst geändert haben, bleibt: {_in_words(own)}.")
    return " ".join(parts)


def _in_words(names: list[str]) -> str:
    return ", ".join(LABELS[name] for name in names)
