"""What the home page says of its own: stories, voices, who carries the network; and the map in its language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.languages import current_language
from foundation.pictures import fetch_renditions, may_be_shown, render_picture
from foundation.translations import Versions
from home.partners import Partner, sponsors
from offices.selectors import MapNode, network_map

if TYPE_CHECKING:
    from home.models import HomePage, PartnersPage


@dataclass(frozen=True, slots=True)
class Slide:
    title: str
    url: str
    picture: SafeString
    credit: str


@dataclass(frozen=True, slots=True)
class Voice:
    """`portrait` is rendered, empty where there is none."""

    text: str
    name: str
    role: str
    portrait: SafeString
    credit: str


@dataclass(frozen=True, slots=True)
class OwnParts:
    slides: list[Slide]
    voices: list[Voice]
    partners: list[Partner]


def own_parts(page: HomePage, partners: PartnersPage | None, request: HttpRequest | None) -> OwnParts:
    """At most five queries: the pictures of each of the three streams, all their renditions, the stories' pages."""
    stories = [block.value for block in page.stories if may_be_shown(block.value["picture"])]
    voices = [block.value for block in page.voices]
    logos = [block.value["logo"] for block in partners.sponsors] if partners else []
    fetch_renditions([*(story["picture"] for story in stories), *(voice["portrait"] for voice in voices), *logos])
    return OwnParts(
        slides=[_slide(story, request, lazy=number > 0) for number, story in enumerate(stories)],
        voices=[_voice(voice) for voice in voices],
        partners=sponsors(partners) if partners else [],
    )


def _slide(story: Any, request: HttpRequest | None, *, lazy: bool) -> Slide:
    image, beyond = story["picture"], story["page"]
    return Slide(
        title=story["caption"],
        url=(beyond.get_url(request) if beyond and beyond.live else "") or "",
        picture=render_picture(image, "card", alt=image.contextual_alt_text or "", lazy=lazy),
        credit=image.shown_credit,
    )


def _voice(voice: Any) -> Voice:
    """A portrait that may no longer be shown leaves with its credit; the words stay."""
    image = voice["portrait"] if may_be_shown(voice["portrait"]) else None
    return Voice(
        text=voice["quotation"],
        name=voice["speaker"],
        role=voice["role"],
        portrait=render_picture(image, "portrait") if image else SafeString(""),
        credit=image.shown_credit if image else "",
    )


def map_in_language(request: HttpRequest | None, versions: Versions) -> list[MapNode]:
    """The network map; its places lead to the offices in the language of the page, where somebody has written them."""
    there = {
        key: version.url
        for key, found in versions.items()
        for version in found
        if version.language == current_language()
    }
    nodes = network_map(request)
    return [replace(node, url=there.get(node.page_key, node.url)) if node.page_key else node for node in nodes]
