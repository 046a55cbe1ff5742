"""From a word that somebody types to the words that courses use: compounds both ways, and typing errors."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from courses.finding.forms import COURSE, WIDE, form, is_small
from courses.finding.slips import is_other_word, is_slip
from foundation.searching.words import fold

EXACT, INSIDE, PARTS, FIRST = 1.0, 0.6, 0.5, 0.3
"""How much a word counts that was asked for itself, that is inside a compound, both parts of one, its first part."""
ONE_ERROR, TWO_ERRORS = 5, 9
"""Letters from which on a word may have one typing error, or two; where one was left out, of the word that is meant. It
is the letters that are compared which count: of „Imkern“ without its ending there are three."""
_SHORTEST_DISTINCT = 7
"""Letters from which on any error is one. Shorter words with another letter are often other words: „Datev“ is no
„Daten“, „Figma“ no „Firma“."""
_SHORTEST_PART = 4
_SHORTEST_REST = 3
_SHORTEST_ASIDE = 2
_MOST_APART = 2
"""Letters: an ending. „Sicherung“ has the stem of „sicher“."""
_SHORTEST_MAN = 7
_MOST_ALIKE = 20
_MOST_KNOWN = 1000
_NO_LAST_PART = "ieren"
"""„Dokumentieren“ is made of no „Mentieren“."""
_LINKS = ("", "s", "n", "en", "es", "e")
"""What German puts between the parts of a compound."""

Stems = dict[str, float]
"""Any of these is meant, as well as the number says."""
Meaning = tuple[Stems, ...]
"""All of these together."""


@dataclass(frozen=True, slots=True)
class Correction:
    typed: str
    meant: str
    stem: str


class Lexicon:
    """`shown` has the words of all courses by their stems; `beside` are more that may be meant: those of synonyms."""

    def __init__(self, shown: Mapping[str, str], beside: Mapping[str, str]) -> None:
        self._shown = shown
        self._spelled = {**beside, **shown}
        self._alike = {spelling: stem for stem, word in self._spelled.items() for spelling in (fold(word), stem)}
        self._spellings = list(self._alike)
        self._forward = sorted(shown)
        self._backward = sorted(stem[::-1] for stem in shown)
        self._corrected = lru_cache(maxsize=_MOST_KNOWN)(self._nearest)

    def __contains__(self, stem: str) -> bool:
        return stem in self._shown

    def is_known(self, stem: str) -> bool:
        return stem in self._spelled

    def meanings(self, stem: str, word: str = "") -> list[Meaning]:
        """The word itself and compounds with it, then the parts of which it is made. `word` is folded: „Lager“ is
        inside of others with all its letters, its stem has too few."""
        found: list[Meaning] = []
        if direct := self._direct(stem, word):
            found.append((direct,))
        return found + self._parts(stem)

    def without_course(self, stem: str) -> str:
        """„Schweißkurs“ without „kurs“; the word itself where it has no such end."""
        for head, tail in _splits(stem):
            if form(tail) in COURSE and not is_small(head) and self.is_known(form(head)):
                return form(head)
        return stem

    def known_parts(self, word: str) -> Iterator[str]:
        """The longest nouns with which a word begins and ends, as courses write them: „Pflege“ of „Pflegebasiskurs“."""
        cuts = [pair for pair in _splits(word.lower()) if min(map(len, pair)) >= _SHORTEST_PART]
        for parts in ([head for head, _ in cuts], [tail for _, tail in reversed(cuts)]):
            if found := next(filter(None, map(self._noun, parts)), ""):
                yield found

    def _noun(self, part: str) -> str:
        """Empty where there is none, or one that tells nothing."""
        stem = form(part)
        shown = self._shown.get(stem, "")
        is_one = shown[:1].isupper() and stem not in COURSE | WIDE
        return shown if is_one and OSA.distance(fold(part), fold(shown)) <= _MOST_APART else ""

    def correction(self, typed: str) -> Correction | None:
        """The nearest known word that begins as it sounds: the fewest errors, then the alphabet. None in codes."""
        return self._corrected(typed)

    def _nearest(self, typed: str) -> Correction | None:
        """Looks at all words, and is asked more than once for each of a question."""
        word, stem = fold(typed), form(typed)
        if len(word) < ONE_ERROR - 1 or (typed.isupper() and len(word) < ONE_ERROR) or not word.isalpha():
            return None
        best: list[tuple[float, float, str]] = []
        for spelling in (word, stem):
            most = 2 if len(spelling) >= TWO_ERRORS else 1
            for found, errors, _ in process.extract(
                spelling, self._spellings, scorer=OSA.distance, score_cutoff=most, limit=_MOST_ALIKE
            ):
                meant = self._alike[found]
                whole = fold(self._spelled[meant])
                is_heard = _sound(whole) == _sound(word) and not is_small(whole)
                if is_heard and max(len(spelling), len(found)) >= ONE_ERROR and _is_error(spelling, found):
                    best.append((errors, OSA.distance(word, whole), meant))
        _, apart, meant = min(best, default=(0.0, float("inf"), ""))
        if apart > 1 and (part := self._nearest_last_part(typed, word)):
            return part
        return Correction(typed, self._spelled[meant], meant) if meant else None

    def _nearest_last_part(self, typed: str, word: str) -> Correction | None:
        """„Stabler“, where courses say but „Gabelstapler“: one letter is another one, or two are swapped. With more
        errors anything would be the end of some word."""
        ends = self._last_parts.get((_sound(word), len(word)), {})
        for end, _, _ in process.extract(word, list(ends), scorer=OSA.distance, score_cutoff=1, limit=_MOST_ALIKE):
            meant, shown = form(end), ends[end][-len(end) :]
            is_telling = not (meant in COURSE or is_small(end) or end.endswith(_NO_LAST_PART))
            if is_telling and _is_error(word, end):
                return Correction(typed, (shown if fold(shown) == end else end).capitalize(), meant)
        return None

    @cached_property
    def _last_parts(self) -> dict[tuple[str, int], dict[str, str]]:
        """By sound and length: the ends of long words, folded, and such a word. Any may be a word; nobody knows."""
        found: dict[tuple[str, int], dict[str, str]] = {}
        for shown in self._shown.values():
            whole = fold(shown)
            for place in range(_SHORTEST_PART, len(whole) - ONE_ERROR + 1):
                end = whole[place:]
                found.setdefault((_sound(end), len(end)), {}).setdefault(end, shown)
        return found

    def _direct(self, stem: str, word: str = "") -> Stems:
        found = {other: INSIDE for part in {stem, word} for other in self._compounds(part)}
        if stem in self._shown:
            found[stem] = EXACT
        elif not found and stem.endswith("in") and len(stem) >= _SHORTEST_MAN:
            return self._direct(stem[:-2])  # Fachwirtin
        return found

    def _compounds(self, part: str) -> Iterator[str]:
        """With it at their end, or at their beginning before another word: Gabelstapler for Stapler, Lohnabrechnung
        for Lohn, but no Steuerung for Steuer."""
        if len(part) < _SHORTEST_PART:
            return
        for backward in _beginning(self._backward, part[::-1]):
            if len(backward) - len(part) >= _SHORTEST_REST:
                yield backward[::-1]
        for other in _beginning(self._forward, part):
            rest = other[len(part) :]
            if len(rest) >= _SHORTEST_PART or (rest and form(rest) in COURSE):
                yield other

    def _parts(self, stem: str) -> list[Meaning]:
        """Where courses use the word itself, it is parted only from „Kurs“ and the like."""
        found: list[Meaning] = []
        for head, tail in _splits(stem):
            if is_small(head):
                continue
            last = form(tail)
            is_exact = form(head) in self._shown and last in self._shown
            if min(len(head), len(tail)) < _SHORTEST_REST and not is_exact:
                continue
            first = self._direct(form(head))
            if first and last in COURSE:
                found.append((first,))
            if stem in self._shown or not first or form(head) not in self._shown:
                continue
            if last in WIDE:
                found.append((_less(first, FIRST),))
            if second := self._direct(last):
                found.append((_less(first, PARTS), _less(second, PARTS)))
        return found


def _is_error(typed: str, meant: str) -> bool:
    is_long = max(len(typed), len(meant)) >= _SHORTEST_DISTINCT
    return (is_long or is_slip(typed, meant)) and not is_other_word(typed, meant)


def _sound(word: str) -> str:
    """With which it begins: „Fotovoltaik“ as „Photovoltaik“."""
    return "f" if word.startswith("ph") else word[:1]


def _less(stems: Stems, share: float) -> Stems:
    return {stem: share * quality for stem, quality in stems.items()}


def _beginning(words: Sequence[str], part: str) -> Iterator[str]:
    """Of words in order."""
    for place in range(bisect_left(words, part), len(words)):
        if not words[place].startswith(part):
            return
        yield words[place]


def _splits(stem: str) -> Iterator[tuple[str, str]]:
    """Each way to cut a word into two, with and without a link between them, the longest first part first."""
    for place in range(len(stem) - _SHORTEST_ASIDE, _SHORTEST_ASIDE - 1, -1):
        head, tail = stem[:place], stem[place:]
        for link in _LINKS:
            if head.endswith(link) and len(head) - len(link) >= _SHORTEST_ASIDE:
                yield head[: len(head) - len(link)], tail
