"""How easily a German text reads: the first Wiener Sachtextformel.

Richard Bamberger, Erich Vanecek: Lesen – Verstehen – Lernen – Schreiben. Wien 1984. The result is a year of Austrian
schooling: 4 reads very easily, from 12 on it is a degree of difficulty rather than a year, 15 is very hard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

FEWEST_WORDS = 100
"""A shorter text is a sample too small for the formula."""

EASIEST, HARDEST = 4, 15
LONG_WORD_LETTERS = 6
MANY_SYLLABLES = 3

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[“\"»)]*\s+(?=[„\"»(]*[A-ZÄÖÜ0-9])")
_SHORT_FORMS = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜäöü]|[Nn]r|[Mm]rs?|[Mm]s|approx|vs|[Ss]tr|ca|bzw|usw|evtl|ggf|inkl|[Tt]el|[Dd]r|[Pp]rof|[Aa]bs|[Aa]rt|vgl|max|min|mind"
    r"|etc|zzgl|bspw|Mo|Di|Mi|Do|Fr|Sa|So|Jan|Feb|Apr|Aug|Sept|Okt|Nov|Dez)|\d)\.$"
)
"""After these a full stop ends no sentence: abbreviations, single letters (z. B.), ordinals and days (1. Oktober)."""

_SILENT = re.compile(r"qu(?=[aeiouäöü])")
"""The u in „Qualität“ is heard, but makes no syllable."""

_VOWELS = re.compile(r"aa|ee|oo|ai|ay|au|äu|ei|ey|eu|ie(?!n\b)|ou|y(?![aeiou])|[aeiouäöüàáâèéêëíîóôúû]")


class Ease(Protocol):
    """What a formula says of a text, whichever the language."""

    @property
    def in_words(self) -> str: ...

    @property
    def is_hard(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class ReadingEase:
    words: int
    sentences: int
    grade: float
    """Years of schooling, as the formula gives them: neither rounded nor bounded."""

    @property
    def in_words(self) -> str:
        year = min(max(round(self.grade), EASIEST), HARDEST)
        return f"etwa {year}. Schulstufe – {_judgement(year)}"

    @property
    def is_hard(self) -> bool:
        """Harder than what people of all trades read without effort."""
        return round(self.grade) > 12


def reading_ease(texts: Iterable[str]) -> ReadingEase | None:
    """Of texts that each end a sentence, such as paragraphs and headings; None: too few words to say anything."""
    sentences = [words for text in texts for sentence in sentences_of(text) if (words := words_of(sentence))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    syllables = [syllables_of(word) for word in words]
    many = _percentage(count >= MANY_SYLLABLES for count in syllables)
    single = _percentage(count == 1 for count in syllables)
    long = _percentage(sum(map(str.isalpha, word)) > LONG_WORD_LETTERS for word in words)
    length = len(words) / len(sentences)
    grade = 0.1935 * many + 0.1672 * length + 0.1297 * long - 0.0327 * single - 0.875
    return ReadingEase(words=len(words), sentences=len(sentences), grade=grade)


def sentences_of(text: str) -> list[str]:
    sentences: list[str] = []
    for piece in _SENTENCE_END.split(" ".join(unicodedata.normalize("NFC", text).split())):
        if sentences and _SHORT_FORMS.search(sentences[-1]):
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return [sentence for sentence in sentences if sentence]


def words_of(sentence: str) -> list[str]:
    """Numbers are none: nobody knows how many syllables a reader hears in them."""
    return _WORD.findall(sentence)


def syllables_of(word: str) -> int:
    """Sounded vowels, pairs as one. Too few where a seam parts a pair (be-inhalten) and for „-ie“ after „Famil“."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("q", word.lower()))))


def _percentage(truths: Iterable[bool]) -> float:
    found: Sequence[bool] = list(truths)
    return 100 * sum(found) / len(found)


def _judgement(year: int) -> str:
    for limit, words in ((6, "sehr leicht verständlich"), (8, "leicht verständlich"), (10, "gut verständlich")):
        if year <= limit:
            return words
    return "anspruchsvoll" if year <= 12 else "schwer verständlich"
