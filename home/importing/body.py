"""HTML of the old site as blocks of a news page. What the editor's own converter does not know does not get in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from home.blocks import TextBody
from home.importing.tables import cells_of, table_value

Picture = Callable[[str, str], dict[str, Any] | None]
"""Of `src` and `alt`: the value of a picture block; None where the picture is left out."""

Note = Callable[[str], None]
"""Takes a sentence for the editor who looks through the drafts."""

_HEADINGS = {"h2": "heading", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_WRITTEN = frozenset({"p", "ul", "ol"})
_KEPT_LINKS = frozenset({"http", "https", "mailto", "tel"})
_LONGEST_HEADING = 120


@dataclass(slots=True)
class Blocks:
    """What has been read so far; text gathers until a heading or a picture ends the paragraph."""

    picture: Picture
    note: Note
    pieces: list[tuple[str, Any]] = field(default_factory=list)
    gathered: list[str] = field(default_factory=list)

    def add(self, element: Tag | NavigableString) -> None:
        if isinstance(element, NavigableString):
            self.gathered.append(f"<p>{_escaped(element)}</p>")
        elif element.name == "h2":
            self.add_heading(element.get_text(" ", strip=True))
        elif element.name == "table":
            self.add_table(element)
        elif element.name == "img":
            self.add_pictures_in(BeautifulSoup(str(element), "html.parser"))
        else:
            if element.name in _HEADINGS:
                element.name = "h3"
            elif element.name not in _WRITTEN:
                element.name = "p"
            self.add_pictures_in(element)
            if element.get_text(strip=True):
                self.gathered.append(str(element))

    def add_table(self, element: Tag) -> None:
        """What is no table to compare values in was one to arrange text in: that text follows cell by cell, after the
        caption."""
        value = table_value(copy(element), clean=cleaned, note=self.note)
        if value is None:
            for caption in element.find_all("caption", recursive=False):
                self.add(caption)
            for cell in cells_of(element):
                for part in _top(cell):
                    self.add(part)
            return
        self.add_pictures_in(element)
        self.close()
        self.pieces.append(("table", value))

    def close(self) -> None:
        html = cleaned("".join(self.gathered)) if self.gathered else ""
        if BeautifulSoup(html, "html.parser").get_text(strip=True):
            self.pieces.append(("paragraph", html))
        self.gathered = []

    def add_heading(self, text: str) -> None:
        if text:
            self.close()
            self.pieces.append(("heading", text[:_LONGEST_HEADING]))

    def add_pictures_in(self, element: Tag) -> None:
        for image in element.find_all("img"):
            value = self.picture(str(image.get("src") or ""), str(image.get("alt") or ""))
            image.decompose()
            if value is not None:
                self.close()
                self.pieces.append(("picture", value))


def blocks_of(soup: BeautifulSoup, picture: Picture, note: Note) -> list[tuple[str, Any]]:
    blocks = Blocks(picture, note)
    _unwrap_dead_links(soup)
    for element in _top(soup.body or soup):
        blocks.add(element)
    blocks.close()
    return blocks.pieces


def cleaned(html: str) -> str:
    """As if somebody had typed it into the editor: its converter there and back, with the features of „Absatz“."""
    converter = ContentstateConverter(TextBody().child_blocks["paragraph"].features)
    text = converter.to_database_format(converter.from_database_format(html))
    return re.sub(r' data-block-key="\w+"', "", text)


def _top(element: Tag) -> Iterator[Tag | NavigableString]:
    """The parts of a text in their order, out of whatever frames the old site put around them."""
    for child in list(element.children):
        if isinstance(child, Tag):
            if child.name in {"div", "section", "article", "main", "figure", "blockquote", "header", "footer", "body"}:
                yield from _top(child)
            else:
                yield child
        elif type(child) is NavigableString and child.strip():
            yield child


def _unwrap_dead_links(soup: BeautifulSoup) -> None:
    """Addresses inside the old site lead nowhere, and no scheme but these gets in; nor what Wagtail would take for a
    link to a page of ours."""
    for link in soup.find_all("a"):
        try:
            scheme = urlsplit(str(link.get("href") or "").strip()).scheme.lower()
        except ValueError:
            scheme = ""
        if scheme in _KEPT_LINKS:
            link.attrs = {"href": link["href"]}
        else:
            link.unwrap()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
