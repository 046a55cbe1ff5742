"""Other words for those that find little: as they stand in titles and summaries of public pages and in names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wagtail.models import Page

from courses.models import Topic
from foundation.caching.shelf import kept
from foundation.searching.nearness import MOST, SHORTEST, similar
from foundation.searching.words import WORD, fold, plain, stem
from foundation.visibility import open_to_all
from offices.models import District


def suggestions(words: list[str], *, has_hits: bool, finds: Callable[[str], bool]) -> list[str]:
    """Questions that find something. Several words are mended together; where nothing fits all, one by one."""
    known = kept("home.search.vocabulary", _vocabulary)
    if len(words) == 1:
        # Topics and districts may have a name before a page tells of them.
        return [word for word in similar(words[0], known)[:MOST] if finds(word)]
    stems = {stem(word) for word in known.values()}
    mended = [word if stem(word) in stems else next(iter(similar(word, known)), word) for word in words]
    together = " ".join(mended)
    if mended != words and finds(together):
        return [together]
    return [] if has_hits else [word for word in dict.fromkeys(mended) if stem(word) in stems][:MOST]


def _vocabulary() -> dict[str, str]:
    """Words by their folded form. Four queries."""
    pages = open_to_all(Page.objects.all()).filter(depth__gt=1).values_list("title", "search_description")
    beside = [*Topic.objects.values_list("name"), *District.objects.values_list("name")]
    return dict(_words(" ".join(texts) for texts in [*beside, *pages]))


def _words(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for word in WORD.findall(plain(text)):
            if len(word) >= SHORTEST and not word.isdigit():
                yield fold(word), word
