"""The courses that a visitor remembers: ids in the address and nothing else. No account, no cookie, nothing stored
here; whoever has the address has the list: docs/decisions/remembered-courses.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

NAME = "kurs"
"""Of the field in the address; once for each course."""
MOST = 8
"""Courses that still can be compared; what comes later in an address is left out."""
_LONGEST = 9
"""Digits of an id."""


@dataclass(frozen=True, slots=True)
class Remembered:
    ids: tuple[int, ...] = ()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        return [(NAME, str(pk)) for pk in self.ids]

    @property
    def query(self) -> str:
        return urlencode(self.parameters)

    @property
    def url(self) -> str:
        """Where they are compared."""
        return self.at(reverse("courses:remembered"))

    @property
    def is_full(self) -> bool:
        return len(self.ids) >= MOST

    def toggled(self, pk: int) -> Remembered:
        return Remembered(tuple(other for other in self.ids if other != pk) if pk in self.ids else (*self.ids, pk))

    def only(self, there: Iterable[int]) -> Remembered:
        known = set(there)
        return replace(self, ids=tuple(pk for pk in self.ids if pk in known))

    def at(self, address: str) -> str:
        """An address that keeps the list."""
        if not self.ids:
            return address
        return f"{address}{'&' if '?' in address else '?'}{self.query}"


@dataclass(frozen=True, slots=True)
class RememberLink:
    """`url` is the same page with the course on the list, or without it; empty where the list is full."""

    pk: int
    title: str
    url: str
    is_remembered: bool


def remembered_in(query: QueryDict) -> Remembered:
    """What is no id is left out."""
    words = (word for word in query.getlist(NAME) if word.isascii() and word.isdigit() and len(word) <= _LONGEST)
    return Remembered(tuple(dict.fromkeys(map(int, words)))[:MOST])


def remember_link(remembered: Remembered, pk: int, title: str, address: str) -> RememberLink:
    """`address` is that of the page without any remembered course."""
    is_remembered = pk in remembered.ids
    url = f"{remembered.toggled(pk).at(address)}#merken-{pk}" if is_remembered or not remembered.is_full else ""
    return RememberLink(pk, title, url, is_remembered)
