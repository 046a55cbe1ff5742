"""What stands around a piece of news: its topics, others that go with it, whom the press may ask, the feeds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from foundation.caching.shelf import kept
from foundation.models import BrandSettings
from home.feed_links import FeedLink, feed_links
from home.models import NewsIndexPage, NewsPage
from home.models.news import RELATED
from home.news_archive import Choice, Selection
from home.querysets import NewsQuerySet
from home.selectors import NewsTeaser, news_teaser


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`places` are the lists in which the news stands: those of its topics and of its district."""

    places: list[Choice]
    related: list[NewsTeaser]
    press_contact: dict[str, str] | None
    feeds: list[FeedLink]
    network: str


def surroundings(page: NewsPage, request: HttpRequest | None) -> Surroundings:
    """Seven queries until it is kept; what a preview shows is never kept."""
    if getattr(request, "is_preview", False):
        return _surroundings(page, request)
    return kept(f"home.surroundings.{page.pk}", lambda: _surroundings(page, request))


def _surroundings(page: NewsPage, request: HttpRequest | None) -> Surroundings:
    index = NewsIndexPage.objects.parent_of(page).first()
    home = (index.get_url(request) or "") if index else ""
    topics = list(page.topics.all())
    places = [(topic.name, Selection(topic=topic.slug)) for topic in topics]
    if page.district:
        places.append((f"Landkreis {page.district.name}", Selection(district=page.district.slug)))
    return Surroundings(
        places=[Choice(label, home + there.path, 0, is_chosen=False) for label, there in places],
        related=[news_teaser(news, request) for news in related_news(page, [topic.pk for topic in topics])],
        press_contact=_press_contact(page, index),
        feeds=feed_links(Selection()),
        network=BrandSettings.as_shown().wordmark,
    )


def _press_contact(page: NewsPage, index: NewsIndexPage | None) -> dict[str, str] | None:
    """Nobody where the page names this person already."""
    people = [block.value for block in index.press_contact] if index else []
    named = [block.value for block in page.contact]
    return next((dict(person) for person in people if person not in named), None)


def related_news(page: NewsPage, topics: list[int]) -> list[NewsPage]:
    """Those that the editors chose, in their order; else what shares a topic, then the district, then the newest."""
    others: NewsQuerySet = NewsPage.objects.published().exclude(pk=page.pk)
    chosen = [block.value.pk for block in page.related if block.value]
    if chosen:
        by_pk = {news.pk: news for news in others.filter(pk__in=chosen)}
        return [by_pk[pk] for pk in dict.fromkeys(chosen) if pk in by_pk]
    return list(others.closest_first(topics, page.district_id)[:RELATED])
