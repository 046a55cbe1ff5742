"""A record of a file as values that the database takes. What does not fit is shortened or left out, and said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from courses.catalogue.markup import allowed_html, shortened
from courses.catalogue.records import CourseRecord, RunRecord
from courses.enums import PriceState
from courses.importing.names import Names
from courses.importing.values import (
    LINKED,
    NEEDED,
    PLAIN,
    PRICE,
    RUN_PLAIN,
    RUNS,
    Values,
    column,
    days_value,
    price_value,
)
from courses.models import CoursePage, CourseRun
from courses.models.price import WITH_AMOUNT
from foundation.recurrences.expansion import MAX_WINDOW, days_of
from foundation.recurrences.text import MAX_LENGTH
from offices.postcodes import is_postcode

LARGEST_NUMBER = 32_767
LARGEST_AMOUNT = Decimal("999999.99")
_NEVER_EMPTY = {"title", "format", "language", *NEEDED}
_COURSE_FIELDS = {name: column(CoursePage, name) for name in PLAIN}
_RUN_FIELDS = {name: column(CourseRun, name) for name in RUN_PLAIN}
_CHOICES = {
    each: {value for value, _ in each.choices}
    for each in (*_COURSE_FIELDS.values(), *_RUN_FIELDS.values())
    if each.choices
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LABELS = {"topics": "Thema", "target_groups": "Zielgruppe", "funding_kinds": "Förderung"}
_CODES = {"topics": "Thema", "format": "Form", "level": "Niveau", "merkmal": "Merkmal"}
"""What readers hand on as it stands in the file."""
_check_link = column(CoursePage, "booking_link").validators[0]


@dataclass(slots=True)
class Fitted:
    """`values` has the fields of which the file speaks; `lack` says what these values lack, in the same words each time
    that the file is read."""

    values: Values
    notices: list[str] = field(default_factory=list)
    lack: str = ""


def fitted(record: CourseRecord, names: Names) -> Fitted:
    found = Fitted({}, list(record.notices))
    for name, values in record.unknown.items():
        found.notices.append(f"Nicht verstanden ({_CODES.get(name, name)}): {', '.join(values)}")
    for name, one in _COURSE_FIELDS.items():
        if name == "title" or name in record.said:
            _put(found, name, getattr(record, name), one)
    if {"price_state", "price"} & record.said:
        found.values[PRICE] = _price(record.price_state, record.price, found.notices)
    for name in LINKED.keys() & record.said:
        _put_links(found, name, getattr(record, name), names)
    if RUNS in record.said:
        found.values[RUNS] = [_run(run, found.notices) for run in record.runs]
        if towns := record.towns_without_postcode:
            found.lack = f"Die PLZ fehlt, eine Suche in der Nähe findet diese Termine nicht: {', '.join(towns)}"
    return found


def _put(found: Fitted, name: str, value: Any, field: models.Field[Any, Any]) -> None:
    fits, notice = _fit(value, field)
    if notice:
        found.notices.append(f"{field.verbose_name}: {notice}")
    is_usable = notice is None or bool(fits) or not value
    if is_usable and not (fits in {"", None} and name in _NEVER_EMPTY):
        found.values[name] = fits


def _fit(value: Any, field: models.Field[Any, Any]) -> tuple[Any, str | None]:
    """The value and what had to be done to it; empty where nothing is left of it."""
    if isinstance(value, str):
        return _fit_text(value.replace("\x00", "").strip(), field)
    if isinstance(value, bool) or value is None:
        return value, None
    if isinstance(value, int):
        is_fine = value in _CHOICES[field] if field in _CHOICES else 0 <= value <= LARGEST_NUMBER
        return (value, None) if is_fine else (None, f"{value} kann nicht stimmen.")
    return value.isoformat(), None


def _fit_text(text: str, field: models.Field[Any, Any]) -> tuple[str, str | None]:
    if field.name == "contents":
        return allowed_html(text), None
    if field in _CHOICES:
        return (text, None) if text in _CHOICES[field] or not text else ("", f"„{text[:40]}“ kennt die Website nicht.")
    if field.max_length and len(text) > field.max_length:
        if isinstance(field, (models.EmailField, models.URLField)):
            return "", "zu lang, weggelassen."
        return shortened(text, field.max_length), f"auf {field.max_length} Zeichen gekürzt."
    if text and isinstance(field, (models.EmailField, models.URLField)):
        try:
            (validate_email if isinstance(field, models.EmailField) else _check_link)(text)
        except ValidationError:
            return "", f"„{text[:80]}“ ist keine gültige Adresse."
    return text, None


def _price(state: str, amount: Decimal | None, notices: list[str]) -> list[str | None]:
    """An amount of nothing is none that anybody pays: whoever means „kostenfrei“ says so."""
    if state not in PriceState.values:
        state, amount = PriceState.UNKNOWN, None
    if state not in WITH_AMOUNT:
        return price_value(state, None)
    if amount is None or not 0 < round(amount, 2) <= LARGEST_AMOUNT:
        notices.append(f"Preis: {'der Betrag fehlt' if amount is None else f'{amount} kann nicht stimmen'}.")
        return price_value(PriceState.UNKNOWN, None)
    return price_value(state, amount)


def _put_links(found: Fitted, name: str, said: tuple[str, ...], names: Names) -> None:
    ids, unknown = names.known(name, said)
    if unknown:
        found.notices.append(f"{_LABELS[name]} unbekannt: {', '.join(unknown)}")
    if ids or (name not in _NEVER_EMPTY and not unknown):
        found.values[name] = ids


def _run(run: RunRecord, notices: list[str]) -> Values:
    values: Values = {"pk": None}
    for name, one in _RUN_FIELDS.items():
        if name == "days":
            continue
        fits, notice = _fit(getattr(run, "reference" if name == "provider_reference" else name), one)
        if notice:
            notices.append(f"Termin am {run.starts_on:%d.%m.%Y}, {one.verbose_name}: {notice}")
        values[name] = fits
    _mend_run(run, values, notices)
    values["days"] = _days(run, values["ends_on"], notices)
    values[PRICE] = _price(run.price_state, run.price, notices) if run.price_state else price_value("", None)
    return values


def _days(run: RunRecord, ends_on: str | None, notices: list[str]) -> str:
    """More single days than the column holds may be a rule: „montags und dienstags“ for two years."""
    days = tuple(sorted(run.days))
    text = days_value(days)
    if len(text) <= MAX_LENGTH:
        return text
    named = sorted({day.weekday() for day in days})
    rule = f"RRULE:FREQ=WEEKLY;BYDAY={','.join(_WEEKDAYS[number] for number in named)}"
    last = date.fromisoformat(ends_on) if ends_on else run.starts_on
    if days_of(rule, run.starts_on, run.starts_on, last) == days:
        return rule
    notices.append(f"Termin am {run.starts_on:%d.%m.%Y}: {len(days)} einzelne Kurstage sind zu viele, weggelassen.")
    return ""


def _mend_run(run: RunRecord, values: Values, notices: list[str]) -> None:
    """What one value says against another one of the same date."""
    at = f"Termin am {run.starts_on:%d.%m.%Y}"
    values["status"] = values["status"] or CourseRun.Status.PLANNED
    end = run.ends_on
    if end and not run.starts_on <= end <= run.starts_on + timedelta(days=MAX_WINDOW):
        values["ends_on"] = None
        notices.append(f"{at}: Das Ende {end:%d.%m.%Y} passt nicht zum Beginn, weggelassen.")
    if (run.start_time is None) != (run.end_time is None) or (
        run.start_time and run.end_time and run.end_time <= run.start_time
    ):
        values["start_time"] = values["end_time"] = None
        notices.append(f"{at}: Die Uhrzeiten passen nicht zueinander, weggelassen.")
    if values["postcode"] and not is_postcode(values["postcode"]):
        notices.append(f"{at}: „{values['postcode']}“ ist keine Postleitzahl.")
        values["postcode"] = ""
    least, most = values["seats_min"], values["seats_max"]
    if least is not None and most is not None and least > most:
        values["seats_min"] = None
        notices.append(f"{at}: Mindestens {least} von {most} Plätzen kann nicht stimmen.")
