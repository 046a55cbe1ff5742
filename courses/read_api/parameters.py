"""What may stand in an address of the read API: the selection of the list of courses, and which page of it.

Unlike the list, which heeds what it understands, a program is told what is wrong: it would take all courses for those
that it asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict

from courses.facets import ANY_TIME, FACETS, FIXED, FUNDED, FUNDED_LABEL, RADII, SWITCHES
from courses.finding.question import LONGEST
from courses.finding.spans import Choice
from courses.read_api.problems import Refused, Said
from courses.selection import ANYWHERE, Selection

MOST = 100
USUAL = 20
LAST_PAGE = 10_000
LARGEST_ID = 2**31 - 1
"""Of a page of the site; what is larger is none, and SQLite fails at numbers of more than 64 bits."""
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
_SLUG = r"[-a-zA-Z0-9_]{1,50}"
_PATTERNS = {"start": f"{_MONTH}|{ANY_TIME}"}
_COMPLETE = {"thema", "kreis"}
"""Facets of which every value is known, whether a course has it or not."""

_ONCE: Said = ("Bitte nur einmal angeben.", "Give it once only.")
_UNKNOWN: Said = ("Diese Angabe gibt es nicht.", "There is no such parameter.")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`schema` is the JSON Schema of one value."""

    name: str
    description: str
    schema: dict[str, Any]
    is_many: bool = False


PAGING = (
    Parameter("page", "Seite der Liste", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}),
    Parameter("anzahl", "Einträge je Seite", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
)


def _facet(name: str, label: str) -> Parameter:
    values = FIXED.get(name)
    schema = {"enum": list(values)} if values else {"pattern": f"^({_PATTERNS.get(name, _SLUG)})$"}
    named = values or ({FUNDED.value: FUNDED_LABEL} if name == FUNDED.facet else {})
    listed = f" ({', '.join(f'{value}: {said}' for value, said in named.items())})" if named else ""
    return Parameter(name, f"{label}{listed}", {"type": "string", **schema}, is_many=name in FACETS)


FILTERS = (
    Parameter(
        "text",
        "Frage in Worten, wie auf der Website: „Staplerschein bei Sulingen im Oktober“",
        {"type": "string", "maxLength": LONGEST},
    ),
    *(_facet(name, label) for name, label in {**FACETS, **SWITCHES}.items()),
    Parameter(
        "km",
        "Umkreis um den Ort, der in der Frage steht; 0: der Weg spielt keine Rolle",
        {"type": "integer", "enum": [ANYWHERE, *RADII]},
    ),
)


@dataclass
class Reader:
    """Takes values out of a query and notes what is wrong about them."""

    query: QueryDict
    known: Iterable[Parameter]
    wrong: list[tuple[str, Said]] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = {each.name: each for each in self.known}
        self.wrong += [(name[:50], _UNKNOWN) for name in self.query if name not in known]
        self.values = {name: self._values(each) for name, each in known.items()}

    def _values(self, asked: Parameter) -> list[Any]:
        given = self.query.getlist(asked.name)
        if len(given) > 1 and not asked.is_many:
            self.wrong.append((asked.name, _ONCE))
        read = [self._value(asked, value) for value in dict.fromkeys(given)]
        return [value for value in read if value is not None]

    def _value(self, asked: Parameter, given: str) -> Any:
        """None where it is wrong."""
        schema = asked.schema
        value: Any = given
        if schema["type"] == "integer":
            value = int(given) if re.fullmatch(r"\d{1,9}", given, re.ASCII) else None
        said = _complaint(schema, value)
        if said:
            self.wrong.append((asked.name, said))
            return None
        return value

    def one(self, name: str, otherwise: Any = None) -> Any:
        return next(iter(self.values[name]), otherwise)

    def refuse_if_wrong(self) -> None:
        if self.wrong:
            raise Refused(self.wrong)


def _complaint(schema: dict[str, Any], value: Any) -> Said | None:
    if "enum" in schema and value not in schema["enum"]:
        listed = ", ".join(str(each) for each in schema["enum"])
        return f"Möglich sind: {listed}.", f"Possible values: {listed}."
    if schema["type"] == "integer" and "enum" not in schema:
        least, most = schema["minimum"], schema["maximum"]
        if value is None or not least <= value <= most:
            return f"Bitte eine Zahl von {least} bis {most}.", f"Give a number from {least} to {most}."
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        return f"Bitte in dieser Form: {schema['pattern']}", f"Give it in this form: {schema['pattern']}"
    if "\x00" in str(value):
        return "Das Zeichen NUL hat hier keinen Platz.", "There is no room for the character NUL."
    if len(str(value)) > schema.get("maxLength", LONGEST):
        return f"Höchstens {LONGEST} Zeichen.", f"At most {LONGEST} characters."
    return None


@dataclass(frozen=True, slots=True)
class Paging:
    page: int
    size: int


def paging_in(request: HttpRequest) -> Paging:
    """Raises Refused."""
    reader = Reader(request.GET, PAGING)
    reader.refuse_if_wrong()
    return _paging(reader)


def selection_and_paging_in(request: HttpRequest, known: Collection[Choice]) -> tuple[Selection, Paging]:
    """Raises Refused. A provider or a funding without a course leaves nothing; a topic that is none is an error."""
    reader = Reader(request.GET, (*FILTERS, *PAGING))
    choices = [Choice(name, value) for name in (*FACETS, *SWITCHES) for value in reader.values[name]]
    for choice in choices:
        if choice.facet in _COMPLETE and choice not in known:
            value = choice.value
            reader.wrong.append((choice.facet, (f"„{value}“ gibt es nicht.", f"There is no “{value}”.")))
    reader.refuse_if_wrong()
    text = " ".join(reader.one("text", "").split())
    return Selection(text=text, choices=tuple(choices), km=reader.one("km")), _paging(reader)


def _paging(reader: Reader) -> Paging:
    return Paging(page=reader.one("page", 1), size=reader.one("anzahl", USUAL))
