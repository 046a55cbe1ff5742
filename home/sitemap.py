"""sitemap.xml: every page that anybody may read and search engines may list, with its pictures and what is news."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.query import PageQuerySet

from courses.selectors import public_paths
from foundation.caching.shelf import kept
from foundation.languages import language_at
from foundation.models import BrandSettings, Rendition
from foundation.pictures import may_be_shown, specs
from foundation.visibility import open_to_all

NEWS_FOR = timedelta(days=2)
"""How long search engines take a page for news (their rule)."""


class SiteMap(Sitemap):
    def items(self) -> PageQuerySet:
        """With their streams, which name the pictures; Wagtail's leaves them out."""
        root = self.get_wagtail_site().root_page
        return open_to_all(root.get_descendants(inclusive=True)).order_by("path").specific()

    def get_urls(self, page: int = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super().get_urls(page, site, protocol)
        addresses = _addresses({pk for url in urls for pk in url.get("shown", ()) if pk})
        first_day = timezone.localdate() - NEWS_FOR
        wordmark = BrandSettings.in_force().wordmark
        versions = _versions(urls)
        for url in urls:
            url["versions"] = versions.get(url.get("key"), [])
            url["pictures"] = [address for pk in url.get("shown", ()) for address in addresses[pk]]
            if "news" in url:
                url["is_news"] = url["news"].date >= first_day
                url["publication"] = wordmark
        return urls


class CourseMap(DjangoSitemap):
    """Pages about courses that stand outside the tree: providers that offer one, ways to have it paid, to reuse it."""

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        return [{"location": settings.BASE_URL + path} for path in public_paths()]


def _versions(urls: list[dict[str, Any]]) -> dict[Any, list[dict[str, str]]]:
    """Of the pages listed in more than one language, in the order of the tree, by the key that the versions share."""
    found = defaultdict(list)
    for url in urls:
        if "key" in url:
            code = language_at(urlsplit(url["location"]).path).code
            found[url["key"]].append({"language": code, "address": url["location"]})
    return {key: versions for key, versions in found.items() if len(versions) > 1}


def _addresses(images: set[int]) -> defaultdict[int | None, list[str]]:
    """Of the widest JPEG of each that may be shown. Pictures that no page has shown yet are not made for a sitemap."""
    spec = specs("wide")[-1].spec
    found: defaultdict[int | None, list[str]] = defaultdict(list)
    made = Rendition.objects.filter(image__in=images, filter_spec=spec).select_related("image")
    for rendition in made.order_by("pk"):
        if may_be_shown(rendition.image):
            found[rendition.image_id].append(urljoin(settings.BASE_URL, rendition.url))
    return found


def written_sitemap(request: HttpRequest) -> tuple[bytes, dict[str, str]]:
    """The document and its headers. Nine queries and one for each class of pages, until it is kept."""

    def made() -> tuple[bytes, dict[str, str]]:
        answer = sitemap(request, {"pages": SiteMap, "courses": CourseMap})
        # Without the request: a file for machines needs no menu and no footer.
        body = render_to_string("home/sitemap.xml", answer.context_data)
        return body.encode(), dict(answer.headers)

    return kept("home.sitemap", made)
