"""Texts with words in braces, such as „Guten Tag {name}“.

A placeholder is one known word between braces and nothing else: no attributes, no formats, no nesting. Whatever else
holds a brace is broken. Values are put in once and are never read as placeholders themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


class BrokenPlaceholders(Exception):
    """`found` are the places as they were written, each once, in order."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__("broken placeholders")
        self.found = found


def broken(text: str, *, allowed: Collection[str]) -> tuple[str, ...]:
    """Unknown words in braces and braces without a partner."""
    wrong = (match[0] for match in _BRACES.finditer(text) if match[1] is None or match[1] not in allowed)
    return tuple(dict.fromkeys(wrong))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder's value in one line. Raises BrokenPlaceholders."""
    if found := broken(text, allowed=values.keys()):
        raise BrokenPlaceholders(found)
    return _BRACES.sub(lambda match: " ".join(values[match[1]].split()), text)


def paragraphs(text: str) -> list[str]:
    """Parted at blank lines; single line breaks stay within."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return [part for part in _BLANK_LINES.split(lines) if part]
