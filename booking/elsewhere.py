"""What apps above keep under an e-mail address. They register it here: „Auskunft und Löschen“ and the erasures after a
restore shall know all of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Eraser(Protocol):
    def __call__(self, email: str, *, now: datetime) -> int: ...


class Repeater(Protocol):
    def __call__(self, names: Collection[str], *, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class KeptElsewhere:
    """`documents` gives one of German words for each thing that is kept, its name first. `erase_again` gets the names
    that the ledger of erasures has under `kind`, and gives how many of them it found."""

    title: str
    kind: str
    documents: Callable[[str], list[dict[str, str]]]
    erase: Eraser
    erase_again: Repeater


class Register:
    def __init__(self) -> None:
        self._kept: list[KeptElsewhere] = []
        self._repeaters: dict[str, Repeater] = {}

    def add(self, kept: KeptElsewhere) -> None:
        self._kept.append(kept)
        self.repeat(kept.kind, kept.erase_again)

    def repeat(self, kind: str, repeater: Repeater) -> None:
        """For what is ended for good and kept under no address."""
        self._repeaters[kind] = repeater

    def documents(self, email: str) -> dict[str, list[dict[str, str]]]:
        """By title, what there is."""
        found = {kept.title: kept.documents(email) for kept in self._kept}
        return {title: documents for title, documents in found.items() if documents}

    def erase(self, email: str, *, now: datetime) -> None:
        for kept in self._kept:
            kept.erase(email, now=now)

    def erase_again(self, noted: Mapping[str, Collection[str]], *, now: datetime) -> int:
        return sum(again(noted[kind], now=now) for kind, again in self._repeaters.items() if kind in noted)


elsewhere = Register()
