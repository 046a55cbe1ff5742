"""What of a FAQ or glossary is shown for the words that a visitor typed. Works on the page's own text: no query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue

from home.matching import fold, has_words, words_of


@dataclass(frozen=True, slots=True)
class Found:
    """`parts` are pairs of heading and entries; `number` counts the entries."""

    parts: list[tuple[str, list[Any]]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(len(entries) for _, entries in self.parts)


def matching_questions(groups: StreamValue, asked: str) -> Found:
    """Groups in their order; one without a match is left out. A word of its heading finds all of a group."""
    words = words_of(asked)
    parts = []
    for group in groups:
        heading = group.value["heading"]
        questions = [
            entry
            for entry in group.value["questions"]
            if has_words(words, heading, entry["question"], entry["answer"].source)
        ]
        if questions:
            parts.append((heading, questions))
    return Found(parts)


def terms_by_letter(terms: StreamValue, asked: str) -> Found:
    """Under their first letters; Ä stands under A, what begins with a digit under 0–9."""
    words = words_of(asked)
    entries = [block.value for block in terms if has_words(words, *_texts(block.value))]
    by_letter: dict[str, list[Any]] = {}
    for entry in sorted(entries, key=lambda entry: (_letter(entry), fold(entry["term"]))):
        by_letter.setdefault(_letter(entry), []).append(entry)
    return Found(list(by_letter.items()))


def _texts(entry: Any) -> tuple[str, str, str]:
    return entry["term"], entry["synonyms"], entry["explanation"].source


def _letter(entry: Any) -> str:
    first = fold(entry["term"])[:1]
    return first.upper() if first.isalpha() else "0–9"
