"""What a file would do to the courses of its provider, piece by piece, so that a long file takes no more memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db.models import QuerySet

from courses.catalogue.records import CourseRecord, Entry, Gone, Rejection, RunsOf
from courses.importing.fitting import Fitted, fitted
from courses.importing.merging import Merged, merged
from courses.importing.names import Names
from courses.importing.titles import TitlesByHand
from courses.importing.values import (
    LINKED,
    NEEDED,
    NUMBER,
    PLAIN,
    PRICE,
    RUNS,
    Values,
    column,
    course_values,
    price_value,
)
from courses.models import CoursePage, CourseRun, ImportEntry, Provider
from foundation.searching.words import fold

AT_ONCE = 500
LOCKED = "Die Seite ist gesperrt und bleibt, wie sie ist."
Kind = ImportEntry.Kind


@dataclass(slots=True)
class CoursePlan:
    """`after` has the values that change, of a new course all; `written` what the imports answer for from then on, None
    where that and `said` stay as they are."""

    kind: Kind
    place: str
    reference: str
    title: str
    course: CoursePage | None = None
    present: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    written: Values | None = None
    said: Values = field(default_factory=dict)
    kept: list[list[object]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    was_live: bool = False
    is_live: bool = False
    is_archived: bool = False
    source: int | None = None
    """As of ImportedCourse."""
    still_lacks: bool = False
    """What it has lacked before; not told once more, but counted."""
    has_draft: bool = False
    """Editors have a version of it that says more than what is stored; known once versions are renewed."""

    @property
    def page(self) -> CoursePage:
        """Of a plan that is carried out."""
        if self.course is None:
            raise ValueError(f"{self.reference} has no page yet")
        return self.course

    @property
    def before(self) -> Values:
        return {name: self.present.get(name) for name in self.after} if self.course else {}

    @property
    def is_worth_telling(self) -> bool:
        return self.kind != Kind.SAME or bool(self.kept or self.notices)


@dataclass(slots=True)
class Stored:
    course: CoursePage
    present: Values
    written: Values
    said: Values
    was_archived: bool
    source: int | None = None


class Planner:
    """For one file of one provider. Five queries for each piece, whatever it holds, five more where courses that were
    made by hand are found by their titles, and more where an update takes things back. `is_update`: what is absent
    stays. `source`: the key of the one that the file was fetched from; what people send takes no course off one."""

    def __init__(
        self,
        provider: Provider,
        names: Names,
        fallback_topic: int | None = None,
        *,
        today: date,
        locks: bool = False,
        is_update: bool = False,
        source: int | None = None,
    ) -> None:
        self._today = today
        self._locks = locks
        self._is_update = is_update
        self._source = source
        self.provider = provider
        self.names = names
        self.fallback_topic = fallback_topic
        others = Provider.objects.exclude(pk=provider.pk).values_list("name", flat=True)
        self._others = {fold(name) for name in others}
        self._by_hand = TitlesByHand(provider)
        self.places: dict[str, str] = {}
        """Where in the file each course stands, by its number."""

    def pieces(self, entries: Iterable[Entry]) -> Iterator[list[CoursePlan]]:
        rest = iter(entries)
        while piece := list(islice(rest, AT_ONCE)):
            stored = self._stored([each.reference for each in piece if isinstance(each, CourseRecord | RunsOf)])
            stored |= self._found_by_title([each for each in piece if isinstance(each, CourseRecord)], stored)
            yield [plan for each in piece if not isinstance(each, Gone) for plan in self._plans(each, stored)]
            gone = {each.reference for each in piece if isinstance(each, Gone)}
            if gone:
                yield self._taken_back(gone)

    def _plans(self, entry: CourseRecord | RunsOf | Rejection, stored: dict[str, Stored]) -> list[CoursePlan]:
        """One, but of a course that is refused one for each of its rows."""
        if isinstance(entry, Rejection):
            return [_rejected(entry.place, list(entry.reasons), dict(entry.cells))]
        if isinstance(entry, RunsOf):
            return [self._with_dates(entry, stored.get(entry.reference))]
        reasons = list(self._reasons_against(entry))
        if reasons:
            rows = entry.rows or {entry.place: {"Nummer": entry.reference, "Titel": entry.title}}
            known = {"reference": entry.reference[:80], "title": entry.title[:255]}
            return [_rejected(place, reasons, dict(cells), **known) for place, cells in rows.items()]
        return [self._plan(entry, stored)]

    def _plan(self, entry: CourseRecord, stored: dict[str, Stored]) -> CoursePlan:
        self.places[entry.reference] = entry.place
        found = fitted(entry, self.names)
        known = stored.get(entry.reference)
        plan = self._new(entry, found) if known is None else self._again(entry, found, known)
        return _with_lack(plan, found.lack)

    def _again(self, entry: CourseRecord, found: Fitted, known: Stored) -> CoursePlan:
        if "reference" in entry.said and not known.course.provider_reference:
            found.values[NUMBER] = entry.reference
        if self.fallback_topic and not (found.values.get("topics") or known.present["topics"]):
            found.values["topics"] = [self.fallback_topic]
        return self._changed(entry.place, found, known)

    def _with_dates(self, entry: RunsOf, known: Stored | None) -> CoursePlan:
        if known is None:
            reason = f"Zu diesen Terminen gibt es keinen Kurs mit der Nummer „{entry.reference}“."
            return _rejected(entry.place, [reason], {"Nummer": entry.reference}, reference=entry.reference[:80])
        said = CourseRecord(
            reference=entry.reference,
            title=known.course.title,
            place=entry.place,
            runs=entry.runs,
            said=frozenset({RUNS}),
            notices=entry.notices,
        )
        found = fitted(said, self.names)
        del found.values["title"]
        return _with_lack(self._changed(entry.place, found, known), found.lack)

    def _taken_back(self, references: Collection[str]) -> list[CoursePlan]:
        """Courses, and single dates of others, that an update names as gone. Eleven queries at most."""
        courses = self._stored(list(references))
        plans = [gone_plan(known) for known in courses.values() if known.course.live]
        runs = CourseRun.objects.filter(course__provider=self.provider, provider_reference__in=references)
        keys = set(runs.values_list("course_id", flat=True)) - {known.course.pk for known in courses.values()}
        for known in self.read(CoursePage.objects.filter(pk__in=keys)) if keys else ():
            left = [run for run in known.present[RUNS] if run["provider_reference"] not in references]
            wanted = Fitted({RUNS: [dict(run) for run in left]})
            plans.append(self._changed("", wanted, known, is_whole=True))
        return plans

    def _changed(self, place: str, found: Fitted, known: Stored, *, is_whole: bool = False) -> CoursePlan:
        stays = self._is_update and not is_whole
        taken_on = {name: said for name, said in known.said.items() if name != RUNS and said == known.present[name]}
        written = known.written | taken_on
        result = merged(written, known.present, found.values, today=self._today, absent_dates_stay=stays)
        return _changed(place, found, known, result, self._source or known.source)

    def _stored(self, references: Sequence[str]) -> dict[str, Stored]:
        """By the provider's own number."""
        found = CoursePage.objects.filter(provider=self.provider, provider_reference__in=references)
        return {stored.course.provider_reference: stored for stored in self.read(found)}

    def _found_by_title(self, records: Sequence[CourseRecord], stored: Collection[str]) -> dict[str, Stored]:
        """By the number that the file gives them, each once."""
        keys: dict[str, int | None] = {}
        for record in records:
            is_open = record.reference not in stored and record.reference not in keys
            if is_open and not any(self._reasons_against(record)):
                keys[record.reference] = self._by_hand.take(record.title)
        references = {key: reference for reference, key in keys.items() if key}
        if not references:
            return {}
        found = self.read(CoursePage.objects.filter(pk__in=references))
        return {references[known.course.pk]: known for known in found}

    def read(self, courses: QuerySet[CoursePage]) -> list[Stored]:
        """Locked, where they are going to be written. Five queries."""
        return read_courses(courses.select_for_update(of=("self", "page_ptr")) if self._locks else courses)

    def _reasons_against(self, entry: CourseRecord) -> Iterator[str]:
        if not entry.reference.strip():
            yield "Die Nummer fehlt. Ohne sie ist der Kurs beim nächsten Mal nicht wiederzufinden."
        elif len(entry.reference) > 80:
            yield "Die Nummer ist länger als 80 Zeichen."
        elif entry.reference in self.places:
            yield f"Die Nummer „{entry.reference}“ steht schon in {self.places[entry.reference]}."
        if not entry.title.strip():
            yield "Der Titel fehlt."
        elif "reference" not in entry.said and self._by_hand.is_ambiguous(entry.title):
            yield "Mehrere Kurse ohne Nummer heißen hier so. Bitte geben Sie jedem eine, hier und in der Datei."
        if entry.provider and fold(entry.provider) in self._others:
            yield f"Der Kurs gehört laut Datei zu „{entry.provider}“, nicht zu „{self.provider.name}“."

    def _new(self, entry: CourseRecord, found: Fitted) -> CoursePlan:
        values = {**_EMPTY, **found.values}
        if not values["topics"] and self.fallback_topic:
            values["topics"] = [self.fallback_topic]
        plan = CoursePlan(Kind.NEW, entry.place, entry.reference, entry.title[:255], after=values)
        plan.written = {name: values[name] for name in (*found.values, "topics")}
        plan.notices, plan.source = found.notices, self._source
        plan.is_live = not _say_what_lacks(plan, values)
        return plan


