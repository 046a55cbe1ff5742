"""Catalogues in open-Q-cat XML 1.1, the form of KURSNET: full ones (NEW_CATALOG) and updates (UPDATE_CATALOG).

Every SERVICE has a PRODUCT_ID that stays. EDUCATION@type "true" is a course, "false" a further date of the course that
COURSE_ID names, by its PRODUCT_ID or by a COURSE_ID of its own. A date may stand before its course, so the file is read
twice: for the dates, which are kept, and for the courses, which are handed on one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from courses.catalogue.openqcat_details import DETAILS, EDUCATION, course_draft, dated, price_of_run
from courses.catalogue.records import (
    CourseRecord,
    Entry,
    FileFacts,
    FileRead,
    FileRefused,
    Gone,
    Rejection,
    RunRecord,
    RunsOf,
)
from courses.catalogue.xml_charsets import XmlCharset, xml_charset
from courses.catalogue.xml_drafts import moment, noted, with_shared_texts
from courses.catalogue.xml_reading import Element, elements

ROOT = "OPENQCAT"
_WANTED = frozenset({"HEADER", "SERVICE"})
_LONGEST_REFERENCE = 80
_IN_WORDS = {True: "Vollkatalog", False: "Änderungen", None: "Katalog"}


@dataclass(slots=True)
class _Dates:
    """What is known of the dates of a course before it comes, by the id that they name it with."""

    runs: list[RunRecord] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Survey:
    """The first reading. `courses` are the ids by which dates may name a course of the file; `kept` are the ids that an
    update brings, so that what it deletes and brings anew stays."""

    is_full: bool | None = None
    version: str = ""
    made_at: str = ""
    providers: dict[str, str] = field(default_factory=dict)
    dates: dict[str, _Dates] = field(default_factory=dict)
    courses: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    count: int = 0


def read_openqcat(stream: BinaryIO) -> FileRead:
    """Reads the whole file once before it answers. Raises FileRefused."""
    charset = xml_charset(stream)
    survey = _survey(stream, charset)
    if not survey.count:
        raise FileRefused("Der Katalog enthält keinen einzigen Kurs.")
    words = " ".join(filter(None, ("open-Q-cat", survey.version)))
    facts = FileFacts(
        format=f"{words} ({_IN_WORDS[survey.is_full]}), {charset.name}",
        is_full=survey.is_full,
        made_at=moment(survey.made_at),
        notices=charset.notices,
    )
    return FileRead(facts, _Second(survey).entries(elements(stream, charset, _WANTED)))


def _survey(stream: BinaryIO, charset: XmlCharset) -> _Survey:
    survey = _Survey()
    texts: dict[str, str] = {}
    for element in elements(stream, charset, _WANTED):
        if element.name == "HEADER":
            _read_header(survey, element)
            continue
        survey.count += 1
        if not survey.version:
            _read_kind(survey, element)
        if _is_deleted(element):
            continue
        if survey.is_full is False:
            survey.kept |= {_id(element)} - {""}
        if _is_course(element):
            survey.courses |= {_id(element), element.value(*EDUCATION, "COURSE_ID")} - {""}
        else:
            _read_date(survey, element, texts)
    return survey


def _read_header(survey: _Survey, header: Element) -> None:
    survey.made_at = header.value("CATALOG", "GENERATION_DATE")
    for supplier in header.all("SUPPLIER"):
        survey.providers[supplier.value("SUPPLIER_ID")] = supplier.value("SUPPLIER_NAME")


def _read_kind(survey: _Survey, service: Element) -> None:
    survey.version = service.within[0].attributes.get("version", "")[:10] if service.within else ""
    for around in service.within:
        if around.name == "UPDATE_CATALOG":
            survey.is_full = False
        elif around.name == "NEW_CATALOG":
            survey.is_full = {"true": True, "1": True}.get(around.attributes.get("FULLCATALOG", "").lower())


def _read_date(survey: _Survey, service: Element, texts: dict[str, str]) -> None:
    dates = survey.dates.setdefault(service.value(*EDUCATION, "COURSE_ID"), _Dates())
    run, notices = dated(service)
    where = f"Termin {_id(service)} (Zeile {service.line})".replace("  ", " ")
    dates.notices += [f"{where}, {notice}" for notice in notices]
    if run is None:
        if not notices:
            dates.notices.append(f"{where}: Ohne START_DATE ist das kein Termin; wir haben ihn weggelassen.")
        return
    state, price = price_of_run(service)
    dates.runs.append(with_shared_texts(replace(run, price_state=state, price=price), texts))


def _is_deleted(service: Element) -> bool:
    return service.attributes.get("mode") == "delete" or any(each.name == "DELETE" for each in service.within)


def _is_course(service: Element) -> bool:
    """A date that names no course, or itself, is one."""
    education = service.first(*EDUCATION)
    kind = education.attributes.get("type", "").strip().lower() if education is not None else ""
    return kind not in {"false", "0"} or service.value(*EDUCATION, "COURSE_ID") in {"", _id(service)}


def _id(service: Element) -> str:
    return " ".join(service.value("PRODUCT_ID").split())


class _Second:
    """The second reading: every course with its dates, and what updates add or take back."""

    def __init__(self, survey: _Survey) -> None:
        self._survey = survey
        self._places: dict[str, str] = {}
        self._count = 0

    def entries(self, found: Iterable[Element]) -> Iterator[Entry]:
        for element in found:
            if element.name == "HEADER":
                continue
            self._count += 1
            entry = self._entry(element, f"Angebot {self._count} (Zeile {element.line})")
            if entry is not None:
                yield entry

    def _entry(self, service: Element, place: str) -> Entry | None:
        if _is_deleted(service):
            return self._gone(service, place)
        if _is_course(service):
            return self._course(service, place, _id(service))
        course_id = service.value(*EDUCATION, "COURSE_ID")
        if course_id in self._survey.courses or course_id in self._places:
            return None
        if self._survey.is_full is False:
            return self._runs_of(course_id, place)
        return self._course(service, place, course_id)

    def _gone(self, service: Element, place: str) -> Entry | None:
        reference = _id(service)
        if reference in self._survey.kept:
            return None
        if not reference:
            return Rejection(place, ("PRODUCT_ID fehlt, also ist nicht zu erkennen, was gelöscht werden soll.",))
        return Gone(reference, place)

    def _runs_of(self, course_id: str, place: str) -> Entry:
        self._places[course_id] = place
        dates = self._survey.dates[course_id]
        return RunsOf(course_id, place, tuple(_once(dates.runs, dates.notices)), tuple(dates.notices))

    def _course(self, service: Element, place: str, reference: str) -> CourseRecord | Rejection:
        reasons = self._reasons_against(service, reference)
        if reasons:
            cells = {"PRODUCT_ID": _id(service), "TITLE": service.value(DETAILS, "TITLE")}
            return Rejection(place, tuple(reasons), cells)
        self._places[reference] = place
        draft = course_draft(service)
        draft.set("provider", self._provider_of(service))
        if reference != _id(service):
            draft.notices.append(
                f"Der Kurs {reference} selbst steht nicht in der Datei; die Angaben sind die seines ersten Termins."
            )
        runs = self._runs(service, reference, draft.notices)
        if runs or self._survey.is_full is not False:
            draft.said.add("runs")
        price = (draft.values.get("price_state"), draft.values.get("price"))
        return draft.record(reference, place, [_without_price_of_course(run, price) for run in runs])

    def _reasons_against(self, service: Element, reference: str) -> list[str]:
        reasons = []
        if not reference:
            reasons.append("PRODUCT_ID fehlt.")
        if len(reference) > _LONGEST_REFERENCE:
            reasons.append(f"Die PRODUCT_ID ist länger als {_LONGEST_REFERENCE} Zeichen.")
        if not service.value(DETAILS, "TITLE"):
            reasons.append("TITLE fehlt.")
        if reference in self._places:
            reasons.append(f"Die PRODUCT_ID {reference} hat schon {self._places[reference]}.")
        return reasons

    def _provider_of(self, service: Element) -> str:
        providers = self._survey.providers
        only = next(iter(providers.values())) if len(providers) == 1 else ""
        return providers.get(service.value("SUPPLIER_ID_REF"), only)[:120]

    def _runs(self, service: Element, reference: str, notices: list[str]) -> list[RunRecord]:
        """Its own date first, then the further ones; one that says the same twice counts once."""
        runs: list[RunRecord] = []
        if _is_course(service):
            run, own = dated(service)
            notices += own
            runs += [run] if run else []
        names = dict.fromkeys((reference, service.value(*EDUCATION, "COURSE_ID")))
        for dates in filter(None, map(self._survey.dates.get, names)):
            runs += dates.runs
            notices += dates.notices
        return _once(runs, notices)


def _once(runs: list[RunRecord], notices: list[str]) -> list[RunRecord]:
    kept: dict[RunRecord, RunRecord] = {}
    references: set[str] = set()
    for run in runs:
        same = replace(run, reference="", price_state="", price=None)
        if run.reference in references:
            notices.append(
                noted("Diese PRODUCT_ID hat schon ein anderer Termin; es gilt der erste.", "", run.reference)
            )
        elif same not in kept:
            kept[same] = run
            references.add(run.reference)
    return list(kept.values())


def _without_price_of_course(run: RunRecord, price: tuple[object, object]) -> RunRecord:
    return replace(run, price_state="", price=None) if (run.price_state, run.price) == price else run
