"""What search engines may read of a page (schema.org); nothing that the page does not show."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from foundation.days import beginning_of
from foundation.pictures import may_be_shown, picture_address
from home.models import NewsPage
from home.surroundings import Surroundings

CONTEXT = "https://schema.org"


def news_article(page: NewsPage, around: Surroundings, address: str) -> dict[str, Any]:
    network = {"@type": "Organization", "name": around.network, "url": f"{settings.BASE_URL}/"}
    pictures = [block.value["picture"] for block in page.pictures]
    return {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "mainEntityOfPage": address,
        "headline": page.title,
        "description": page.lead,
        "datePublished": beginning_of(page.date).isoformat(),
        **({"dateModified": beginning_of(page.updated_on).isoformat()} if page.updated_on else {}),
        "inLanguage": settings.LANGUAGE_CODE,
        "author": {"@type": "Person", "name": page.author_initials} if page.author_initials else network,
        "publisher": network,
        "keywords": [place.label for place in around.places],
        "image": [picture_address(picture, "wide") for picture in pictures if may_be_shown(picture)],
    }