def _with_lack(plan: CoursePlan, lack: str) -> CoursePlan:
    if lack and plan.kind == Kind.SAME:
        plan.still_lacks = True
    elif lack:
        plan.notices.append(lack)
    return plan


def gone_plan(known: Stored) -> CoursePlan:
    course = known.course
    if course.locked:
        plan = CoursePlan(Kind.SAME, "", course.provider_reference, course.title, course=course)
        plan.notices = [f"Steht nicht mehr in der Datei. {LOCKED}"]
        plan.was_live = plan.is_live = course.live
        return plan
    plan = CoursePlan(Kind.GONE, "", course.provider_reference, course.title, course=course, present=known.present)
    plan.written, plan.said, plan.source = known.written, known.said, known.source
    plan.was_live = plan.is_archived = True
    return plan


def _changed(place: str, found: Fitted, known: Stored, result: Merged, source: int | None) -> CoursePlan:
    course = known.course
    plan = CoursePlan(
        Kind.SAME,
        place,
        str(result.after.get(NUMBER, course.provider_reference)),
        str(result.after.get("title", course.title)),
        course=course,
        present=known.present,
        after=result.after,
        said={name: value for name, value in known.said.items() if name not in found.values}
        | {str(name): found.values[str(name)] for name, *_ in result.kept},
        kept=result.kept,
        notices=found.notices,
        was_live=course.live,
        is_live=course.live,
        source=source,
    )
    waits = course.first_published_at is None and course.latest_revision_id is None and bool(known.written)
    if not course.live and (known.was_archived or waits):
        plan.is_live = not _say_what_lacks(plan, {**known.present, **result.after})
    elif not course.live:
        never = course.first_published_at is None
        plan.notices.append(
            "Der Kurs ist ein Entwurf der Redaktion und bleibt es."
            if never
            else "Der Kurs ist von Hand abgeschaltet und bleibt es."
        )
    if result.after or plan.is_live != plan.was_live:
        plan.kind = Kind.CHANGED
    plan.is_archived = known.was_archived and not plan.is_live
    if course.locked:
        return _as_locked(plan)
    is_new = (result.written, plan.said, source) != (known.written, known.said, known.source)
    if is_new or (known.was_archived and plan.is_live):
        plan.written = result.written
    return plan


