"""Growing the page tree and writing streams."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.models import Page

from home.demo.documents import document
from home.demo.front_page import StepText
from home.demo.news import Piece
from home.demo.pictures import picture


def add_missing(parent: Page, slug: str, make: Callable[[], Page]) -> bool:
    """Publish a new child unless one of that slug is there; says whether there was something to do."""
    if parent.get_children().filter(slug=slug).exists():
        return False
    page = make()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return True


def stream(pieces: Iterable[Piece]) -> str:
    """Pieces of the demo's texts as the JSON that a StreamField reads; scenes and files are named there."""
    return json.dumps([{"type": name, "value": _value(value)} for name, value in pieces])


def steps(texts: Iterable[StepText]) -> str:
    return stream(("step", {"when": step.when, "title": step.title, "text": step.text}) for step in texts)


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    rest = {key: _value(entry) for key, entry in value.items() if key not in {"scene", "file"}}
    if "scene" in value:
        return {"picture": image_value(value["scene"]), **rest}
    return {"document": document(value["file"]).pk, **rest} if "file" in value else rest


def image_value(scene: str) -> dict[str, Any]:
    image = picture(scene)
    return {"image": image.pk, "decorative": False, "alt_text": image.description}
