"""What a cell of each column says of one date, days and hours apart: values by the field of RunRecord."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from courses.catalogue.lengths import fitted
from courses.catalogue.values.errors import NotUnderstood
from courses.catalogue.values.numbers import count_in, postcode_in
from courses.catalogue.values.prices import price_in
from courses.catalogue.values.words import STATES, one_of, yes_or_no

Values = tuple[dict[str, Any], tuple[str, ...]]
_LONGEST_REFERENCE = 80
_POSTCODE_AND_TOWN = re.compile(r"(?:D\s?-\s?)?(\d{4,5})\s+(\D.*)", re.IGNORECASE | re.DOTALL)


def _line(field: str) -> Callable[[str], Values]:
    def read(text: str) -> Values:
        line, notice = fitted(field, text)
        return {field: line}, (notice,) if notice else ()

    return read


def _yes_or_no(field: str) -> Callable[[str], Values]:
    return lambda text: ({field: yes_or_no(text)}, ())


def _count(field: str) -> Callable[[str], Values]:
    return lambda text: ({field: count_in(text)}, ())


def _reference(text: str) -> Values:
    number = " ".join(text.split())
    if len(number) > _LONGEST_REFERENCE:
        raise NotUnderstood(f"Eine Terminnummer hat höchstens {_LONGEST_REFERENCE} Zeichen.")
    return {"reference": number}, ()


def _postcode(text: str) -> Values:
    postcode = postcode_in(text)
    is_repaired = postcode not in text
    return {"postcode": postcode}, (
        f"Gelesen als {postcode}: Die Null am Anfang ging verloren.",
    ) if is_repaired else ()


def _town(text: str) -> Values:
    """„31582 Nienburg“ is both."""
    found = _POSTCODE_AND_TOWN.fullmatch(text.strip())
    if not found:
        return _line("town")(text)
    values, notices = _line("town")(found[2])
    return {"postcode": postcode_in(found[1])} | values, notices


def _address(text: str) -> Values:
    """„Beispielhalle, Musterweg 1, 31582 Nienburg“: from behind. Without a postcode it is said in one line."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    found = _POSTCODE_AND_TOWN.fullmatch(parts[-1]) if parts else None
    if not found:
        return _line("venue")(text)
    values, notices = _town(parts[-1])
    for field, part in zip(("street", "venue"), (parts[-2:-1], parts[:-2]), strict=True):
        if part:
            more, also = _line(field)(", ".join(part))
            values |= more
            notices += also
    return values, notices


def _seats_left(text: str) -> Values:
    """„ausgebucht“ is none."""
    try:
        return {"seats_left": count_in(text)}, ()
    except NotUnderstood:
        with suppress(NotUnderstood):
            if one_of(STATES, text) == "full":
                return {"seats_left": 0}, ()
        raise


def _price(text: str) -> Values:
    """„nicht bekannt“ is said of this date; a dash says that the price of the course holds."""
    price = price_in(text)
    if price.state == "unknown" and not any(sign.isalpha() for sign in text):
        return {}, ()
    return {"price_state": price.state, "price": price.amount}, ()


RUN_READERS: dict[str, Callable[[str], Values]] = {
    "run_reference": _reference,
    "postcode": _postcode,
    "town": _town,
    "address": _address,
    "venue": _line("venue"),
    "street": _line("street"),
    "step_free": _yes_or_no("step_free"),
    "seats_min": _count("seats_min"),
    "seats_max": _count("seats_max"),
    "seats_taken": _count("seats_taken"),
    "seats_left": _seats_left,
    "status": lambda text: ({"status": one_of(STATES, text)}, ()),
    "guaranteed": _yes_or_no("guaranteed"),
    "run_price": _price,
}
"""By the field that a column is mapped to. Each raises NotUnderstood."""
