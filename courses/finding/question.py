"""Reads „Staplerschein bei Sulingen im Oktober“: what to look for, where, when and how, and which words say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from courses.finding.forms import COURSE, Word, form, is_small, words_of
from courses.finding.lengths import lengths_in
from courses.finding.periods import Period, periods_in
from courses.finding.places import Gazetteer, Spot
from courses.finding.spans import CHOICES, DISTRICT, NOTHING_QUOTED, POSTCODE, PRICE, QUOTED, RADIUS, Choice
from foundation.searching.words import fold, plain

LONGEST = 100
"""Characters of a question that are read."""
MOST_WORDS = 8
NEAR_KM = 30
"""How far „bei Sulingen“ reaches: as far as one drives to a course before or after work."""
_LONGEST_PLACE = 3
_LEADING_WORDS = "aus bei der im in nahe nähe raum region rund um umgebung umkreis von"
_LEADING = frozenset(fold(word) for word in _LEADING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Part:
    """What stands from `start` to `end` of the question, and how it is read. `kind` says it in a word."""

    kind: str
    label: str
    start: int
    end: int
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is the question as it was read; `words` are those that are looked for in courses."""

    text: str
    words: tuple[Word, ...] = ()
    parts: tuple[Part, ...] = ()
    spot: Spot | None = None
    radius: int | None = None
    district: str = ""
    period: Period | None = None
    most_euros: int | None = None
    most_hours: float | None = None
    choices: tuple[Choice, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    """Pairs of a place as typed and as meant."""

    def without(self, start: int, end: int) -> str:
        """The question without a part of it."""
        return _tidied(f"{self.text[:start]} {self.text[end:]}")

    def quoting(self, typed: str) -> str:
        """The question where that word of it is meant as it is written."""
        return re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda match: f'"{match[0]}"', self.text, count=1)

    def without_parts(self, is_one: Callable[[Part], bool]) -> str:
        text = self.text
        for part in reversed(self.parts):
            text = f"{text[: part.start]} {text[part.end :]}" if is_one(part) else text
        return _tidied(text)


@dataclass
class _Draft:
    text: str
    parts: list[Part] = field(default_factory=list)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    found: dict[str, object] = field(default_factory=dict)

    def is_free(self, start: int, end: int) -> bool:
        taken = [(part.start, part.end) for part in self.parts] + self.quoted
        return all(end <= first or last <= start for first, last in taken)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return (match for match in pattern.finditer(self.text) if self.is_free(match.start(), match.end()))

    def note(self, kind: str, label: str, start: int, end: int, choice: Choice | None = None) -> None:
        self.parts.append(Part(kind, label, start, end, choice))

    def free_words(self) -> list[Word]:
        return [self._as_meant(word) for word in words_of(self.text) if self.is_unread(word)]

    def _as_meant(self, word: Word) -> Word:
        return replace(word, is_quoted=any(first < word.start and word.end < last for first, last in self.quoted))

    def is_unread(self, word: Word) -> bool:
        return all(word.end <= part.start or part.end <= word.start for part in self.parts)


class Vocabulary(Protocol):
    """What courses say. A word that a course is about is no place unless „in“ or „bei“ leads to it; one that may be
    meant, with a typing error too, is no place with a typing error."""

    def is_subject(self, stem: str) -> bool: ...

    def may_be_meant(self, word: Word) -> bool: ...


def read(text: str, today: date, places: Gazetteer, vocabulary: Vocabulary) -> Reading:
    """Quoted words are never read as anything else, nor corrected."""
    draft = _Draft(" ".join(plain(text).split())[:LONGEST])
    draft.quoted = [match.span() for match in QUOTED.finditer(draft.text)]
    _read_amounts(draft)
    _read_postcode(draft, places)
    _read_period(draft, today)
    _read_district(draft, places)
    _read_choices(draft, vocabulary)
    _read_place(draft, places, vocabulary)
    return Reading(
        text=draft.text,
        words=tuple(_telling(draft)[:MOST_WORDS]),
        parts=tuple(sorted(draft.parts, key=lambda part: part.start)),
        **draft.found,  # type: ignore[arg-type]
    )


