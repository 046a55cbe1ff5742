"""Shape of the demo's pages in other languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from home.demo.front_page import StepText
from home.demo.pages import PageText


@dataclass(frozen=True, slots=True)
class Branch:
    """`pages` by the slug of the German page that says the same, in the order of the menu."""

    code: str
    headline: str
    lead: str
    search_description: str
    next_steps_heading: str
    next_steps: tuple[StepText, ...]
    pages: dict[str, PageText] = field(default_factory=dict)
