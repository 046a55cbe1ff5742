"""Texts with the words that were searched for marked in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from foundation.searching.words import WORD, plain, stem

LENGTH = 240
"""Characters of an excerpt, about three lines on a desk."""
_BEFORE = 60
_READ = 20_000
"""Characters of a page that are looked through: texts of pages are shorter, a book is not worth the time."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool = False


def marked(text: str, wanted: Collection[str], language: str = "de") -> list[Piece]:
    """The whole text in pieces; `wanted` are stems of its language."""
    pieces, done = [], 0
    for start, end, _ in _hits(text, wanted, language):
        pieces += [Piece(text[done:start]), Piece(text[start:end], is_marked=True)]
        done = end
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.text]


def excerpt(text: str, wanted: Collection[str], language: str = "de") -> list[Piece]:
    """The part of the text with the most different words of `wanted`, the first of such parts; else its beginning."""
    text = " ".join(plain(text).split())[:_READ]
    hits = list(_hits(text, wanted, language))

    def words_from(place: int) -> int:
        return len({found for start, end, found in hits if place <= start and end <= place + LENGTH - _BEFORE})

    best = max((start for start, _, _ in hits), key=words_from, default=0)
    first = _word_begins(text, best - _BEFORE)
    last = _word_ends(text, first + LENGTH)
    shown = marked(text[first:last], wanted, language)
    before = [Piece("… ")] if first > 0 else []
    after = [Piece(" …")] if last < len(text) else []
    return [*before, *shown, *after]


def _hits(text: str, wanted: Collection[str], language: str) -> Iterator[tuple[int, int, str]]:
    for match in WORD.finditer(text):
        found = stem(match[0], language)
        if found in wanted:
            yield match.start(), match.end(), found


def _word_begins(text: str, place: int) -> int:
    return 0 if place <= 0 else text.find(" ", place) + 1


def _word_ends(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    return max(text.rfind(" ", 0, place), 0) or place
