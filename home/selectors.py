"""The readers of home page, news and text pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.models import Page

from booking.teasers import NextFree, next_free_of_network
from courses.models import Topic
from foundation.caching.shelf import kept
from foundation.models import CreditedImage
from foundation.pictures import fetch_renditions, render_picture
from foundation.visibility import open_to_all
from home.models import FundingNotice, HomePage, MessagePage, NewsPage
from offices.models import Office
from offices.selectors import districts_of


@dataclass(frozen=True, slots=True)
class NewsTeaser:
    title: str
    url: str
    date: date
    kicker: str
    lead: str
    picture: object
    credit: str


UNNAMED_LOGOS = "Logos der fördernden Stellen"
"""Of notices from before the form asked whose they are."""


@dataclass(frozen=True, slots=True)
class Logo:
    picture: object
    credit: str


@dataclass(frozen=True, slots=True)
class Funding:
    """What the footer says of who pays."""

    sentence: str
    logos: list[Logo]


def funding_at(day: date) -> Funding | None:
    """The notice that held on that day. One query for all days until they are kept, and one for the logos."""
    notices = kept("home.funding_notices", lambda: list(FundingNotice.objects.select_related("logos")))
    notice = next((notice for notice in reversed(notices) if notice.held_on(day)), None)
    if notice is None:
        return None
    if notice.logos is None or notice.logos.is_withdrawn:
        return Funding(notice.sentence, [])
    logos = _picture(notice.logos, "logos", alt=notice.logos_alt.strip() or UNNAMED_LOGOS)
    return Funding(notice.sentence, [Logo(logos, notice.logos.shown_credit)])


def latest_news(request: HttpRequest | None, *, limit: int = 3) -> list[NewsTeaser]:
    """Two queries."""
    return [news_teaser(page, request) for page in NewsPage.objects.published()[:limit]]


def news_on_topic(topic: Topic, request: HttpRequest | None, *, limit: int = 3) -> list[NewsTeaser]:
    """The newest of a topic. Two queries."""
    return [news_teaser(page, request) for page in NewsPage.objects.published().on_topic(topic.slug)[:limit]]


def news_of_office(office: Office, *, limit: int = 3) -> dict[str, object]:
    """The latest of its districts. Four queries until it is kept."""
    return {"news": kept(f"home.news_of_office.{office.pk}", lambda: _news_of_office(office, limit))}


def _news_of_office(office: Office, limit: int) -> list[NewsTeaser]:
    districts = [district.pk for district in districts_of(office)]
    found = NewsPage.objects.published().filter(district__in=districts)[:limit]
    return [news_teaser(page, None) for page in found]


def news_teaser(page: NewsPage, request: HttpRequest | None) -> NewsTeaser:
    image = page.teaser_picture
    return NewsTeaser(
        title=page.title,
        url=page.get_url(request) or "",
        date=page.date,
        kicker=page.kicker,
        lead=page.lead,
        picture=_picture(image, "card", alt="") if image else "",
        credit=image.shown_credit if image else "",
    )


def pages_by_language(home: HomePage) -> dict[str, list[Page]]:
    """For the home page of another language: its `pages`, and the `german_pages` of the menu that it lacks.

    Two queries.
    """
    pages = list(open_to_all(Page.objects.child_of(home)).filter(locale=home.locale_id))
    main_home = home.get_parent()
    others = open_to_all(Page.objects.child_of(main_home)).in_menu().filter(locale=main_home.locale_id)
    known = [page.translation_key for page in pages]
    return {"pages": pages, "german_pages": list(others.exclude(translation_key__in=known))}


def message_page(number: int) -> MessagePage | None:
    """The page that holds a form, as visitors may see it."""
    found = open_to_all(Page.objects.all()).type(MessagePage).filter(pk=number).specific().first()
    return found if isinstance(found, MessagePage) else None


def fetch_stream_pictures(*streams: StreamValue) -> None:
    """Load what is rendered of the pictures in these streams in one query."""
    fetch_renditions(_stream_pictures(streams))


def _stream_pictures(streams: Iterable[StreamValue]) -> list[CreditedImage]:
    found = []
    for stream in streams:
        for block in stream:
            if block.block_type == "picture":
                found.append(block.value["picture"])
            elif block.block_type == "gallery":
                found += [picture["picture"] for picture in block.value["pictures"]]
    return [picture for picture in found if picture]


def _picture(image: CreditedImage, use: str, *, alt: str | None = None, lazy: bool = True) -> SafeString:
    """Rendered at once, so that it can be kept."""
    text = (getattr(image, "contextual_alt_text", "") or "") if alt is None else alt
    return render_picture(image, use, alt=text, lazy=lazy)


def times_beside(page: NewsPage) -> list[NextFree]:
    """The next free times of the offices of the news' district, else of the network. One query for a district."""
    if page.district_id is None:
        return next_free_of_network()
    return next_free_of_network(Office.objects.in_operation().of_district(page.district_id))
