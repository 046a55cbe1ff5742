from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from foundation.breadcrumbs import Crumb
from foundation.languages import MAIN, current_language
from foundation.translations import Version

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


@register.simple_tag
def page_data(title: str, address: str) -> SafeString:
    """schema.org WebPage: the language of this page, as a part of the one site."""
    return structured_data({"@context": "https://schema.org"} | _page(title, address))


def _page(title: str, address: str) -> dict[str, Any]:
    part = {"isPartOf": {"@id": f"{settings.BASE_URL}/#website"}}
    return {"@type": "WebPage", "url": address, "name": title, "inLanguage": current_language().code} | part


@register.simple_tag
def network_data(
    brand: dict[str, str], search: str, home_pages: Iterable[Version], title: str, address: str
) -> SafeString:
    """schema.org Organization and WebSite, the same on the home page of each language, and that page itself. `search`
    is the path of the search; `home_pages` are those of all languages, none where the site has but one.
    """
    home = f"{settings.BASE_URL}/"
    contact = {"email": brand.get("contact_email"), "telephone": brand.get("contact_phone")}
    organization = {
        "@type": "Organization",
        "@id": f"{home}#netz",
        "name": brand["wordmark"],
        "slogan": brand["claim"],
        "url": home,
        "logo": settings.BASE_URL + reverse("touch_icon"),
        **{name: value for name, value in contact.items() if value},
    }
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{settings.BASE_URL}{search}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    site = {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "name": brand["wordmark"],
        "url": home,
        "inLanguage": [version.language.code for version in home_pages] or [MAIN.code],
        "publisher": {"@id": organization["@id"]},
        "potentialAction": action,
    }
    return structured_data({"@context": "https://schema.org", "@graph": [organization, site, _page(title, address)]})
