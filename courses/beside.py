"""What courses are linked to in other tables, for all courses at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model, Value

from courses.models import CoursePage, FundingKind, ProviderMark, TargetGroup, Topic


class Beside(NamedTuple):
    """Each in the order of its table. `marks` are those in force of the provider."""

    topics: tuple[Topic, ...] = ()
    groups: tuple[TargetGroup, ...] = ()
    fundings: tuple[FundingKind, ...] = ()
    marks: tuple[ProviderMark, ...] = ()


class EverythingBeside:
    """Five queries. What is equal for several courses is one object for all of them."""

    def __init__(self, today: date) -> None:
        links = _links()  # first: of what appears meanwhile nothing leads to a row that is not known
        self.topics = _by_id(Topic.objects.select_related("parent"))
        self._topics = _InOrder(self.topics, links["topic"])
        self._groups = _InOrder(_by_id(TargetGroup.objects.all()), links["targetgroup"])
        self._fundings = _InOrder(_by_id(FundingKind.objects.all()), links["fundingkind"])
        self._marks: dict[int, tuple[ProviderMark, ...]] = defaultdict(tuple)
        for mark in ProviderMark.objects.in_force(today):
            self._marks[mark.provider_id] += (mark,)
        self._one: dict[Beside, Beside] = {}

    def of(self, course: int, provider: int) -> Beside:
        marks = self._marks.get(provider, ())
        found = Beside(self._topics.of(course), self._groups.of(course), self._fundings.of(course), marks)
        return self._one.setdefault(found, found)


class _InOrder:
    def __init__(self, entries: Mapping[int, Any], links: Mapping[int, list[int]]) -> None:
        self._entries = entries
        self._places = {pk: place for place, pk in enumerate(entries)}
        self._links = links
        self._one: dict[tuple[int, ...], tuple[Any, ...]] = {}

    def of(self, course: int) -> tuple[Any, ...]:
        linked = (pk for pk in self._links.get(course, ()) if pk in self._places)
        keys = tuple(sorted(linked, key=self._places.__getitem__))
        return self._one.setdefault(keys, tuple(self._entries[pk] for pk in keys))


def _by_id(entries: Iterable[Model]) -> dict[int, Any]:
    return {entry.pk: entry for entry in entries}


def _links() -> dict[str, dict[int, list[int]]]:
    """By the name of the other table and by course the ids there. One query."""
    fields = {
        "topic": CoursePage.topics,
        "targetgroup": CoursePage.target_groups,
        "fundingkind": CoursePage.funding_kinds,
    }
    first, *others = (
        field.through.objects.values_list("coursepage_id", Value(name), f"{name}_id") for name, field in fields.items()
    )
    found: dict[str, dict[int, list[int]]] = {name: defaultdict(list) for name in fields}
    for course, name, other in first.union(*others, all=True):
        found[name][course].append(other)
    return found
