"""Other words for those that find little: as they stand in titles and summaries of public pages and in names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from wagtail.models import Page

from courses.models import Topic
from foundation.caching.shelf import kept
from foundation.searching.words import WORD, fold, plain, stem
from offices.models import District

MOST = 4
_SHORTEST = 4
"""Letters; shorter words are like too many others."""
_ALIKE = 0.75
"""Of difflib's ratio: one letter wrong in four, two in eight."""


def suggestions(words: list[str], *, has_hits: bool, finds: Callable[[str], bool]) -> list[str]:
    """Questions that find something. Several words are mended together; where nothing fits all, one by one."""
    known = kept("home.search.vocabulary", _vocabulary)
    if len(words) == 1:
        return similar(words[0], known)[:MOST]
    stems = {stem(word) for word in known.values()}
    mended = [word if stem(word) in stems else next(iter(similar(word, known)), word) for word in words]
    together = " ".join(mended)
    if mended != words and finds(together):
        return [together]
    return [] if has_hits else [word for word in dict.fromkeys(mended) if stem(word) in stems][:MOST]


def similar(word: str, known: dict[str, str]) -> list[str]:
    """Words that begin with this one or contain it, then those that are written alike; nearest in length first."""
    asked = fold(word)
    if len(asked) < _SHORTEST:
        return []
    others = {folded: found for folded, found in known.items() if stem(found) != stem(word)}
    inside = sorted((folded for folded in others if asked in folded), key=lambda folded: (len(folded), folded))
    alike = [folded for folded in others if folded[0] == asked[0] and abs(len(folded) - len(asked)) <= 3]
    close = get_close_matches(asked, alike, n=MOST, cutoff=_ALIKE)
    return [others[folded] for folded in dict.fromkeys([*close, *inside])]


def _vocabulary() -> dict[str, str]:
    """Words by their folded form. Four queries."""
    pages = Page.objects.live().public().filter(depth__gt=1).values_list("title", "search_description")
    beside = [*Topic.objects.values_list("name"), *District.objects.values_list("name")]
    return dict(_words(" ".join(texts) for texts in [*beside, *pages]))


def _words(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for word in WORD.findall(plain(text)):
            if len(word) >= _SHORTEST and not word.isdigit():
                yield fold(word), word
