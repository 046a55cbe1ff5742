"""Pictures beside links: drawn for pages that anybody may read, once for each content, under one address each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.models import Page

from foundation.drawing.preview import DRAWING, HEIGHT, WIDTH, PreviewText, draw_preview
from foundation.models import BasePage, BrandSettings
from foundation.visibility import open_to_all

KEPT_FOR = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class SocialPreview:
    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def social_preview_of(wordmark: str, claim: str, page: BasePage | None = None) -> SocialPreview:
    """Where the picture of this page is, or that of the network. No query."""
    title = page.preview_title if page else claim
    return SocialPreview(
        url=settings.BASE_URL + _address(wordmark, claim, page),
        alt=title if wordmark in title else f"{wordmark}: {title}",
    )


def _address(wordmark: str, claim: str, page: BasePage | None) -> str:
    """Another one whenever the picture may have changed: networks keep what they have fetched."""
    known = [DRAWING, wordmark, claim]
    if page:
        known += [page.preview_title, page.preview_kicker, str(page.last_published_at)]
    stamp = hashlib.sha256("\0".join(known).encode()).hexdigest()[:12]
    return reverse("page_preview", args=[page.pk, stamp]) if page else reverse("network_preview", args=[stamp])


@require_safe
def page_preview(request: HttpRequest, pk: int, stamp: str) -> HttpResponseBase:
    found = open_to_all(Page.objects.all()).filter(pk=pk).first()
    page = found.specific if found else None
    if not isinstance(page, BasePage):
        raise Http404
    brand = BrandSettings.in_force()
    text = PreviewText(page.preview_title, page.preview_kicker, brand.wordmark, brand.claim, page.preview_places)
    return _answer(request, text, _address(brand.wordmark, brand.claim, page))


@require_safe
def network_preview(request: HttpRequest, stamp: str) -> HttpResponseBase:
    brand = BrandSettings.in_force()
    text = PreviewText(brand.claim, "", brand.wordmark, brand.claim)
    return _answer(request, text, _address(brand.wordmark, brand.claim, None))


def _answer(request: HttpRequest, text: PreviewText, address: str) -> HttpResponseBase:
    """Old and invented addresses lead to the one that holds, so that nobody can have a picture drawn twice."""
    if request.path != address:
        return HttpResponseRedirect(address)
    etag = quote_etag(text.digest)
    response = get_conditional_response(request, etag=etag) or HttpResponse(_drawn(text), content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=86400"
    # Made to be shown elsewhere; everything else of this site is not.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _drawn(text: PreviewText) -> bytes:
    key = f"foundation.preview.{text.digest}"
    picture: bytes | None = cache.get(key)
    if picture is None:
        picture = draw_preview(text)
        cache.set(key, picture, KEPT_FOR)
    return picture
