"""Shape of the demo's pages in other languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from home.demo.front_page import StepText, VoiceText
from home.demo.pages import PageText


@dataclass(frozen=True, slots=True)
class CaptionText:
    """A story of the slider; `german_slug` is of the page whose version it leads to."""

    scene: str
    caption: str
    german_slug: str
    alt: str


@dataclass(frozen=True, slots=True)
class OfficePageText:
    """What an office's page says beside the facts, which come from the office."""

    title: str
    lead: str
    search_description: str
    arrival: str
    text: str


@dataclass(frozen=True, slots=True)
class Branch:
    """`pages` by the slug of the German page that says the same, in the order of the menu; `offices` by that of the
    office."""

    code: str
    headline: str
    lead: str
    search_description: str
    next_steps_heading: str
    next_steps: tuple[StepText, ...]
    voices_heading: str
    voices: tuple[VoiceText, ...]
    stories: tuple[CaptionText, ...]
    pages: dict[str, PageText] = field(default_factory=dict)
    offices: dict[str, OfficePageText] = field(default_factory=dict)
