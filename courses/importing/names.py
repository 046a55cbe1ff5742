"""Topics, target groups and fundings by the names that files have for them. An unknown name makes nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from courses.importing.values import LINKED
from foundation.searching.words import fold


class Names:
    """Known entries by field and name, however it is written: „EDV-Führung“ is „edv fuehrung“. Three queries."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = {}
        self.labels: dict[str, dict[int, str]] = {}
        for field, model in LINKED.items():
            entries = list(model._default_manager.values_list("pk", "name", "slug"))
            self._ids[field] = {fold(slug): pk for pk, _, slug in entries} | {fold(name): pk for pk, name, _ in entries}
            self.labels[field] = {pk: name for pk, name, _ in entries}

    @property
    def fingerprint(self) -> str:
        """Another one where a file may be read otherwise than before."""
        return repr([(field, sorted(ids.items())) for field, ids in self._ids.items()])

    def known(self, field: str, names: Iterable[str]) -> tuple[list[int], list[str]]:
        """The ids, ascending, and the names that nobody knows."""
        ids: Mapping[str, int] = self._ids[field]
        found, unknown = set(), []
        for name in names:
            key = fold(name)
            if key in ids:
                found.add(ids[key])
            elif name.strip():
                unknown.append(name.strip())
        return sorted(found), unknown
