"""Where the feeds are. Their addresses stay, wherever editors move or rename the page of the news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.urls import reverse

FORMATS = {
    "atom.xml": ("Atom", "application/atom+xml"),
    "feed.json": ("JSON Feed", "application/feed+json"),
}


class Chosen(Protocol):
    """A topic and a district by their slugs, empty for all."""

    @property
    def topic(self) -> str: ...

    @property
    def district(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FeedLink:
    label: str
    content_type: str
    url: str


def feed_url(selection: Chosen, form: str) -> str:
    """Feeds have no time: of what is chosen they take topic and district."""
    chosen = {name: slug for name in ("topic", "district") if (slug := getattr(selection, name))}
    return f"{settings.BASE_URL}{reverse('home:news_feed', kwargs={**chosen, 'form': form})}"


def feed_links(selection: Chosen) -> list[FeedLink]:
    return [FeedLink(label, kind, feed_url(selection, form)) for form, (label, kind) in FORMATS.items()]
