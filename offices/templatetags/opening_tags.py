"""Opening hours in the language of the page."""

from __future__ import annotations

from datetime import time

from django import template
from django.utils.dates import WEEKDAYS

from foundation.languages import current_language
from foundation.moments import day_in_words, span_in_words
from foundation.phrases import phrase
from offices.opening import DayHours, SpecialDay

register = template.Library()
register.filter("day_in_words", day_in_words)


@register.filter
def weekday_in_words(day: DayHours) -> str:
    return str(WEEKDAYS[day.weekday])


@register.filter
def hours_in_words(day: DayHours | SpecialDay) -> str:
    """„9:00–12:30 Uhr und 14:00–17:00 Uhr“"""
    joint = f" {phrase('und', current_language())} "
    return joint.join(span_in_words(*map(time.fromisoformat, pair)) for pair in day.iso)
