from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from foundation.breadcrumbs import Crumb

register = template.Library()
# As Django's json_script: no text of anybody can end the element or begin one.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data(data: dict[str, Any]) -> SafeString:
    """JSON-LD. A block of data is no script: the content policy, which allows none inside a page, lets it be."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag
def breadcrumbs_data(breadcrumbs: Iterable[Crumb], title: str, address: str) -> SafeString:
    """schema.org BreadcrumbList of the way that the page shows, itself at the end."""
    way = [(crumb.title, urljoin(settings.BASE_URL, crumb.url)) for crumb in breadcrumbs]
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate([*way, (title, address)], start=1)
    ]
    return structured_data({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
