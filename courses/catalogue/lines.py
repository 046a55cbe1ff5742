"""Records as JSON, one by one, and back: what a process that reads a file tells the one that asked it to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from courses.catalogue.records import CourseRecord, Entry, FileFacts, Gone, Rejection, RunRecord, RunsOf

_Record = TypeVar("_Record")
_KINDS: Mapping[str, type[Entry]] = {"course": CourseRecord, "runs": RunsOf, "gone": Gone, "rejected": Rejection}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_SAID_UNLESS = {
    kind: [
        (each.name, each.default if each.default_factory is MISSING else each.default_factory())
        for each in fields(kind)
    ]
    for kind in (*_NAMES, RunRecord, FileFacts)
}
"""Fields with what goes without saying; MISSING is no value."""


def facts_as_json(facts: FileFacts) -> dict[str, Any]:
    return _plain(facts)


def entry_as_json(entry: Entry) -> dict[str, Any]:
    return {_NAMES[type(entry)]: _plain(entry)}


def facts_of(said: Mapping[str, Any]) -> FileFacts:
    return _record(FileFacts, said)


def entry_of(said: Mapping[str, Any]) -> Entry:
    """Of what `entry_as_json` says; anything else raises what it may."""
    ((kind, values),) = said.items()
    return _record(_KINDS[kind], values)


def _plain(record: Any) -> dict[str, Any]:
    """Without the fields that are as they are unless something is said."""
    known = _SAID_UNLESS[type(record)]
    return {name: _value(value) for name, unless in known if (value := getattr(record, name)) != unless}


def _value(value: Any) -> Any:
    """JSON has no days and no sums; tuples and mappings it writes by itself."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(each) if isinstance(each, RunRecord) else _value(each) for each in value]
    return value


def _record(kind: type[_Record], said: Mapping[str, Any]) -> _Record:
    return kind(**{name: _READ[name](value) if name in _READ else value for name, value in said.items()})


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("starts_on", "ends_on", "registration_until"), date.fromisoformat),
    **dict.fromkeys(("start_time", "end_time"), time.fromisoformat),
    **dict.fromkeys(("topics", "target_groups", "funding_kinds", "notices", "reasons"), tuple),
    "days": lambda days: tuple(map(date.fromisoformat, days)),
    "made_at": datetime.fromisoformat,
    "price": Decimal,
    "runs": lambda runs: tuple(_record(RunRecord, run) for run in runs),
    "said": frozenset,
    "unknown": lambda unknown: {name: tuple(codes) for name, codes in unknown.items()},
}
