"""What must not be open where the site is at work."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def nothing_inside_is_fetched(**_: object) -> list[CheckMessage]:
    if settings.FETCHING_ALLOWED_INSIDE:
        return [
            Error(
                "FETCHING_ALLOWED_INSIDE lets the site fetch from inside the network; it is for tests alone.",
                id="foundation.E020",
            )
        ]
    return []