def _as_locked(plan: CoursePlan) -> CoursePlan:
    """Nothing of it is written; what the file says otherwise is told."""
    if plan.kind == Kind.CHANGED:
        plan.notices.append(LOCKED)
    plan.kept += [[name, plan.present.get(name), value] for name, value in plan.after.items()]
    plan.kind, plan.after, plan.is_live = Kind.SAME, {}, plan.was_live
    return plan


def _say_what_lacks(plan: CoursePlan, values: Values) -> bool:
    lacks = [label for name, label in NEEDED.items() if not values[name]]
    if lacks:
        plan.notices.append(f"Bleibt Entwurf, es fehlt: {', '.join(lacks)}")
    return bool(lacks)


def _rejected(
    place: str, reasons: list[str], cells: dict[str, str], reference: str = "", title: str = ""
) -> CoursePlan:
    return CoursePlan(Kind.REJECTED, place, reference, title, notices=reasons, cells=cells)


def read_courses(courses: QuerySet[CoursePage]) -> list[Stored]:
    """With what they say and what imports have written. Four queries more."""
    found = list(courses.select_related("imported"))
    keys = [course.pk for course in found]
    links: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name in LINKED:
        through = getattr(CoursePage, name).through
        other = LINKED[name]._meta.model_name
        rows = through.objects.filter(coursepage_id__in=keys).values_list("coursepage_id", f"{other}_id")
        for key, pk in rows:
            links[key][name].append(pk)
    runs: dict[int, list[CourseRun]] = defaultdict(list)
    for run in CourseRun.objects.filter(course_id__in=keys).order_by("starts_on", "pk"):
        runs[run.course_id].append(run)
    return [_stored(course, course_values(course, links[course.pk], runs[course.pk])) for course in found]


def _stored(course: CoursePage, present: Values) -> Stored:
    state = getattr(course, "imported", None)
    if state is None:
        return Stored(course, present, {}, {}, was_archived=False)
    return Stored(course, present, state.written, state.said, state.was_archived, state.source_id)


_EMPTY: Values = {
    **{name: column(CoursePage, name).get_default() for name in PLAIN},
    **{name: [] for name in LINKED},
    PRICE: price_value("unknown", None),
    RUNS: [],
}
