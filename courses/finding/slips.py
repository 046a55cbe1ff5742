"""Which errors come about by themselves: a finger that slips on a German keyboard, an ear that hears alike."""

from __future__ import annotations

import re
from itertools import pairwise

_ROWS = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
"""Each row stands half a key to the right of the one above."""
_SOUNDS = ("aeiouy", "bp", "dt", "cgkqx", "fvw", "sxz")

_PREFIX = re.compile(
    r"(?:zusammen|zuruck|unter|durch|nach|uber|auf|aus|bei|ein|ent|hin|ver|vor|weg|zer|ab|an|be|er|ge|um|zu)(?=\w{4})"
)


def is_other_word(typed: str, meant: str) -> bool:
    """Of folded words that differ in their prefixes alone: „erstellen“ is no „einstellen“, „Verkauf“ no „Einkauf“."""
    first, second = _PREFIX.match(typed), _PREFIX.match(meant)
    return first is not None and second is not None and typed[first.end() :] == meant[second.end() :]


def is_slip(typed: str, meant: str) -> bool:
    """Of folded words with one error between them: whether it comes about by itself. A letter too many or too few does,
    and so do two that are swapped; for another letter it has to be near."""
    other = [(one, two) for one, two in zip(typed, meant, strict=False) if one != two]
    return len(typed) != len(meant) or len(other) != 1 or frozenset(other[0]) in _NEAR


def _near() -> frozenset[frozenset[str]]:
    beside = [pair for row in _ROWS for pair in pairwise(row)]
    below = [
        pair for upper, lower in pairwise(_ROWS) for shift in (0, 1) for pair in zip(upper[shift:], lower, strict=False)
    ]
    alike = [(one, two) for sound in _SOUNDS for one in sound for two in sound if one < two]
    return frozenset(map(frozenset, [*beside, *below, *alike]))


_NEAR = _near()
