"""Courses that were made by hand and have no number of the provider: files find them by their titles."""

from __future__ import annotations

from collections import defaultdict

from courses.models import CoursePage, Provider


class TitlesByHand:
    """Of one provider. One query."""

    def __init__(self, provider: Provider) -> None:
        self._keys: dict[str, list[int]] = defaultdict(list)
        found = CoursePage.objects.filter(provider=provider, provider_reference="").order_by("pk")
        for key, title in found.values_list("pk", "title"):
            self._keys[_written_alike(title)].append(key)

    def is_ambiguous(self, title: str) -> bool:
        return len(self._keys.get(_written_alike(title), ())) > 1

    def take(self, title: str) -> int | None:
        """The only one with this title, once: a second record with it means another course."""
        if self.is_ambiguous(title):
            return None
        return next(iter(self._keys.pop(_written_alike(title), ())), None)


def _written_alike(title: str) -> str:
    """As `courses.catalogue.gathering` tells whether two rows have the same title."""
    return " ".join(title.casefold().split())
