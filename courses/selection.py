"""What is chosen in the list of courses: a question and values of facets. Each selection is one address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict

from courses.facets import FACETS, RADII, SWITCHES
from courses.finding.question import LONGEST
from courses.finding.spans import Choice

ANYWHERE = 0
"""The radius of who does not mind the way."""
_ORDER = {facet: number for number, facet in enumerate((*FACETS, *SWITCHES))}


@dataclass(frozen=True, slots=True)
class Selection:
    """`km` is None where nobody has chosen a distance; it counts only where a place is named."""

    text: str = ""
    choices: tuple[Choice, ...] = ()
    km: int | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """In an order of their own, so that a state has one address."""
        chosen = sorted(self.choices, key=lambda choice: (_ORDER[choice.facet], choice.value))
        words = [("text", self.text)] if self.text else []
        distance = [("km", str(self.km))] if self.km is not None else []
        return [*words, *((choice.facet, choice.value) for choice in chosen), *distance]

    @property
    def query(self) -> str:
        return "&".join(_encoded(*parameter) for parameter in self.parameters)

    def of(self, facet: str) -> list[Choice]:
        return [choice for choice in self.choices if choice.facet == facet]

    def toggled(self, choice: Choice) -> Selection:
        if choice in self.choices:
            return replace(self, choices=tuple(other for other in self.choices if other != choice))
        return Selection(self.text, (*self.choices, choice), self.km)

    def without(self, facet: str) -> Selection:
        return replace(self, choices=tuple(choice for choice in self.choices if choice.facet != facet))


@lru_cache(maxsize=5000)
def _encoded(name: str, value: str) -> str:
    """A page of the list has some 170 addresses of the same few parts."""
    return urlencode({name: value})


def selection_in(query: QueryDict, known: Collection[Choice] | Mapping[Choice, str]) -> Selection:
    """What is not known is not chosen."""
    asked = (Choice(facet, value) for facet in (*FACETS, *SWITCHES) for value in query.getlist(facet))
    km = query.get("km", "")
    return Selection(
        text=" ".join(query.get("text", "").replace("\x00", "").split())[:LONGEST],
        choices=tuple(choice for choice in dict.fromkeys(asked) if choice in known),
        km=int(km) if km in {str(radius) for radius in (*RADII, ANYWHERE)} else None,
    )
