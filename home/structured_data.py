"""What search engines may read of a page (schema.org); nothing that the page does not show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from foundation.days import beginning_of
from foundation.pictures import may_be_shown, picture_address
from home.models import EventDate, EventPage, NewsPage
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


def event_dates(page: EventPage, dates: list[EventDate], *, address: str, network: str) -> dict[str, Any]:
    """An Event for each date; an image only where the page has one."""
    status = "EventCancelled" if page.is_cancelled else "EventScheduled"
    mode = "OnlineEventAttendanceMode" if page.is_online else "OfflineEventAttendanceMode"
    common = {
        "@type": "Event",
        "name": page.title,
        "description": page.lead,
        "url": address,
        "inLanguage": settings.LANGUAGE_CODE,
        "eventStatus": f"{CONTEXT}/{status}",
        "eventAttendanceMode": f"{CONTEXT}/{mode}",
        "location": _location(page, address),
        "organizer": {"@type": "Organization", "name": network, "url": f"{settings.BASE_URL}/"},
        **({"image": [picture_address(page.picture, "wide")]} if page.picture and may_be_shown(page.picture) else {}),
    }
    spans = [
        {name: timezone.localtime(moment).isoformat() for name, moment in pairs}
        for pairs in ((("startDate", date.starts_at), ("endDate", date.ends_at)) for date in dates)
    ]
    return {"@context": CONTEXT, "@graph": [common | span for span in spans]}


def _location(page: EventPage, address: str) -> dict[str, Any]:
    if page.is_online and not page.office and not page.town:
        return {"@type": "VirtualLocation", "url": page.registration_url or address}
    where = page.office or page
    return {
        "@type": "Place",
        "name": page.office.name if page.office else page.venue or page.town,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": where.street,
            "postalCode": where.postcode,
            "addressLocality": where.town,
            "addressCountry": "DE",
        },
    }
