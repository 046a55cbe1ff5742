"""Words that somebody may have meant by another one."""

from __future__ import annotations

from difflib import get_close_matches

from foundation.searching.words import fold, stem

MOST = 4
SHORTEST = 4
"""Letters; shorter words are like too many others."""
_ALIKE = 0.75
"""Of difflib's ratio: one letter wrong in four, two in eight."""


def similar(word: str, known: dict[str, str]) -> list[str]:
    """Words that begin with this one or contain it, then those that are written alike; nearest in length first.

    `known` has words by their folded form.
    """
    asked = fold(word)
    if len(asked) < SHORTEST:
        return []
    others = {folded: found for folded, found in known.items() if stem(found) != stem(word)}
    inside = sorted((folded for folded in others if asked in folded), key=lambda folded: (len(folded), folded))
    alike = [folded for folded in others if folded[:1] == asked[0] and abs(len(folded) - len(asked)) <= 3]
    close = get_close_matches(asked, alike, n=MOST, cutoff=_ALIKE)
    return [others[folded] for folded in dict.fromkeys([*close, *inside])]
