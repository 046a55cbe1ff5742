"""Catalogues of adult education centres in Open-vhs XML, versions 0.9 to 1.2 (Deutscher Volkshochschul-Verband).

One file holds everything of one centre, so what is absent is gone. A `veranstaltung` is one course with one date, found
again by its `guid`; `nummer` is what people type who have the printed programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import BinaryIO

from courses.catalogue.lengths import fitted_contents
from courses.catalogue.records import CourseRecord, Entry, FileFacts, FileRead, FileRefused, Rejection, RunRecord
from courses.catalogue.xml_charsets import xml_charset
from courses.catalogue.xml_drafts import GERMANY, CourseDraft, day_and_time, is_every_day, moment, run_of
from courses.catalogue.xml_reading import Element, elements

COURSE = "veranstaltung"
_WANTED = frozenset({COURSE, "ersteller", "erstellungszeitpunkt"})
_LONGEST_REFERENCE = 80
_DIGITAL = MappingProxyType(
    {"online_angebot": "online", "blended_learning": "blended", "selbstlernangebot": "self_paced"}
)
_SAY_NOTHING = frozenset({"anmeldung_kostenlos", "vhscloud_kurs"})
_TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "requirements": ("voraussetzung", "vorkenntnis"),
        "audience": ("zielgruppe",),
        "outcome": ("lernziel", "nutzen"),
        "summary": ("kurztext", "kurzbeschreibung", "teaser"),
    }
)
"""How the `eigenschaft` of a `text` begins; any other text is about the contents."""

_RUN_ELEMENTS = MappingProxyType(
    {
        "starts_on": "beginn_datum",
        "ends_on": "ende_datum",
        "days": "termin",
        "start_time": "beginn_uhrzeit",
        "end_time": "ende_uhrzeit",
        "seats_min": "minimale_teilnehmerzahl",
        "seats_max": "maximale_teilnehmerzahl",
        "seats_taken": "aktuelle_teilnehmerzahl",
        "postcode": "plz",
        "step_free": "barrierefrei",
    }
)


def read_openvhs(stream: BinaryIO) -> FileRead:
    """Raises FileRefused, also while its entries are read."""
    charset = xml_charset(stream)
    found = elements(stream, charset, _WANTED)
    provider = made_at = version = ""
    first: list[Element] = []
    for element in found:
        if element.name == COURSE:
            first = [element]
            break
        if element.name == "ersteller":
            provider = element.value("name")
        else:
            made_at = element.text
    if not first:
        raise FileRefused("Die Datei enthält keine einzige „veranstaltung“.")
    version = first[0].within[0].attributes.get("version", "")[:10] if first[0].within else ""
    facts = FileFacts(
        format=f"{' '.join(filter(None, ('Open-vhs', version)))}, {charset.name}",
        is_full=True,
        made_at=moment(made_at),
        notices=charset.notices,
    )
    return FileRead(facts, _entries(chain(first, found), provider[:120]))


def _entries(found: Iterable[Element], provider: str) -> Iterator[Entry]:
    places: dict[str, str] = {}
    courses = (element for element in found if element.name == COURSE)
    for number, element in enumerate(courses, 1):
        place = f"Veranstaltung {number} (Zeile {element.line})"
        reference = element.value("guid")
        reasons = _reasons_against(element, reference, places)
        if reasons:
            yield Rejection(place, reasons, {name: element.value(name) for name in ("guid", "nummer", "name")})
        else:
            places[reference] = place
            yield _course(element, reference, place, provider)


def _reasons_against(element: Element, reference: str, places: Mapping[str, str]) -> tuple[str, ...]:
    reasons = []
    if not reference:
        reasons.append("guid fehlt.")
    if len(reference) > _LONGEST_REFERENCE:
        reasons.append(f"Die guid ist länger als {_LONGEST_REFERENCE} Zeichen.")
    if not element.value("name"):
        reasons.append("name fehlt.")
    if reference in places:
        reasons.append(f"Die guid {reference} hat schon {places[reference]}.")
    return tuple(reasons)


def _course(element: Element, reference: str, place: str, provider: str) -> CourseRecord:
    draft = CourseDraft()
    draft.set("provider", provider)
    draft.take("title", element.value("name"), "name")
    draft.take("subtitle", _joined(element, "untertitel", " · "), "untertitel")
    draft.take("teaching_units", _one(element, "dauer"), "dauer")
    draft.take("target_groups", _joined(element, "zielgruppe", "; "), "zielgruppe")
    draft.take("certificate", _joined(element, "zertifikat", "; ", "name"), "zertifikat")
    words = (*element.all("schlagwort"), *element.all("nummer"))
    draft.take("keywords", ", ".join(dict.fromkeys(word.text for word in words if word.text)), "schlagwort")
    if code := element.value("dvv_kategorie"):
        draft.keep_code("topics", f"DVV {code}")
    draft.keep_code("level", element.value("level"))
    _take_texts(draft, element)
    _take_marks(draft, element)
    draft.take_price(
        _one(element, "preis", "betrag"), _joined(element.first("preis") or element, "zusatz", "; "), "preis/betrag"
    )
    _take_link(draft, element)
    run = _take_run(draft, element, reference)
    draft.said.add("runs")
    draft.sum_up()
    return draft.record(reference, place, [run] if run else [])


def _one(element: Element, *path: str) -> str | None:
    return element.value(*path) if element.first(*path) is not None else None


def _joined(element: Element, name: str, between: str, inside: str = "") -> str | None:
    """None where there is no such element."""
    found = element.all(name)
    texts = [each.value(inside) or each.text if inside else each.text for each in found]
    return between.join(dict.fromkeys(filter(None, texts))) if found else None


def _take_texts(draft: CourseDraft, element: Element) -> None:
    about: list[str] = []
    for text in element.all("text"):
        kind, said = text.value("eigenschaft").lower(), text.value("text")
        name = next((name for name, starts in _TEXTS.items() if kind.startswith(starts)), None)
        if name and not draft.values.get(name):
            draft.take(name, said, kind)
        elif said:
            about.append(said)
    if element.all("text"):
        fitted = [fitted_contents(said) for said in about]  # each by itself: one may be HTML and the next none
        fitted.append(fitted_contents("".join(contents for contents, _ in fitted)))
        draft.set("contents", fitted[-1][0])
        draft.notices += dict.fromkeys(notice for _, notice in fitted if notice)


def _take_marks(draft: CourseDraft, element: Element) -> None:
    for mark in element.all("merkmale", "merkmal"):
        name, value = mark.value("name"), mark.value("wert")
        if name == "kursart_digital" and value in _DIGITAL:
            draft.set("format", _DIGITAL[value])
        elif name == "barrierefreies_lernen":
            draft.take("barrier_free", value, name)
        elif name not in _SAY_NOTHING:
            draft.keep_code("merkmal", f"{name} = {value}")


def _take_link(draft: CourseDraft, element: Element) -> None:
    for address in element.all("webadresse"):
        if address.value("typ") in {"", "website"} and address.value("uri"):
            draft.take("booking_link", address.value("uri"), "webadresse")
            return


def _take_run(draft: CourseDraft, element: Element, reference: str) -> RunRecord | None:
    place = element.first("veranstaltungsort") or Element("", {}, 0)
    texts = {name: element.value(_RUN_ELEMENTS[name]) for name in ("seats_min", "seats_max", "seats_taken")}
    texts |= {
        "run_reference": reference,
        "venue": place.value("name"),
        "street": place.value("adresse", "strasse"),
        "postcode": place.value("adresse", "plz") if place.value("adresse", "land").lower() in GERMANY else "",
        "town": place.value("adresse", "ort"),
        "step_free": place.value("barrierefrei"),
    }
    texts |= _days(element) | _hours(element)
    if not texts["starts_on"]:
        return None
    result, notices = run_of(texts, _RUN_ELEMENTS)
    draft.notices += notices
    if "format" not in draft.said and "format" in result.course:
        draft.set("format", result.course["format"])
    return result.run


def _days(element: Element) -> dict[str, str]:
    """From the first to the last of all that is named; single days only where they are not all days between."""
    met = sorted({day_and_time(day.text)[0] for day in element.all("termin", "beginn_datum") if day.text})
    first = day_and_time(element.value("beginn_datum"))[0] or (met[0] if met else "")
    last = day_and_time(element.value("ende_datum"))[0] or (met[-1] if met else "")
    return {"starts_on": first, "ends_on": last, "days": "" if is_every_day(met) else " + ".join(met)}


def _hours(element: Element) -> dict[str, str]:
    """Those of its days if they are the same on each."""
    spans = {
        (day.value("beginn_uhrzeit")[:5], day.value("ende_uhrzeit")[:5])
        for day in element.all("termin")
        if day.value("beginn_uhrzeit")
    }
    if len(spans) > 1:
        return {"times": "an den Tagen zu verschiedenen Uhrzeiten"}
    if spans:
        start, end = spans.pop()
        return {"start_time": start, "end_time": end}
    return {"times": ", ".join(day.text for day in element.all("wochentag") if day.text)}
