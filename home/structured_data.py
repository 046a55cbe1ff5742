"""What search engines may read of a page (schema.org); nothing that the page does not show."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone

from foundation.models import CreditedImage
from foundation.pictures import specs
from home.models import NewsPage
from home.surroundings import Surroundings

CONTEXT = "https://schema.org"


def news_article(page: NewsPage, around: Surroundings, address: str) -> dict[str, Any]:
    network = {"@type": "Organization", "name": around.network, "url": f"{settings.BASE_URL}/"}
    return {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "mainEntityOfPage": address,
        "headline": page.title,
        "description": page.lead,
        "datePublished": day_as_moment(page.date),
        **({"dateModified": day_as_moment(page.updated_on)} if page.updated_on else {}),
        "inLanguage": settings.LANGUAGE_CODE,
        "author": {"@type": "Person", "name": page.author_initials} if page.author_initials else network,
        "publisher": network,
        "keywords": [place.label for place in around.places],
        "image": [picture_address(block.value["picture"]) for block in page.pictures if block.value["picture"]],
    }


def day_as_moment(day: date) -> str:
    """Its beginning on the wall clock of the site, with offset."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).isoformat()


def picture_address(image: CreditedImage) -> str:
    """Of the widest JPEG that pages show. No query where the renditions are fetched."""
    address: str = urljoin(settings.BASE_URL, image.get_rendition(specs("wide")[-1]).url)
    return address
