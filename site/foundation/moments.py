"""How days and times of the wall clock read in the language of the page."""

from __future__ import annotations

from datetime import date, time

from django.utils.formats import date_format

from foundation.languages import current_language

_DAYS = {"en": "l j F"}


def day_in_words(day: date) -> str:
    """„Montag, 1. Dezember“, “Monday 1 December”"""
    return date_format(day, _DAYS.get(current_language().code, "l, j. F"))


def time_in_words(moment: time) -> str:
    """„9:00 Uhr“, “9:00”, in Leichter Sprache „9 Uhr“"""
    code = current_language().code
    if code == "en":
        return clock(moment)
    return f"{clock(moment).removesuffix(':00') if code == 'de-simple' else clock(moment)} Uhr"


def span_in_words(opens: time, closes: time) -> str:
    """„9:00–12:30 Uhr“, “9:00–12:30”, in Leichter Sprache „9 Uhr bis 12:30 Uhr“; the end of a day is 24:00."""
    code = current_language().code
    end = "24:00" if closes == time.min else clock(closes)
    if code == "de-simple":
        return f"{time_in_words(opens)} bis {end.removesuffix(':00')} Uhr"
    return f"{clock(opens)}–{end}{'' if code == 'en' else ' Uhr'}"


def clock(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"
