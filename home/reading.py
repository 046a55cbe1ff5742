"""How long a text takes to read."""

from __future__ import annotations

from collections.abc import Iterable

WORDS_A_MINUTE = 200
"""German words are long: studies of silent reading find 180 to 260 of them a minute."""


def reading_minutes(texts: Iterable[str]) -> int:
    """Whole minutes, at least one."""
    words = sum(len(text.split()) for text in texts)
    return max(1, round(words / WORDS_A_MINUTE))
