"""What the apps above say of an office, a person or an office day before it is saved or deleted.

They register here; this app never looks up to them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

_effects: dict[type[Model], Callable[..., Component]] = {}


def register_effect(model: type[Model], effect: Callable[..., Component]) -> None:
    """`effect` shows, of a thing and a request, what saving would do; of offices and people, with `deletes`, what
    deleting would. Of office days it also gets their `advisors` (their keys), or None for deleting the day."""
    _effects[model] = effect


def effect_of(thing: Model, request: HttpRequest, **more: Any) -> Component | None:
    effect = _effects.get(type(thing))
    return effect(thing, request, **more) if effect else None
