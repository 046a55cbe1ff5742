"""Markdown of the handbook as HTML of the admin."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(settings.ROOT) / "docs" / "handbuch"
FRONT = "README"
"""The page that lists the others, named so that code hosts show it with the folder."""

_PICTURE = re.compile(r"bilder/(?P<name>[a-z0-9-]+)\.webp")
_PAGE = re.compile(r"(?P<slug>[a-z]+|README)\.md(?P<anchor>#[\w-]+)?")


def slugs() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != FRONT)


def anchor_of(heading: str) -> str:
    """As code hosts make them: lower case, hyphens for spaces, other signs left out; links work in both places."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def title_and_text(slug: str) -> tuple[str, SafeString]:
    """The first heading, which the admin shows itself, and what stands below it. No HTML of the source passes."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse((FOLDER / f"{slug}.md").read_text(encoding="utf-8"))
    title, body = tokens[1].content, tokens[3:]
    for opening, content in pairwise(body):
        if opening.type == "heading_open":
            opening.attrSet("id", anchor_of(content.content))
    for token in body:
        for child in token.children or []:
            _lead_into_the_admin(child)
    return title, mark_safe(parser.renderer.render(body, parser.options, {}))


def _lead_into_the_admin(token: Token) -> None:
    if token.type == "image" and (picture := _PICTURE.fullmatch(str(token.attrGet("src")))):
        token.attrSet("src", reverse("handbuch:picture", args=[picture["name"]]))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open" and (page := _PAGE.fullmatch(str(token.attrGet("href")))):
        token.attrSet("href", address_of(page["slug"]) + (page["anchor"] or ""))


def address_of(slug: str) -> str:
    return reverse("handbuch:index") if slug == FRONT else reverse("handbuch:page", args=[slug])
