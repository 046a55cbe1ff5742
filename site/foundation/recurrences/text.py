"""Between the text of a recurrence (RFC 5545, as django-recurrence writes it) and the days that it speaks of.

The library stores moments in UTC, and its widget writes a chosen day as the midnight of the browser's own zone, so one
and the same day arrives as 23:00Z or 22:00Z of the day before (Berlin, Athens) or as 05:00Z (New York). A stamp in UTC
therefore names the day whose UTC midnight is nearest: after noon it is the next day, up to and including noon its own.
That is right for every browser from UTC-12 to just below UTC+12. We write noon in UTC ourselves, which every one of
those zones reads as the same day again.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import recurrence
from django.core.exceptions import ValidationError
from django.utils import timezone

MAX_LENGTH = 6000
"""Characters of a rule text: room for 200 single dates, which take 24 each, and a few rules."""

_STAMP = re.compile(r"(?<![\dT])(\d{8})(?:T(\d{6})(Z?))?(?![\dTZ])")
_NOON = 12 * 3600


def parse(text: str) -> recurrence.Recurrence:
    """The recurrence of a text, all its stamps at noon of the day meant, without clock times and without start.

    Raises ValueError where the text cannot be read.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError("rule text too long")
    unified = _STAMP.sub(_noon_of_day, text.replace("\r", "").strip())
    try:
        parsed = recurrence.deserialize(unified, include_dtstart=False)
        recurrence.validate(parsed)
    except (ValidationError, TypeError, OverflowError, AttributeError, IndexError) as error:
        raise ValueError(str(error)) from error
    parsed.dtstart = parsed.dtend = None
    return parsed


def as_text(value: recurrence.Recurrence | None) -> str:
    """The text to store and to send to the browser, the same in every time zone. Raises ValueError."""
    if value is None:
        return ""
    days_only = recurrence.Recurrence(
        rrules=[_until_at_noon(rule) for rule in value.rrules],
        exrules=[_until_at_noon(rule) for rule in value.exrules],
        rdates=sorted({_at_noon(moment) for moment in value.rdates}),
        exdates=sorted({_at_noon(moment) for moment in value.exdates}),
        include_dtstart=False,
    )
    try:
        with timezone.override(UTC):
            return recurrence.serialize(days_only) or ""
    except (ValidationError, TypeError, OverflowError, AttributeError, IndexError) as error:
        raise ValueError(str(error)) from error


def _noon_of_day(match: re.Match[str]) -> str:
    digits, clock, zulu = match.groups()
    try:
        moment = datetime.strptime(digits + (clock or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007  # a day, no moment
        day = _day_of_stamp(moment) if zulu else moment
    except OverflowError as error:
        raise ValueError("date out of range") from error
    return f"{day.year:04d}{day.month:02d}{day.day:02d}T120000"


def _day_of_stamp(moment: datetime) -> datetime:
    """`moment` is UTC without a zone; see the rule above."""
    past_noon = moment.hour * 3600 + moment.minute * 60 + moment.second > _NOON
    return moment + timedelta(days=1) if past_noon else moment


def _at_noon(moment: datetime) -> datetime:
    if timezone.is_aware(moment):
        moment = _day_of_stamp(moment.astimezone(UTC).replace(tzinfo=None))
    return moment.replace(hour=12, minute=0, second=0, microsecond=0)


def _until_at_noon(rule: recurrence.Rule) -> recurrence.Rule:
    if rule.until is None:
        return rule
    by = {name: getattr(rule, name) for name in recurrence.Rule.byparams}
    return recurrence.Rule(
        rule.freq, interval=rule.interval, wkst=rule.wkst, count=rule.count, until=_at_noon(rule.until), **by
    )
