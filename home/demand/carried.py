"""What a search takes along into the form: words, place, topic, and whatever else was chosen, as text to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from courses.finder import Finder
from home.demand.places import DISTRICT

_ELSEWHERE = {"thema", "kreis", "anbieter"}
"""Facets that have a field of their own, and one that no need is about."""


@dataclass(frozen=True, slots=True)
class Carried:
    """`topic` is a slug, empty where none or several are chosen."""

    need: str = ""
    place: str = ""
    topic: str = ""


def carried(found: Finder) -> Carried:
    topics = [choice.value for choice in found.selection.of("thema")]
    return Carried(
        # As they were typed: what was taken for a typing error may be the very course that is missing.
        need=", ".join([" ".join(word.text for word in found.reading.words), *_told(found)]).strip(", "),
        place=_place(found),
        topic=topics[0] if len(topics) == 1 else "",
    )


def _told(found: Finder) -> Iterator[str]:
    labels = [part.label for part in found.reading.parts if part.kind not in {"Ort", "Umkreis", "Landkreis"}]
    chosen = [found.stock.labels[choice] for choice in found.selection.choices if choice.facet not in _ELSEWHERE]
    yield from dict.fromkeys([*labels, *chosen])


def _place(found: Finder) -> str:
    if found.reading.spot:
        return found.reading.spot.line
    districts = found.wanted.get("kreis", [])
    return f"{DISTRICT} {found.stock.labels[districts[0]]}" if len(districts) == 1 else ""
