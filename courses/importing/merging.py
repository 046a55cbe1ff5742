"""What becomes of a value when three have a say: what the last import wrote, what stands there now, what the file says.

Where nobody has changed what the last import wrote, the file wins; where somebody has, the editors do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from courses.catalogue.markup import allowed_html, contents_html
from courses.importing.values import RUN_FIELDS, RUNS, Values, sessions_of

_NOTHING_YET: tuple[object, ...] = ("", None, False, [], "unknown", ["unknown", None], ["", None])
"""Nobody has said anything there: a value of a course that was made by hand stays unless it is one of these."""


@dataclass(slots=True)
class Merged:
    """`after` has the values that change; `written` what the import answers for from now on; `kept` what editors have
    said otherwise, as [field, theirs, the file's]."""

    after: Values = field(default_factory=dict)
    written: Values = field(default_factory=dict)
    kept: list[list[Any]] = field(default_factory=list)


def merged(
    written: Mapping[str, Any],
    present: Mapping[str, Any],
    wanted: Mapping[str, Any],
    *,
    today: date,
    absent_dates_stay: bool = False,
) -> Merged:
    """Absent dates go, unless they are over or cancelled: files, our own among them, list what is ahead."""

    def stays(run: Values) -> bool:
        return absent_dates_stay or run["starts_on"] < today.isoformat() or run["status"] == "cancelled"

    found = Merged(written=dict(written))
    for name, said in wanted.items():
        if name == RUNS:
            _merge_runs(found, written.get(RUNS), present[RUNS], said, stays)
            continue
        value = present[name] if name == "contents" and is_same_text(said, present[name]) else said
        if value == present[name] or _is_free(written, name, present[name]):
            found.written[name] = value
            if value != present[name]:
                found.after[name] = value
        else:
            found.kept.append([name, present[name], value])
    return found


def is_same_text(said: str, present: str) -> bool:
    """Editors' markup, read as that of files is, loses what nobody sees: an empty paragraph, a list inside a list."""
    return said != present and said == allowed_html(contents_html(allowed_html(present)))


def _is_free(written: Mapping[str, Any], name: str, present: object) -> bool:
    return present == written[name] if name in written else present in _NOTHING_YET


def _merge_runs(
    found: Merged,
    written: list[Values] | None,
    present: list[Values],
    wanted: list[Values],
    stays: Callable[[Values], bool],
) -> None:
    """Dates that editors added stay, those that they took out stay out, and of one that they changed what they did."""
    dates = _Dates({run["pk"]: run for run in written or ()}, {run["pk"]: run for run in present})
    for old, new in matched(dates.known, wanted):
        dates.take(old, new)
    dates.end(stays)
    if dates.own:
        theirs, files = [run for run, _ in dates.own if run], [run for _, run in dates.own if run]
        found.kept.append([RUNS, theirs, files])
    found.written[RUNS] = dates.answers
    if sorted(map(_text, dates.runs)) != sorted(map(_text, present)):
        found.after[RUNS] = sorted(dates.runs, key=lambda run: (run["starts_on"], run["pk"] or 0))


class _Dates:
    """`runs` are those that the course has afterwards, `answers` what the imports answer for of them, `own` what
    editors have said otherwise, beside what the file says."""

    def __init__(self, written: dict[int, Values], present: dict[int, Values]) -> None:
        self._written = written
        self._present = dict(present)
        self.runs: list[Values] = []
        self.answers: list[Values] = []
        self.own: list[tuple[Values | None, Values | None]] = []
        # An answer of a date by hand has only what a file has said of it.
        self.known = [{**present.get(pk, {}), **run} for pk, run in written.items()]
        self.known += [run for pk, run in present.items() if pk not in written]

    def take(self, old: Values | None, new: Values) -> None:
        if old is None:
            self.runs.append(new)
            self.answers.append(new)
        elif old["pk"] not in self._present:
            self.own.append((None, new))
            self.answers.append(self._written[old["pk"]])
        else:
            present = self._present.pop(old["pk"])
            run, answer, is_own = _merge_run(self._written.get(old["pk"], {}), present, new)
            self.runs.append(run)
            self.answers.append(answer)
            if is_own:
                self.own.append((present, new))

    def end(self, stays: Callable[[Values], bool]) -> None:
        """Of dates that the file has no more, one of which nobody but the imports has said anything goes, unless it
        stays all the same."""
        for pk, run in self._present.items():
            answer = self._written.get(pk)
            if answer == run and not stays(run):
                continue
            self.runs.append(run)
            if answer:
                self.answers.append(answer)
            if answer and not stays(run):
                self.own.append((run, None))


def _merge_run(written: Values, present: Values, wanted: Values) -> tuple[Values, Values, bool]:
    run, answer, is_own = dict(present), {**written, "pk": present["pk"]}, False
    if wanted["days"] != present["days"] and sessions_of(wanted) == sessions_of(present):
        wanted = {**wanted, "days": present["days"]}
    for name in RUN_FIELDS:
        if wanted[name] == present[name] or _is_free(written, name, present[name]):
            run[name] = answer[name] = wanted[name]
        else:
            is_own = True
    return run, answer, is_own


def matched(old: list[Values], new: Iterable[Values]) -> list[tuple[Values | None, Values]]:
    """By the provider's number of the date, else by beginning and place, else by the beginning alone."""
    rest = list(new)
    free = list(old)
    found: dict[int, Values] = {}
    for key_of in (_by_reference, _by_place, _by_start):
        keys: dict[object, list[Values]] = {}
        for run in free:
            keys.setdefault(key_of(run), []).append(run)
        keys.pop(None, None)
        for number, run in enumerate(rest):
            same = keys.get(key_of(run)) if number not in found else None
            if same:
                found[number] = same.pop(0)
        free = [run for run in free if not any(run is taken for taken in found.values())]
    return [(found.get(number), run) for number, run in enumerate(rest)]


def _by_reference(run: Values) -> object:
    return run.get("provider_reference") or None


def _by_place(run: Values) -> object:
    return tuple(run.get(name) for name in ("starts_on", "start_time", "postcode", "town", "venue"))


def _by_start(run: Values) -> object:
    return run.get("starts_on"), run.get("start_time")


def _text(run: Values) -> str:
    return repr(sorted(run.items(), key=lambda item: item[0]))
