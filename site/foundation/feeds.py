"""Feeds: what is in them, whatever they are about, and how it is written as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Atom wants a date of change also where there is nothing."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Comes along with texts that are pasted from slides. One of them, and Django refuses to write the feed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Addresses are absolute; `id` stays whatever changes; `content` is HTML."""

    id: str
    url: str
    title: str
    lead: str
    content: str
    published: datetime
    changed: datetime
    author: str
    image: str = ""
    tags: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Feed:
    """`page` shows the same to people."""

    id: str
    title: str
    subtitle: str
    author: str
    page: str
    url: str
    changed: datetime
    entries: list[Entry]


class _Atom(Atom1Feed):
    """Django's, with the text of the entries and a date that does not come from the clock where there are none."""

    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed"]
        return changed

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, str]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def atom(feed: Feed) -> bytes:
    document = _Atom(
        title=_writable(feed.title),
        link=feed.page,
        description="",
        subtitle=feed.subtitle or None,
        language=settings.LANGUAGE_CODE,
        author_name=feed.author,
        feed_url=feed.url,
        feed_guid=feed.id,
        changed=feed.changed,
    )
    for entry in feed.entries:
        document.add_item(
            title=_writable(entry.title),
            link=entry.url,
            description=_writable(entry.lead),
            content=_writable(entry.content),
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.changed,
            author_name=_writable(entry.author),
            categories=[_writable(tag) for tag in entry.tags],
        )
    return document.writeString("utf-8").encode()


def _writable(text: str) -> str:
    return _NOT_IN_XML.sub(" ", text)
