"""Every component of templates/components with the states that it can be in: what /stil/ shows and what tests walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """`context` is what the caller of the component would hand over; made when asked, as it may hold forms."""

    title: str
    context: Callable[[], Context]


@dataclass(frozen=True, slots=True)
class Component:
    """Named like its template, sheet and module."""

    name: str
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    components: tuple[Component, ...]


def component(name: str, states: Mapping[str, Context | Callable[[], Context]]) -> Component:
    """`component("button", {"Hauptknopf": {"label": "…"}})`"""

    def made(given: Context | Callable[[], Context]) -> Callable[[], Context]:
        return given if callable(given) else lambda: given

    return Component(name, tuple(State(title, made(given)) for title, given in states.items()))
