"""The words of a text in the form in which courses are found: without case, umlaut, ß, ending and gender.

„Ausbilder*innen“, „Ausbilderin“ and „Ausbilder“ are one word, „E-Learning“ is also „ELearning“.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foundation.searching.words import fold, plain, stem

_GENDERED = r"[*:_]innen(?=[^\W_])|[*:_/]-?in(?:nen)?\b|\(-?in(?:nen)?\)"
_WORD = re.compile(rf"[^\W_]+(?:(?<=\w\w\w\w)(?:{_GENDERED})[^\W_]*)?", re.IGNORECASE)
_GENDER = re.compile(_GENDERED, re.IGNORECASE)
_CAPITAL_I = re.compile(r"(?<=[a-zäöüß])In(?:nen)?$")
_PERSONS = (
    "er anwalt ant architekt arzt beamt chef ent eur eut expert fotograf gesell gog graph ist kandidat koch kolleg "
    "kund nachbar olog pilot soldat tor wirt"
)
"""Ends of words for people, folded, to which „-in“ is put. Whatever else ends so stays whole: Termin, Login, Pektin."""
_FEMININE = re.compile(rf"(?:{'|'.join(f'(?<={end})' for end in _PERSONS.split())})in(?:nen)?$|(?<=\w\w\w\w)innen$")
_HYPHEN = re.compile(r"\s?[-‐‑–]\s?")

_MOST_JOINED = 8

_SMALL_WORDS = (
    "ab aber als am an auch auf aus bei beim bis bitte brauche brauchen das dem den der des die ein eine einem einen "
    "einer eines etwas für gegen gern gerne gesucht gibt gibts habe haben hat ich im immer in ist jemand kann können "
    "kostet mache machen macht mein meine meinem meinen meiner mich mir mit möchte möchten nach nahe nähe noch nur "
    "oder raum seit sich sie suche suchen sucht teil über um umgebung und uns unser unsere unserem unseren unserer von "
    "vom vor was welche welchen welcher welches wer werden wie will wir wo wollen würde würden zu zum zur"
)
_COURSE_WORDS = (
    "Angebot Ausbildungskurs Bildungsangebot Einführung Fortbildung Grundkurs Grundlagen Kurs Kursangebot Lehrgang "
    "lernen Onlinekurs Qualifizierung Schulung Seminar Termin Training Unterricht Weiterbildung Workshop"
)
_WIDE_WORDS = (
    "Arbeit arbeiten Ausbildung Beauftragter bedienen Bedienung Berechtigung Fachkraft Fahrer Führer führen Helfer "
    "Kenntnisse Kraft Leiter Management Prüfung Schein Technik Wesen"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands from `start` to `end` of a text without soft hyphens. `is_joined`: a hyphen leads to it;
    `is_quoted`: it is meant as it is written."""

    text: str
    stem: str
    start: int
    end: int
    is_joined: bool = False
    is_quoted: bool = False


@lru_cache(maxsize=50_000)
def form(word: str) -> str:
    """The stem of a word, the same for both genders."""
    bare = _CAPITAL_I.sub("", _GENDER.sub("", word))
    return stem(_FEMININE.sub("", fold(bare)))


_SMALL = frozenset(fold(word) for word in _SMALL_WORDS.split())
COURSE = frozenset(form(word) for word in _COURSE_WORDS.split())
"""Whatever is offered here is a course: these words, alone or at the end of another one, say nothing more."""
AROUND = COURSE | frozenset(form(word) for word in ("Betrieb", "Firma", "Unternehmen"))
"""Whoever asks here asks for a firm: beside other words these tell no more than „Kurs“."""
WIDE = frozenset(form(word) for word in _WIDE_WORDS.split())
"""At the end of another word these say less than what stands before them: Kranführer, Führungskraft."""


def is_small(word: str) -> bool:
    """Of the word as it is written: „Sicherheit“ has the stem of „sich“."""
    return fold(word) in _SMALL


def words_of(text: str) -> list[Word]:
    """In order. Signs that are no letters part words."""
    text = plain(text)
    found: list[Word] = []
    for match in _WORD.finditer(text):
        if stemmed := form(match[0]):
            between = text[found[-1].end : match.start()] if found else ""
            joined = _HYPHEN.fullmatch(between) is not None and between != " "
            found.append(Word(match[0], stemmed, match.start(), match.end(), joined))
    return found


def weighed_words(texts: Iterable[tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """By stem: the weight of the heaviest text that says the word, and the word as it stands there."""
    found: dict[str, tuple[int, str]] = {}
    for weight, text in texts:
        for stemmed, shown in _said(words_of(text)):
            if not is_small(shown) and weight > found.get(stemmed, (0, ""))[0]:
                found[stemmed] = weight, shown
    return found


def _said(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Each word, and those that hyphens join as one besides."""
    joined: list[Word] = []
    for word in words:
        yield word.stem, word.text
        if not word.is_joined:
            yield from _as_one(joined)
            joined = []
        joined.append(word)
    yield from _as_one(joined)


def _as_one(joined: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Of a long chain nobody asks for the whole."""
    if 1 < len(joined) <= _MOST_JOINED:
        shown = "-".join(part.text for part in joined)
        yield form(shown.replace("-", "")), shown


Words = Mapping[str, tuple[int, str]]
"""As `weighed_words` makes them."""
