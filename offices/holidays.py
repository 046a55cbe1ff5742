"""Public holidays, and on which of them an office is closed.

The days come from the `holidays` library: those in law in Lower Saxony (NFeiertagsG), and Fronleichnam and
Allerheiligen, which some districts keep although they are no holidays in law there.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

import holidays
from django.db import models


class PublicHoliday(models.TextChoices):
    """The labels are the library's German names: by them its days are recognised."""

    NEW_YEAR = "new_year", "Neujahr"
    GOOD_FRIDAY = "good_friday", "Karfreitag"
    EASTER_MONDAY = "easter_monday", "Ostermontag"
    LABOUR_DAY = "labour_day", "Erster Mai"
    ASCENSION = "ascension", "Christi Himmelfahrt"
    WHIT_MONDAY = "whit_monday", "Pfingstmontag"
    CORPUS_CHRISTI = "corpus_christi", "Fronleichnam"
    UNITY_DAY = "unity_day", "Tag der Deutschen Einheit"
    REFORMATION = "reformation", "Reformationstag"
    ALL_SAINTS = "all_saints", "Allerheiligen"
    CHRISTMAS = "christmas", "Erster Weihnachtstag"
    BOXING_DAY = "boxing_day", "Zweiter Weihnachtstag"


KEPT_BY_CUSTOM = (PublicHoliday.CORPUS_CHRISTI, PublicHoliday.ALL_SAINTS)
"""No holidays in the law of Lower Saxony; an office may keep them."""


def holidays_in_law() -> list[str]:
    """Where an office starts: closed on every holiday in law, open on the two others."""
    return [holiday.value for holiday in PublicHoliday if holiday not in KEPT_BY_CUSTOM]


def days_closed(kept: Collection[str], years: range) -> dict[date, str]:
    """The days of those years on which an office that keeps these holidays is closed, each with its German name.

    A holiday that the law adds later (the library knows it, `PublicHoliday` does not) closes every office.
    """
    found: dict[date, str] = {}
    for year in years:
        found.update(_closed_in(frozenset(kept), year))
    return found


@lru_cache(maxsize=256)
def _closed_in(kept: frozenset[str], year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for day, name in _named_days(year):
        code = _CODES.get(name)
        if code is None or code in kept:
            found.setdefault(day, name)
    return found


_CODES: dict[str, str] = {str(label): value for value, label in PublicHoliday.choices}


@lru_cache(maxsize=64)
def _named_days(year: int) -> tuple[tuple[date, str], ...]:
    """Day and name; two holidays may fall on one day (Ascension on 1 May 2008)."""
    in_law = holidays.Germany(subdiv="NI", years=year, language="de")
    days = [(day, name) for day in sorted(in_law) for name in in_law.get_list(day)]
    # North Rhine-Westphalia has both days in its law, so the library computes them there.
    neighbour = holidays.Germany(subdiv="NW", years=year, language="de")
    by_custom = {holiday.label for holiday in KEPT_BY_CUSTOM}
    days += [(day, name) for day in sorted(neighbour) for name in neighbour.get_list(day) if name in by_custom]
    return tuple(sorted(days))
