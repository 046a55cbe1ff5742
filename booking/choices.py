"""The choices beside the free times, each a plain link with the number of times behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from booking.domain.clock import BERLIN
from booking.domain.dayparts import DayPart
from booking.domain.slots import Slot
from booking.enums import Kind
from booking.models import Service
from booking.times import Query
from offices.models import Advisor

ANYBODY = "beliebige Beratung"
ANY_TIME = "zu jeder Tageszeit"


@dataclass(frozen=True, slots=True)
class Filters:
    """What of an office's times is wished for. None lets all through."""

    kind: str | None = None
    advisor: Advisor | None = None
    part: DayPart | None = None

    def of(self, slots: Iterable[Slot]) -> list[Slot]:
        """One wish after the other: most pages have one or two, and thousands of times."""
        found = list(slots)
        if self.kind is not None:
            found = [slot for slot in found if self.kind in slot.kinds]
        if self.advisor is not None:
            found = [slot for slot in found if slot.advisor == self.advisor.pk]
        if self.part is not None:
            found = [slot for slot in found if self.part.has(BERLIN.local(slot.start)[1])]
        return found

    def fit(self, kinds: frozenset[str], advisor: int) -> bool:
        return (self.kind is None or self.kind in kinds) and (self.advisor is None or self.advisor.pk == advisor)


class Counts(Protocol):
    """Something that knows how many times the filters leave."""

    def number(self, filters: Filters) -> int: ...


class Tally:
    """Times, sorted once by all that can be wished for: each of a page's choices counts them anew."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self._starts: dict[tuple[frozenset[str], int], set[int]] = defaultdict(set)
        for slot in slots:
            self._starts[slot.kinds, slot.advisor].add(slot.start)
        shown = {start: BERLIN.local(start)[1] for start in set().union(*self._starts.values())}
        self._of_part = {part: {start for start, at in shown.items() if part.has(at)} for part in DayPart}

    def number(self, filters: Filters) -> int:
        """How many times there are, however many people could give one."""
        starts = set().union(*(starts for group, starts in self._starts.items() if filters.fit(*group)))
        return len(starts if filters.part is None else starts & self._of_part[filters.part])


def kind_choices(
    kinds: Iterable[str], tally: Counts, filters: Filters, query: Query, *, is_place_known: bool = True
) -> list[dict[str, Any]]:
    """How many visits there could be is not said as long as the firm's place is not known."""
    return [
        _choice(Kind(value).label, query.url(art=value, tag=None, monat=None), tally, replace(filters, kind=value))
        | {"is_current": value == filters.kind}
        | ({} if is_place_known or value != Kind.FIRM else {"count": None})
        for value in kinds
    ]


def advisor_choices(advisors: Sequence[Advisor], tally: Counts, filters: Filters, query: Query) -> list[dict[str, Any]]:
    """Anybody and everybody by name; nothing to choose where only one person gives times and nobody is named."""
    if len(advisors) < 2 and filters.advisor is None:
        return []
    return [
        _choice(
            person.name if person else ANYBODY,
            query.url(person=person.slug if person else None, tag=None, monat=None),
            tally,
            replace(filters, advisor=person),
        )
        | {"is_current": person == filters.advisor}
        for person in (None, *advisors)
    ]


def part_choices(tally: Counts, filters: Filters, query: Query) -> list[dict[str, Any]]:
    return [
        _choice(
            part.label if part else ANY_TIME,
            query.url(tageszeit=part.slug if part else None, tag=None, monat=None),
            tally,
            replace(filters, part=part),
        )
        | {"is_current": part == filters.part}
        for part in (None, *DayPart)
    ]


def current_labels(groups: Iterable[Sequence[Mapping[str, Any]]]) -> list[str]:
    """What is chosen in each group, to be read while the choices themselves are folded up."""
    return [choice["label"] for choices in groups for choice in choices if choice["is_current"]]


def ways_out(service: Service, tally: Counts, filters: Filters, query: Query) -> list[dict[str, Any]]:
    """Where nothing is free: which filter to drop, and how many times there are without it.

    One filter first, then both; another kind last. Only ways that lead to times.
    """
    if tally.number(filters):
        return []
    query = Query(query.path, {**query.chosen, "tag": "", "monat": ""})
    drops: list[tuple[str, Filters, dict[str, str | None]]] = []
    if filters.advisor:
        drops.append(("Mit allen Beraterinnen und Beratern", replace(filters, advisor=None), {"person": None}))
    if filters.part:
        drops.append(("Zu jeder Tageszeit", replace(filters, part=None), {"tageszeit": None}))
    if filters.advisor and filters.part:
        drops.append(("Ohne beide Einschränkungen", Filters(filters.kind), {"person": None, "tageszeit": None}))
    ways = [_choice(label, query.url(**changes), tally, wider) for label, wider, changes in drops]
    found = [way for way in ways if way["count"]][:2] or [
        _choice(f"Stattdessen {Kind(kind).label}", query.url(art=kind), tally, replace(filters, kind=kind))
        for kind in service.kinds
    ]
    return [way for way in found if way["count"]]


def _choice(label: str, url: str, tally: Counts, filters: Filters) -> dict[str, Any]:
    return {"label": label, "url": url, "count": tally.number(filters)}
