"""What a SERVICE of open-Q-cat says of a course and of its date: elements by field, codes by meaning.

Names and codes are those of the specification V1.1 (Bundesagentur für Arbeit and Fraunhofer IAO).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from courses.catalogue.lengths import fitted_contents
from courses.catalogue.records import RunRecord
from courses.catalogue.values.errors import NotUnderstood
from courses.catalogue.values.words import PARTS_OF_DAY, format_in, one_of
from courses.catalogue.xml_drafts import GERMANY, CourseDraft, day_and_time, price_of, run_of
from courses.catalogue.xml_reading import Element

DETAILS = "SERVICE_DETAILS"
EDUCATION = (DETAILS, "SERVICE_MODULE", "EDUCATION")
_INFO = (*EDUCATION, "EXTENDED_INFO")
_MODULE = (*EDUCATION, "MODULE_COURSE")
_PLACE = (*_MODULE, "LOCATION")
_PRICE = ("SERVICE_PRICE_DETAILS", "SERVICE_PRICE", "PRICE_AMOUNT")
_CURRENCY = ("SERVICE_PRICE_DETAILS", "SERVICE_PRICE", "PRICE_CURRENCY")
_REMARKS = ("SERVICE_PRICE_DETAILS", "REMARKS")

_TEXTS = {
    "title": (DETAILS, "TITLE"),
    "audience": (DETAILS, "TARGET_GROUP", "TARGET_GROUP_TEXT"),
    "requirements": (DETAILS, "TERMS_AND_CONDITIONS"),
    "certificate": (*EDUCATION, "DEGREE", "DEGREE_TITLE"),
    "outcome": (*EDUCATION, "DEGREE", "DEGREE_ENTITLED"),
    "measure_number": (*_INFO, "MEASURE_NUMBER"),
    "inhouse_possible": (*_INFO, "INHOUSE_SEMINAR"),
    "flexible_start": (*_MODULE, "FLEXIBLE_START"),
}
_RUN_TEXTS = {
    "seats_min": (*_MODULE, "MIN_PARTICIPANTS"),
    "seats_max": (*_MODULE, "MAX_PARTICIPANTS"),
    "street": (*_PLACE, "STREET"),
    "postcode": (*_PLACE, "ZIP"),
    "town": (*_PLACE, "CITY"),
    "step_free": (*_PLACE, "BARRIER_FREE_LOCATION"),
    "times": (*_MODULE, "INSTRUCTION_REMARKS"),
}
_RUN_ELEMENTS = {name: path[-1] for name, path in _RUN_TEXTS.items()} | {
    "run_reference": "PRODUCT_ID",
    "starts_on": "START_DATE",
    "ends_on": "END_DATE",
    "start_time": "START_DATE",
    "end_time": "END_DATE",
    "registration_until": "REGISTRATION_DATE",
    "venue": "NAME",
}
_CODES: Mapping[str, tuple[str, object]] = MappingProxyType(
    {
        "1": ("part_of_day", "full_day"),
        "3": ("part_of_day", "weekend"),
        "4": ("format", "self_paced"),
        "7": ("inhouse_possible", True),
    }
)
"""INSTRUCTION_FORM: 1 Vollzeit, 3 Wochenende, 4 Fernunterricht, 7 Inhouse-Seminar."""

_SAY_NOTHING = frozenset({"0", "2", "6", "auf anfrage", "teilzeit", "blockunterricht", "keine zuordnung möglich"})
_NO_STATEMENT = re.compile(r"(?:keine angabe|k\.\s?a\.|entfällt|-+)\b.*", re.IGNORECASE | re.DOTALL)
_LONGEST_NAME = 60


def course_draft(service: Element) -> CourseDraft:
    draft = CourseDraft()
    for name, path in _TEXTS.items():
        draft.take(name, _said(service, *path), path[-1])
    _take_contents(draft, service)
    _take_keywords(draft, service)
    _take_form(draft, service)
    _take_price(draft, service)
    _take_funding(draft, service)
    _take_contact(draft, service)
    for code in service.all("SERVICE_CLASSIFICATION", "FEATURE", "FVALUE"):
        draft.keep_code("topics", code.text)
    draft.sum_up()
    return draft


def dated(service: Element) -> tuple[RunRecord | None, list[str]]:
    """The date that a SERVICE has, if it has one, and what was repaired in it."""
    texts = {name: service.value(*path) for name, path in _RUN_TEXTS.items()}
    texts["run_reference"] = service.value("PRODUCT_ID")
    texts["venue"] = " ".join(filter(None, (service.value(*_PLACE, name) for name in ("NAME", "NAME2", "NAME3"))))
    if service.value(*_PLACE, "COUNTRY").lower() not in GERMANY:
        texts["postcode"] = ""
    texts["starts_on"], texts["start_time"] = day_and_time(service.value(DETAILS, "SERVICE_DATE", "START_DATE"))
    texts["ends_on"], texts["end_time"] = day_and_time(service.value(DETAILS, "SERVICE_DATE", "END_DATE"))
    texts["registration_until"], _ = day_and_time(service.value(*EDUCATION, "REGISTRATION_DATE"))
    if not texts["starts_on"]:
        return None, []
    if texts["times"]:
        texts["start_time"] = texts["end_time"] = ""
    result, notices = run_of(texts, _RUN_ELEMENTS)
    return result.run, notices


def price_of_run(service: Element) -> tuple[str, Decimal | None]:
    """State and amount, empty where they are not known: then those of the course hold."""
    if _is_foreign(service):
        return "", None
    price, _ = price_of(service.value(*_PRICE), service.value(*_REMARKS), "")
    return ("", None) if price.state == "unknown" else (price.state, price.amount)


def _said(service: Element, *path: str) -> str | None:
    """None without the element; „Keine Angabe zur Abschlussbezeichnung“ is an empty one."""
    if service.first(*path) is None:
        return None
    text = service.value(*path)
    return "" if _NO_STATEMENT.fullmatch(text) else text


def _take_contents(draft: CourseDraft, service: Element) -> None:
    if service.first(DETAILS, "DESCRIPTION_LONG") is not None:
        contents, notice = fitted_contents(service.value(DETAILS, "DESCRIPTION_LONG"))
        draft.set("contents", contents)
        draft.notices += [notice] if notice else []


def _take_keywords(draft: CourseDraft, service: Element) -> None:
    words = [each.text for each in service.all(DETAILS, "KEYWORD") if each.text]
    if service.value(*_INFO, "EXTRA_OCCUPATIONAL") in {"true", "1"}:
        words.append("berufsbegleitend")
    if words or service.first(DETAILS, "KEYWORD") is not None:
        draft.take("keywords", ", ".join(dict.fromkeys(words)), "KEYWORD")


def _take_form(draft: CourseDraft, service: Element) -> None:
    """Words before codes: the lists of codes have changed more than once."""
    for name in ("INSTRUCTION_FORM", "INSTRUCTION_TIME"):
        element = service.first(*_INFO, name)
        if element is None:
            continue
        words, code = element.text, element.attributes.get("type", "").strip()
        known = _in_words(words) or (_CODES.get(code) if name == "INSTRUCTION_FORM" and words in {"", code} else None)
        if known:
            draft.set(*known)
        elif words.lower() not in _SAY_NOTHING | {"", code} or (code not in _SAY_NOTHING and words in {"", code}):
            draft.keep_code("format", " ".join(filter(None, (name, code, words if words != code else ""))))


def _in_words(words: str) -> tuple[str, object] | None:
    for name, read in (("format", format_in), ("part_of_day", lambda text: one_of(PARTS_OF_DAY, text))):
        try:
            return name, read(words)
        except NotUnderstood:
            continue
    return None


def _take_price(draft: CourseDraft, service: Element) -> None:
    if _is_foreign(service):
        draft.set("price_state", "unknown")
        draft.set("price", None)
        draft.note("Preise lesen wir nur in Euro.", "PRICE_CURRENCY", service.value(*_CURRENCY))
        return
    draft.take_price(_said(service, *_PRICE), _said(service, *_REMARKS), "PRICE_AMOUNT")


def _is_foreign(service: Element) -> bool:
    return service.value(*_CURRENCY).upper() not in {"", "EUR"}


def _take_funding(draft: CourseDraft, service: Element) -> None:
    """Short names alone: a whole sentence names no kind of funding, and stands beside the price instead."""
    text = service.value(*EDUCATION, "SUBSIDY", "SUBSIDY_DESCRIPTION") or service.value(*EDUCATION, "SUBSIDY")
    if not text or _NO_STATEMENT.fullmatch(text):
        return
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if all(len(part) <= _LONGEST_NAME for part in parts):
        draft.take("funding_kinds", "; ".join(parts), "SUBSIDY")
    elif not draft.values.get("price_note"):
        draft.take("price_note", text, "SUBSIDY")


def _take_contact(draft: CourseDraft, service: Element) -> None:
    """The address of an office, not of a person: one that holds the last name of the contact is left out."""
    contact = service.first(DETAILS, "CONTACT")
    if contact is not None:
        email, name = contact.value("EMAILS", "EMAIL"), contact.value("LAST_NAME").lower()
        if email and name and name in email.lower():
            draft.notices.append("EMAIL: Die Adresse einer Person übernehmen wir nicht, nur die einer Einrichtung.")
        else:
            draft.take("contact_email", email or None, "EMAIL")
            draft.take("contact_phone", contact.value("PHONE").replace(".", " ") or None, "PHONE")
    address = service.value("MIME_INFO", "MIME_ELEMENT", "MIME_SOURCE") or service.value(
        *EDUCATION, "MIME_INFO", "MIME_ELEMENT", "MIME_SOURCE"
    )
    draft.take("booking_link", address or service.value(DETAILS, "CONTACT", "URL") or None, "MIME_SOURCE")
