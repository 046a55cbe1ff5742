"""„Auswirkung zeigen“: what a closure would do, in the values of `booking/desk/effect.html`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from booking.effects.closures import effect_of_closure
from booking.models import Appointment, Closure
from booking.permissions import AppointmentPolicy

EFFECT = "auswirkung"
"""The name of the button."""


def effect_values(closure: Closure, request: HttpRequest) -> dict[str, Any]:
    """Of appointments that the user may not see only the number is told."""
    effect = effect_of_closure(closure, now=timezone.now())
    seen = AppointmentPolicy(Appointment).instances_user_has_any_permission_for(request.user, ["view"])
    visible = set(seen.filter(pk__in=[each.pk for each in effect.met]).values_list("pk", flat=True))
    return {
        "weeks": [
            {"effect": week, "number": week.monday.isocalendar().week, "sunday": week.monday + timedelta(days=6)}
            for week in effect.weeks
            if week.changes
        ],
        "gained": effect.gained,
        "lost": effect.lost,
        "last": effect.last,
        "met": [each for each in effect.met if each.pk in visible],
        "others": len(effect.met) - len(visible),
    }
