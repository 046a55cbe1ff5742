"""What the apps above say of an office day before it is saved or deleted.

One of them registers here; this app never looks up to them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from offices.models import OfficeDay

OfficeDayEffect = Callable[[OfficeDay, Collection[int] | None, HttpRequest], Component]

_effects: list[OfficeDayEffect] = []


def register_office_day_effect(effect: OfficeDayEffect) -> None:
    """`effect` shows what saving the day with these advisors (their keys) would do; with None, what deleting would."""
    _effects[:] = [effect]


def office_day_effect(
    office_day: OfficeDay, advisors: Collection[int] | None, request: HttpRequest
) -> Component | None:
    return _effects[0](office_day, advisors, request) if _effects else None