def _tidied(text: str) -> str:
    return " ".join(NOTHING_QUOTED.sub(" ", text).split())


def _telling(draft: _Draft) -> list[Word]:
    """Small words and „Kurs“ and the like are looked for only where nothing else is asked."""
    free = draft.free_words()
    telling = [word for word in free if not is_small(word.text)]
    if draft.parts:
        return telling if any(word.stem not in COURSE for word in telling) else []
    return telling or free


def _read_amounts(draft: _Draft) -> None:
    for match in draft.matches(PRICE):
        if not match["least"]:
            euros = int((match["euro"] or match["bare"]).replace(".", ""))
            draft.found["most_euros"] = euros
            draft.note("Preis", f"bis {euros:,} €".replace(",", "."), *match.span())
    for length in lengths_in(draft.text):
        if draft.is_free(length.start, length.end):
            draft.found["most_hours"] = length.hours
            draft.note("Dauer", length.label, length.start, length.end)
    for match in draft.matches(RADIUS):
        draft.found["radius"] = max(1, int(match["km"]))
        draft.note("Umkreis", f"{int(match['km'])} km", *match.span())


def _read_postcode(draft: _Draft, places: Gazetteer) -> None:
    for match in draft.matches(POSTCODE):
        following = next((word for word in words_of(draft.text) if word.start >= match.end()), None)
        named = places.called(following.text) if following else None
        spot = places.at(match["code"], named.name if named else "")
        if spot:
            draft.found["spot"] = spot
            draft.note("Ort", spot.line, match.start(), following.end if named and following else match.end())
            return


def _read_period(draft: _Draft, today: date) -> None:
    whole: Period | None = None
    for named in periods_in(draft.text, today):
        if draft.is_free(named.start, named.end):
            whole = named.period.and_also(whole) if whole else named.period
            draft.note("Zeit", named.label, named.start, named.end)
    if whole:
        draft.found["period"] = whole


def _read_district(draft: _Draft, places: Gazetteer) -> None:
    for match in draft.matches(DISTRICT):
        found = places.district(match["name"] or match["short"])
        if found:
            draft.found["district"] = found[0]
            draft.note("Landkreis", found[1], *match.span(), Choice("kreis", found[0]))
            return


def _read_choices(draft: _Draft, vocabulary: Vocabulary) -> None:
    """„Online-Marketing“ is no marketing online where a course is about it."""
    choices: list[Choice] = []
    for pattern, choice, label in CHOICES:
        for match in draft.matches(pattern):
            following = next((word for word in words_of(draft.text) if word.start >= match.end()), None)
            if following and vocabulary.is_subject(form(match[0] + following.text)):
                continue
            choices.append(choice)
            draft.note("Merkmal", label, *match.span(), choice)
    draft.found["choices"] = tuple(dict.fromkeys(choices))


def _read_place(draft: _Draft, places: Gazetteer, vocabulary: Vocabulary) -> None:
    """The first place that is named; what leads to it belongs to it."""
    if "spot" in draft.found:
        return
    words = draft.free_words()
    for number in range(len(words)):
        leads = number > 0 and fold(words[number - 1].text) in _LEADING
        for length in range(min(_LONGEST_PLACE, len(words) - number), 0, -1):
            part = words[number : number + length]
            spot = _spot(part, draft, places, vocabulary, leads=leads)
            if spot:
                while number > 0 and fold(words[number - 1].text) in _LEADING:
                    number -= 1  # noqa: PLW2901
                draft.found["spot"] = spot
                draft.note("Ort", spot.line, words[number].start, part[-1].end)
                return


def _spot(part: list[Word], draft: _Draft, places: Gazetteer, vocabulary: Vocabulary, *, leads: bool) -> Spot | None:
    typed = draft.text[part[0].start : part[-1].end]
    if not draft.is_free(part[0].start, part[-1].end):
        return None
    spot = places.called(typed)
    if spot:
        return spot if leads or len(part) > 1 or not vocabulary.is_subject(part[0].stem) else None
    if len(part) > 1 or is_small(part[0].text) or vocabulary.may_be_meant(part[0]):
        return None
    spot = places.like(typed)
    if spot:
        draft.found["corrections"] = ((typed, spot.name),)
    return spot
