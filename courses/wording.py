"""How a search was read, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from courses.facets import FACETS
from courses.finder import Finder
from courses.selection import Selection


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the list heeds, and what would be asked without it."""

    kind: str
    label: str
    without: Selection


def parts_of(found: Finder) -> Iterator[Part]:
    """Words and readings in the order of the question, then the choices."""
    selection, reading = found.selection, found.reading
    mended = {correction.typed: correction.meant for correction in found.asked.corrections}
    said = [(word.start, word.end, "Suchwort", mended.get(word.text, word.text)) for word in found.asked.words]
    said += [(part.start, part.end, part.kind, part.label) for part in reading.parts]
    for start, end, kind, label in sorted(said):
        shown = label
        if kind == "Ort" and found.radius:
            shown = f"{label}, bis {found.radius} km"
        elif kind == "Umkreis" and reading.spot is None:
            shown = f"{label} um welchen Ort?"
        yield Part(kind, shown, replace(selection, text=reading.without(start, end)))
    for choice in selection.choices:
        name = FACETS.get(choice.facet, "Merkmal")
        yield Part(name, found.stock.labels[choice], selection.toggled(choice))


def in_words(found: Finder) -> str:
    """„Staplerschein · 27232 Sulingen, bis 30 km · Oktober 2027“; empty where everything is asked for."""
    return " · ".join(part.label for part in parts_of(found))
