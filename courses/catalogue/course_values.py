"""What a cell of each column says of a course: values by the field of CourseRecord, and what was repaired."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from courses.catalogue.lengths import COURSE_TEXTS, fitted, fitted_contents
from courses.catalogue.markup import plain_text
from courses.catalogue.values.errors import NotUnderstood
from courses.catalogue.values.numbers import count_in, durations_in, names_in
from courses.catalogue.values.prices import price_in
from courses.catalogue.values.words import LANGUAGES, PARTS_OF_DAY, format_in, level_in, one_of, yes_or_no

Values = tuple[dict[str, Any], tuple[str, ...]]
CourseReader = Callable[[str], Values]

_LONGEST_REFERENCE = 80
_LONGEST_NAME = 120
_LONGEST_LINK = 200
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\".]{1,63}(?:\.[^\s@<>()\[\],;:\".]{1,63}){1,8}")
_PHONE = re.compile(r"\+?\(?[0-9][0-9 ()/.–-]{2,36}[0-9]")
_FEWEST_DIGITS = 5
_PHONE_WORDS = frozenset({"tel", "telefon", "fon", "phone", "mobil"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}:", re.IGNORECASE)


def _line(field: str) -> CourseReader:
    def read(text: str) -> Values:
        line, notice = fitted(field, text)
        return {field: line}, (notice,) if notice else ()

    return read


def _contents(text: str) -> Values:
    markup, notice = fitted_contents(text)
    return {"contents": markup}, (notice,) if notice else ()


def _reference(text: str) -> Values:
    number = " ".join(text.split())
    if len(number) > _LONGEST_REFERENCE:
        raise NotUnderstood(f"Eine Kursnummer hat höchstens {_LONGEST_REFERENCE} Zeichen.")
    return {"reference": number}, ()


def _provider(text: str) -> Values:
    name = plain_text(text)
    if len(name) > _LONGEST_NAME:
        raise NotUnderstood(f"Der Name eines Anbieters hat höchstens {_LONGEST_NAME} Zeichen.")
    return {"provider": name}, ()


def _names(field: str) -> CourseReader:
    return lambda text: ({field: names_in(text)}, ())


def _yes_or_no(field: str) -> CourseReader:
    return lambda text: ({field: yes_or_no(text)}, ())


def _count(field: str, most: int = 32_767) -> CourseReader:
    return lambda text: ({field: count_in(text, most=most)}, ())


def _dqr_level(text: str) -> Values:
    level = count_in(text, most=8)
    if level == 0:
        raise NotUnderstood("Das DQR-Niveau geht von 1 bis 8.")
    return {"dqr_level": level}, ()


def _barrier_free(text: str) -> Values:
    """„teilweise, Aufzug vorhanden“ is no yes, but worth a note."""
    try:
        return {"barrier_free": yes_or_no(text)}, ()
    except NotUnderstood:
        note, notice = fitted("barrier_free_note", text)
        return {"barrier_free_note": note}, (notice or "Das steht jetzt als Hinweis zur Barrierefreiheit.",)


def _price(text: str) -> Values:
    price = price_in(text)
    values: dict[str, Any] = {"price_state": price.state, "price": price.amount}
    if not price.note:
        return values, ()
    note, notice = fitted("price_note", price.note)
    return values | {"price_note": note}, (notice,) if notice else ()


def _email(text: str) -> Values:
    found = _EMAIL.fullmatch(text.removeprefix("mailto:").strip()) if len(text) <= 254 else None
    if not found:
        raise NotUnderstood("Das ist keine E-Mail-Adresse wie kurse@akademie.example.")
    return {"contact_email": found[0]}, ()


def _phone(text: str) -> Values:
    """The first number and nothing else: a name beside it would be a person's, on a page for all."""
    line = " ".join(text.split())[:_LONGEST_LINK]
    numbers = (each for each in _PHONE.finditer(line) if sum(map(str.isdigit, each[0])) >= _FEWEST_DIGITS)
    found = next(numbers, None)
    if not found:
        hint = " E-Mail-Adressen haben eine eigene Spalte." if "@" in line else ""
        raise NotUnderstood(f"Das ist keine Telefonnummer wie 05021 000000.{hint}")
    beside = set(re.findall(r"\w+", (line[: found.start()] + " " + line[found.end() :]).casefold()))
    notices = [f"Übernommen ist nur die Nummer: {found[0]}"] if beside - _PHONE_WORDS else []
    if not found[0].startswith(("0", "+", "(")):
        notices.append("Fehlt vorn die Null oder die Vorwahl?")
    return {"contact_phone": found[0]}, tuple(notices)


def _link(text: str) -> Values:
    """Addresses of the web alone; „www.…“ is given what is missing."""
    address = text.strip()
    if not _SCHEME.match(address) or address.partition(":")[2][:1].isdigit():
        address = f"https://{address.lstrip('/')}"
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        is_web = False
    if not is_web or len(address) > _LONGEST_LINK or any(sign.isspace() or sign in '<>"' for sign in address):
        raise NotUnderstood("Das ist keine Adresse einer Website wie https://akademie.example/kurs.")
    return {"booking_link": address}, ()


COURSE_READERS: dict[str, CourseReader] = {
    **{field: _line(field) for field in COURSE_TEXTS},
    "reference": _reference,
    "provider": _provider,
    "contents": _contents,
    "topics": _names("topics"),
    "target_groups": _names("target_groups"),
    "funding_kinds": _names("funding_kinds"),
    "format": lambda text: ({"format": format_in(text)}, ()),
    "part_of_day": lambda text: ({"part_of_day": one_of(PARTS_OF_DAY, text)}, ()),
    "flexible_start": _yes_or_no("flexible_start"),
    "teaching_units": _count("teaching_units"),
    "duration_hours": _count("duration_hours"),
    "duration_weeks": _count("duration_weeks"),
    "duration": lambda text: (durations_in(text), ()),
    "language": lambda text: ({"language": one_of(LANGUAGES, text)}, ()),
    "language_level": lambda text: ({"language_level": level_in(text)}, ()),
    "barrier_free": _barrier_free,
    "price": _price,
    "dqr_level": _dqr_level,
    "inhouse_possible": _yes_or_no("inhouse_possible"),
    "contact_email": _email,
    "contact_phone": _phone,
    "booking_link": _link,
}
"""By the field that a column is mapped to. Each raises NotUnderstood."""
