"""Words and phrases that mean the same course: Staplerschein = Flurförderzeuge, AdA = AEVO."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courses.finding.forms import is_small, words_of

Phrase = tuple[str, ...]
"""Stems, in order."""
LONGEST = 4
"""Words of a phrase that are looked for in a question."""


@dataclass(frozen=True, slots=True)
class Found:
    """From word `start` to before word `end` of a question stands what may be said as one of `others`, too."""

    start: int
    end: int
    others: frozenset[Phrase]


class Thesaurus:
    """Groups of phrases, each as editors write it: divided by commas."""

    def __init__(self, groups: Iterable[str] = ()) -> None:
        self.spelled: dict[str, str] = {}
        self._others: dict[Phrase, set[Phrase]] = {}
        for group in groups:
            self._add([self._phrase(said) for said in group.split(",")])

    def _phrase(self, said: str) -> Phrase:
        words = [word for word in words_of(said) if not is_small(word.text)]
        self.spelled |= {word.stem: word.text for word in words}
        return tuple(word.stem for word in words)

    def _add(self, phrases: list[Phrase]) -> None:
        whole = {phrase for phrase in phrases if phrase}
        for phrase in whole:
            self._others.setdefault(phrase, set()).update(whole - {phrase})

    def __contains__(self, stem: str) -> bool:
        return (stem,) in self._others

    def found_in(self, stems: Sequence[str]) -> list[Found]:
        return [
            Found(start, end, frozenset(self._others[phrase]))
            for start in range(len(stems))
            for end in range(start + 1, min(start + LONGEST, len(stems)) + 1)
            if (phrase := tuple(stems[start:end])) in self._others
        ]
