"""Choosing the duration of a consultation in the desk's forms."""

from __future__ import annotations

from typing import Any

from django import forms

from booking.models.fields import LONGEST, SHORTEST


class DurationChoice(forms.IntegerField):
    def __init__(self) -> None:
        super().__init__(
            label="Dauer (Minuten)",
            required=False,
            min_value=SHORTEST,
            max_value=LONGEST,
            help_text="Leer lassen: die übliche Dauer des Anliegens.",
        )


def check_duration(form: forms.Form, values: dict[str, Any]) -> None:
    """Lets through what the chosen service can be had for; the usual duration is None."""
    service, minutes = values.get("anliegen"), values.get("dauer")
    if service is None or minutes is None:
        return
    if minutes not in service.durations:
        form.add_error("dauer", f"„{service}“ dauert {service.duration_label}.")
    elif minutes == service.duration:
        values["dauer"] = None
