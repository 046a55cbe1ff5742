"""Texts that are written to cost time: questions of anybody, and contents that come with a file of courses."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest

import courses.finding
from courses.finding.forms import _said as said
from courses.finding.forms import weighed_words, words_of
from courses.finding.index import WordIndex
from courses.finding.question import LONGEST, MOST_WORDS
from foundation.searching import words
from tests.courses.finding.asking import asked_in, reading_of
from tests.stopwatch import processor_seconds

SIZE = 100_000
PIECES = (
    "a", "aaaa*in", "aaaa:innen", "aaaa(-in", "er", "ern", "Ii", "*", "_", "(", "-", "–", " - ", " ", "in ", "im\t",
    "in der ", "am ", "bis ", "bis 1", "bis zu 1.", "1", "1.", "1. ", "1 km ", "12345", "D-", "20", "20. ",
    "anfang ", "ab dem ", "kw ", "kreis a-", "umkreis von ", "„", '"', "“", "freier ", "am wochen", "berufs", "ä",
)  # fmt: skip


def patterns() -> dict[str, re.Pattern[str]]:
    """All that the search of courses has, by module, name and number."""
    found = {}
    for module in pkgutil.iter_modules(courses.finding.__path__):
        for name, thing in vars(importlib.import_module(f"courses.finding.{module.name}")).items():
            found |= {f"{module.name}.{name}.{number}": one for number, one in enumerate(_inside(thing))}
    return found


def _inside(thing: object) -> Iterator[re.Pattern[str]]:
    if isinstance(thing, re.Pattern):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _inside(each)


def spent(pattern: re.Pattern[str], piece: str, size: int) -> float:
    """Seconds of CPU for a text of so many letters."""
    text = (piece * (size // len(piece) + 1))[:size]
    return processor_seconds(lambda: sum(1 for _ in pattern.finditer(text)))


@pytest.mark.parametrize("pattern", patterns().values(), ids=patterns())
def test_no_pattern_is_led_astray(pattern):
    """A hundred kilobytes take less than a tenth of a second, or on a busy machine ten times as long as ten, where a
    pattern that can be led astray takes a hundred times as long."""
    worst = max(PIECES, key=lambda piece: spent(pattern, piece, SIZE // 50))
    taken = min(spent(pattern, worst, SIZE) for _ in range(3))
    assert taken < 0.1 or taken < 40 * min(spent(pattern, worst, SIZE // 10) for _ in range(3))


def test_patterns_are_found():
    assert len(patterns()) > 30


@pytest.mark.parametrize(
    "question", ["Stapler " * 500, "%00" * 1000, "((((" * 1000, "„" * 4000, "ern" * 1333, "\0" * 4000]
)
def test_no_more_of_a_question_is_read_than_anybody_types(question):
    index = WordIndex([weighed_words([(8, "Gabelstapler fahren")])])
    reading = reading_of(question, index)
    assert len(reading.text) <= LONGEST
    assert len(reading.words) <= MOST_WORDS
    assert asked_in(index, question).keys() <= {0}


class Counted(list):
    reads = 0

    def __getitem__(self, place):
        self.reads += 1
        return super().__getitem__(place)

    def __iter__(self):
        for each in super().__iter__():
            self.reads += 1
            yield each


def test_bug_chain_of_hyphens_was_walked_from_each_of_its_words():
    chain = Counted(words_of("a-" * 2000))
    assert len(list(said(chain))) == 2000
    assert chain.reads <= 2 * len(chain)
    assert weighed_words([(1, "Bau-Facharbeiter-Lehrgang")]).keys() >= {"bau", "baufacharbeiterlehrgang"}


def test_bug_word_of_endings_was_stemmed_for_seconds():
    asked = []

    class Stemmer:
        def stemWord(self, word: str) -> str:
            asked.append(word)
            return word.removesuffix("ern")

    with patch.dict(words._STEMMERS, {"de": Stemmer()}):
        words.stem.__wrapped__("ern" * 2000)
    assert len(asked) <= words.LONGEST_WORD
    assert max(map(len, asked)) == words.LONGEST_WORD
