"""The newest news as Atom (RFC 4287) and JSON Feed 1.1, whole or of a topic and a district."""

from __future__ import annotations

import json
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string

from courses.models import Topic
from foundation.caching.shelf import kept
from foundation.days import beginning_of
from foundation.feeds import NEVER, Entry, Feed, atom
from foundation.models import BrandSettings
from foundation.pictures import may_be_shown, picture_address
from foundation.visibility import open_to_all
from home.feed_links import feed_url
from home.models import NewsIndexPage, NewsPage
from home.news_archive import Selection, news_of
from offices.models import District

ENTRIES = 20


def news_feed(form: str, selection: Selection, request: HttpRequest) -> tuple[bytes, datetime]:
    """The document and when it last changed. Eight queries until it is kept; unknown slugs raise Http404."""
    write = {"atom.xml": atom, "feed.json": _json}[form]

    def made() -> tuple[bytes, datetime]:
        feed = _feed(form, selection, request)
        return write(feed), feed.changed

    return kept(f"home.feed.{form}.{selection.path}", made)


def _feed(form: str, selection: Selection, request: HttpRequest) -> Feed:
    index = open_to_all(NewsIndexPage.objects.all()).first()
    if index is None:
        raise Http404("no news on this site")
    names = _names(selection)
    news = news_of(index, selection).select_related("district", "teaser_picture").prefetch_related("topics")
    brand = BrandSettings.in_force()
    entries = [_entry(page, request, brand.wordmark) for page in news[:ENTRIES]]
    return Feed(
        id=f"urn:uuid:{index.translation_key}" if not names else feed_url(selection, "atom.xml"),
        title=" – ".join([f"{index.title} von {brand.wordmark}", *names]),
        subtitle=index.lead,
        author=brand.wordmark,
        page=f"{index.get_full_url(request)}{selection.path}",
        url=feed_url(selection, form),
        changed=max((entry.changed for entry in entries), default=index.last_published_at or NEVER),
        entries=entries,
    )


def _names(selection: Selection) -> list[str]:
    found = []
    for model, slug in ((Topic, selection.topic), (District, selection.district)):
        if slug:
            name = model.objects.filter(slug=slug).values_list("name", flat=True).first()
            if name is None:
                raise Http404("no such topic or district")
            found.append(name)
    return found


def _entry(page: NewsPage, request: HttpRequest, network: str) -> Entry:
    published = beginning_of(page.date)
    url = page.get_full_url(request)
    image = page.teaser_picture if may_be_shown(page.teaser_picture) else None
    picture = picture_address(image, "card") if image else ""
    content = {"lead": page.lead, "picture": picture, "credit": image.shown_credit if image else "", "url": url}
    return Entry(
        id=f"urn:uuid:{page.translation_key}",
        url=url,
        title=page.title,
        lead=page.lead,
        content=render_to_string("home/feed_entry.html", content).strip(),
        image=picture,
        published=published,
        changed=max(published, page.last_published_at or published),
        author=page.author_initials or network,
        tags=[topic.name for topic in page.topics.all()] + ([page.district.name] if page.district else []),
    )


def _json(feed: Feed) -> bytes:
    items = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.lead,
            "content_html": entry.content,
            **({"image": entry.image} if entry.image else {}),
            "date_published": entry.published.isoformat(),
            "date_modified": entry.changed.isoformat(timespec="seconds"),
            "authors": [{"name": entry.author}],
            "tags": entry.tags,
        }
        for entry in feed.entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": feed.author}],
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
