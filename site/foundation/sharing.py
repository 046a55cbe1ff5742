"""Plain links by which readers pass a page on. Nothing is loaded from anybody before a click."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class ShareLink:
    """`receiver` is the host that learns of the click, empty where none does."""

    label: str
    receiver: str
    url: str


def share_links(title: str, url: str) -> list[ShareLink]:
    mail = urlencode({"subject": title, "body": f"{title}\n{url}"}, quote_via=quote)
    return [
        ShareLink("E-Mail", "", f"mailto:?{mail}"),
        ShareLink("WhatsApp", "wa.me", f"https://wa.me/?{urlencode({'text': f'{title} {url}'}, quote_via=quote)}"),
        ShareLink(
            "LinkedIn", "linkedin.com", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}"
        ),
        ShareLink("Facebook", "facebook.com", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"),
    ]
