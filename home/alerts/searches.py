"""A search as it is kept in an order: read anew each time, also when something that it names is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from courses.facets import ANY_TIME, FACETS, SWITCHES
from courses.finder import Finder, found_by
from courses.wording import in_words

EVERYTHING = "alle Kurse"


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """`lacking` are facets of which nothing that was chosen is left. `finds_nothing`: without them it would say
    something else than what was ordered."""

    found: Finder
    lacking: tuple[str, ...]
    finds_nothing: bool

    @property
    def words(self) -> str:
        return in_words(self.found) or EVERYTHING


def kept_search(query: str, today: date) -> KeptSearch:
    """No query beside those of the stock. A topic, provider or funding that is gone is left out as long as other parts
    of the search are there; a month that is over is never left out."""
    asked = QueryDict(query)
    found = found_by(asked, today)
    chosen = {choice.facet for choice in found.selection.choices}
    lacking = tuple(name for name in (*FACETS, *SWITCHES) if name not in chosen and asked.getlist(name))
    is_over = "start" in lacking and any(value != ANY_TIME for value in asked.getlist("start"))
    return KeptSearch(found, lacking, finds_nothing=is_over or (bool(lacking) and not found.selection.query))


def canonical(asked: QueryDict, today: date) -> tuple[str, str]:
    """The address of a search, and how it is read."""
    found = found_by(asked, today)
    return found.selection.query, in_words(found)[:300]
