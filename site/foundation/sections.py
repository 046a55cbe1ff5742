"""Places on a page for what the apps above know of its subject: they register, the page's own app never looks up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

Subject = TypeVar("Subject")


class Sections(Generic[Subject]):
    def __init__(self) -> None:
        self._registered: list[tuple[str, Callable[[Subject], dict[str, object]]]] = []

    def register(self, template: str, context: Callable[[Subject], dict[str, object]]) -> None:
        """`context` gives that of `template` for a subject; sections stand in the order of their registration."""
        if (template, context) not in self._registered:
            self._registered.append((template, context))

    def render(self, subject: Subject) -> SafeString:
        return mark_safe("".join(render_to_string(name, context(subject)) for name, context in self._registered))
