"""What a page tells those who show a link to it."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from foundation.models import BasePage
from foundation.previews import SocialPreview, social_preview_of

register = template.Library()


@register.simple_tag
def social_preview(brand: Mapping[str, str] | None, page: BasePage | None = None) -> SocialPreview | None:
    """The picture of a page, without one that of the network; none where nobody knows the brand or nothing is saved."""
    if not brand or (page is not None and page.pk is None):
        return None
    return social_preview_of(brand["wordmark"], brand["claim"], page)
