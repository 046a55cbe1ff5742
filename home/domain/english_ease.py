"""How easily an English text reads: Flesch Reading Ease.

Rudolf Flesch: A new readability yardstick. Journal of Applied Psychology 32 (1948), 221–233. From 0 (very hard) to 100
(very easy); plain English begins at 60.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from home.domain.reading_ease import FEWEST_WORDS, sentences_of, words_of

EASIEST, HARDEST = 100, 0

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?<=[^aeiouy])(?:e|(?<![td])ed|(?<![cgsxz])(?<!sh)(?<!ch)es)$")
"""„time“, „asked“, „takes“ have one syllable; „needed“ and „places“ keep theirs."""

_SOUNDED_LE = re.compile(r"[^aeiouy]le$")
_HIATUS = re.compile(r"i(?:a(?!ge)|o(?!u)|um)|eo(?![pu])|(?<=cr)eat|uou|[^qg]ua(?!rd)")
"""Pairs of vowels that are two syllables in most words: „via“, „video“, „usual“."""

_ONE_AFTER_ALL = re.compile(r"[cst]i(?:a|o)|gio")
"""… and are one after these: „nation“, „special“, „region“."""


@dataclass(frozen=True, slots=True)
class EnglishEase:
    words: int
    sentences: int
    score: float
    """As the formula gives it: neither rounded nor bounded."""

    @property
    def in_words(self) -> str:
        score = min(max(round(self.score), HARDEST), EASIEST)
        return f"Flesch-Wert {score} von 100 – {_judgement(score)}"

    @property
    def is_hard(self) -> bool:
        """Harder than what people of all trades read without effort."""
        return round(self.score) < 50


def english_ease(texts: Iterable[str]) -> EnglishEase | None:
    """Of texts that each end a sentence; None: too few words to say anything."""
    sentences = [words for text in texts for sentence in sentences_of(text) if (words := words_of(sentence))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    syllables = sum(english_syllables_of(word) for word in words)
    score = 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)
    return EnglishEase(words=len(words), sentences=len(sentences), score=score)


def english_syllables_of(word: str) -> int:
    """Sounded groups of vowels. English spelling allows no more than a good guess; on a page the misses even out."""
    return sum(_syllables_of_part(part) for part in re.split(r"[-’']", word.lower()) if len(part) > 1) or 1


def _syllables_of_part(part: str) -> int:
    sounded = part if _SOUNDED_LE.search(part) else _SILENT_END.sub("", part)
    parted = len(_HIATUS.findall(sounded)) - len(_ONE_AFTER_ALL.findall(sounded))
    return max(1, len(_VOWELS.findall(sounded)) + max(0, parted))


def _judgement(score: int) -> str:
    for limit, words in ((80, "sehr leicht verständlich"), (70, "leicht verständlich"), (60, "gut verständlich")):
        if score >= limit:
            return words
    return "anspruchsvoll" if score >= 50 else "schwer verständlich"
