"""Which courses say what is asked, and how well. Courses are numbers here, from 0 in the order as given."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courses.finding.forms import AROUND, Word, Words, form
from courses.finding.lexicon import Correction, Lexicon, Meaning
from courses.finding.synonyms import Phrase, Thesaurus
from foundation.searching.words import fold

SAID_OTHERWISE = 0.9
"""How much a synonym counts beside the word itself."""

SUBJECT = 5
"""From this weight on a text says what a course is about."""

Scores = dict[int, float]
"""By course; whoever is missing does not say it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question as they are looked for. `unknown` are said by no course and resemble nothing."""

    words: tuple[Word, ...]
    corrections: tuple[Correction, ...]
    unknown: tuple[str, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        meant = {correction.typed: correction.stem for correction in self.corrections}
        return tuple(meant.get(word.text, word.stem) for word in self.words)


def _shortest(word: str) -> tuple[int, str]:
    return len(word), word


class WordIndex:
    def __init__(self, courses: Iterable[Words], thesaurus: Thesaurus | None = None) -> None:
        self._thesaurus = thesaurus or Thesaurus()
        self._places: dict[str, array[int]] = {}
        self._weights: dict[str, bytearray] = {}
        shown: dict[str, str] = {}
        for number, words in enumerate(courses):
            for stem, (weight, text) in words.items():
                if stem not in shown:
                    shown[stem], self._places[stem], self._weights[stem] = text, array("I"), bytearray()
                elif text != shown[stem]:
                    shown[stem] = min(text, shown[stem], key=_shortest)  # whichever course comes first
                self._places[stem].append(number)
                self._weights[stem].append(weight)
        self.lexicon = Lexicon(shown, self._thesaurus.spelled)

    def is_subject(self, stem: str) -> bool:
        return any(weight >= SUBJECT for weight in self._weights.get(stem, b""))

    def may_be_meant(self, word: Word) -> bool:
        return self._is_known(word) or self.lexicon.correction(word.text) is not None

    def asked(self, words: Iterable[Word]) -> Asked:
        """„Kurs“, „Betrieb“ and the like are left out where anything else is asked, unknown words where another one is
        known."""
        words = list(words)
        telling = [word for word in words if word.stem not in AROUND] or words
        corrections, unknown = [], []
        for number, word in enumerate(telling):
            if self._is_known(word) or self._is_joined(telling, number):
                continue
            meant = None if word.is_quoted else self.lexicon.correction(word.text)
            if meant is None:
                unknown.append(word)
            else:
                corrections.append(meant)
        known = [word for word in telling if word not in unknown]
        return Asked(tuple(known or telling), tuple(corrections), tuple(word.text for word in unknown))

    def _is_known(self, word: Word) -> bool:
        known = word.stem in self._thesaurus or self.lexicon.is_known(word.stem)
        return known or bool(self.lexicon.meanings(word.stem, fold(word.text)))

    def _is_joined(self, words: Sequence[Word], number: int) -> bool:
        pairs = [words[max(0, number - 1) : number + 1], words[number : number + 2]]
        return any(len(pair) == 2 and form(pair[0].text + pair[1].text) in self.lexicon for pair in pairs)

    def find(self, asked: Asked) -> Scores:
        """Courses that say every word, in whatever way; the score adds up what each word brings."""
        stems = [self.lexicon.without_course(stem) if stem not in self._thesaurus else stem for stem in asked.stems]
        whole = [fold(word.text) if stem == word.stem else "" for word, stem in zip(asked.words, stems, strict=True)]
        each = [self._said(self.lexicon.meanings(stem, word)) for stem, word in zip(stems, whole, strict=True)]
        for number, (first, second) in enumerate(zip(asked.words, asked.words[1:], strict=False)):
            joined = self._word(form(first.text + second.text), 1.0)
            for place in (number, number + 1):
                _add(each[place], joined)
        for found in self._thesaurus.found_in(stems):
            for other in found.others:
                said = self._phrase(other)
                for place in range(found.start, found.end):
                    _add(each[place], said)
        return _all_of(each)

    def _said(self, meanings: Iterable[Meaning]) -> Scores:
        best: Scores = {}
        for meaning in meanings:
            parts = []
            for stems in meaning:
                part: Scores = {}
                for stem, quality in stems.items():
                    _add(part, self._word(stem, quality))
                parts.append(part)
            _add(best, _all_of(parts))
        return best

    def _phrase(self, phrase: Phrase) -> Scores:
        words = [self._said(self.lexicon.meanings(stem)) for stem in phrase]
        return {course: SAID_OTHERWISE * score / len(words) for course, score in _all_of(words).items()}

    def _word(self, stem: str, quality: float) -> Scores:
        weights = self._weights.get(stem, b"")
        return {course: quality * weight for course, weight in zip(self._places.get(stem, ()), weights, strict=True)}


def _add(best: Scores, more: Scores) -> None:
    if not best:
        best.update(more)
        return
    for course, score in more.items():
        if score > best.get(course, 0.0):
            best[course] = score


def _all_of(each: Sequence[Scores]) -> Scores:
    if len(each) < 2:
        return each[0] if each else {}
    fewest = min(each, key=len)
    return {course: sum(scores[course] for scores in each) for course in fewest if all(course in s for s in each)}
