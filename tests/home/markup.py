"""What a machine can see in a page's HTML without a browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from tests import schema_org

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
OPTIONAL_END = {"li", "p", "dt", "dd", "option", "tr", "td", "th"}
LOADING = {"img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",), "iframe": ("src",)}
_LINK_LOADS = {"stylesheet", "icon", "preload", "modulepreload"}


class Markup(HTMLParser):
    """Collects links, loads and JSON-LD, and complains about what does not close, repeat or describe itself."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.followed: list[str] = []
        """Those that search engines are to follow."""
        self.loads: list[str] = []
        self.complaints: list[str] = []
        self.data: list[dict[str, Any]] = []
        self._is_data = False
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._levels: list[int] = []
        self.feed(text)
        self.close()
        if self._open:
            self.complaints.append(f"not closed: {self._open}")
        if self._levels.count(1) != 1:
            self.complaints.append(f"{self._levels.count(1)} h1")
        steps = zip(self._levels, self._levels[1:], strict=False)
        self.complaints += [f"h{before} before h{after}" for before, after in steps if after > before + 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        self._is_data = tag == "script" and values.get("type") == "application/ld+json"
        if tag == "a":
            self.links.append(values.get("href") or "")
            if "nofollow" not in (values.get("rel") or ""):
                self.followed.append(values.get("href") or "")
        if tag == "link" and _LINK_LOADS & set((values.get("rel") or "").split()):
            self.loads.append(values.get("href") or "")
        for name in LOADING.get(tag, ()):
            if values.get(name):
                self.loads += [part.split()[0] for part in str(values[name]).split(",")]
        self._complain(tag, values)
        if re.fullmatch("h[1-6]", tag):
            self._levels.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data.append(json.loads(data))
            self.complaints += schema_org.complaints(self.data[-1])

    def _complain(self, tag: str, values: dict[str, str | None]) -> None:
        if tag == "img" and not {"alt", "width", "height"} <= values.keys():
            self.complaints.append(f"img without alt, width or height: {values.get('src')}")
        if tag == "style" or "style" in values:
            self.complaints.append(f"inline style in {tag}")
        is_data = values.get("type") == "application/ld+json"
        if (tag == "script" and "src" not in values and not is_data) or any(name.startswith("on") for name in values):
            self.complaints.append(f"inline script in {tag}")
        identity = values.get("id")
        if identity in self._ids:
            self.complaints.append(f"id twice: {identity}")
        if identity:
            self._ids.add(identity)

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False
        if tag in VOID:
            return
        if tag not in self._open:
            self.complaints.append(f"closes nothing: {tag}")
            return
        while self._open[-1] != tag:
            if self._open[-1] not in OPTIONAL_END:
                self.complaints.append(f"{self._open[-1]} still open at the end of {tag}")
            self._open.pop()
        self._open.pop()
