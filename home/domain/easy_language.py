"""What a machine can see of Leichte Sprache: short sentences, and hyphens in long words.

Barrierefreie-Informationstechnik-Verordnung (BITV 2.0), Anlage 2, Teil 2: short sentences of a clear order, composed
words parted by hyphens. The numbers are those of everyday practice; the regulation gives none.
"""

from __future__ import annotations

from home.domain.reading_ease import sentences_of, words_of

EASY_LANGUAGE = "de-simple"

LONGEST_SENTENCE = 12
"""Words."""

LONGEST_PART = 12
"""Letters between hyphens."""


def hard_sentences(text: str) -> list[str]:
    return [sentence for sentence in sentences_of(text) if len(words_of(sentence)) > LONGEST_SENTENCE]


def hard_words(text: str) -> list[str]:
    return [word for word in words_of(text) if max(map(len, word.split("-"))) > LONGEST_PART]
