"""Form field that takes a recurrence from the browser and lets only days through."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import recurrence
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from recurrence.forms import RecurrenceField, RecurrenceWidget

from foundation.recurrences.expansion import days_of
from foundation.recurrences.rules import FREQUENCIES
from foundation.recurrences.text import MAX_LENGTH, as_text, parse

MAX_RULES = 5
MAX_EXCLUDED_RULES = 2
MAX_DATES = 200
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Single days outside are typing mistakes."""

_TRIAL_START, _TRIAL = date(2024, 1, 1), timedelta(days=9 * 366)
_START_OR_END = re.compile(r"^[^\S\n]*DT(START|END)", re.MULTILINE | re.IGNORECASE)


def holds_start_or_end(text: str) -> bool:
    return _START_OR_END.search(text) is not None


class DayRecurrenceWidget(RecurrenceWidget):
    """The library's widget, in German, started by our own script: Wagtail's admin has neither Django's jQuery object
    nor its page frame. The catalogue stands first because the widget's scripts translate while they load."""

    def get_media(self) -> forms.Media:
        return forms.Media(
            js=[
                reverse("recurrence_catalog"),
                "recurrence/js/recurrence.js",
                "recurrence/js/recurrence-widget.js",
                "js/admin-recurrence.js",
            ],
            css={"all": ["recurrence/css/recurrence.css", "css/admin-recurrence.css"]},
        )

    media = property(get_media)

    def format_value(self, value: Any) -> str:
        return as_text(value) if isinstance(value, recurrence.Recurrence) else value or ""


class DayRecurrenceFormField(RecurrenceField):
    """Frequencies from daily to yearly, bounded counts; whatever cannot be expanded is an error, never a crash."""

    widget = DayRecurrenceWidget
    default_error_messages = {
        "required": "Bitte wählen Sie mindestens eine Regel oder ein Datum.",
        "recurrence_required": "Bitte wählen Sie mindestens eine Regel oder ein Datum.",
        "too_long": "Das sind zu viele Regeln und Daten. Bitte legen Sie mehrere Einträge an.",
        "unreadable": "Diese Regel lässt sich nicht lesen. Bitte legen Sie sie neu an.",
        "start_or_end": "Beginn und Ende gehören in die Felder für den ersten und den letzten Tag.",
        "invalid_frequency": "Möglich sind täglich, wöchentlich, monatlich und jährlich.",
        "max_rrules_exceeded": "Höchstens %(limit)s Regeln. Bitte legen Sie einen weiteren Eintrag an.",
        "max_exrules_exceeded": "Höchstens %(limit)s Regeln, die Tage ausschließen.",
        "max_dates_exceeded": "Höchstens %(limit)s einzelne Daten.",
        "date_out_of_range": "Ein Datum liegt vor dem Jahr 2000 oder nach dem Jahr 2099.",
        "impossible": "Diese Regel trifft keinen einzigen Tag.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("frequencies", FREQUENCIES)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> recurrence.Recurrence | None:
        text = str(value or "").strip()
        if len(text) > MAX_LENGTH:
            raise self._error("too_long")
        if not text:
            if self.required:
                raise self._error("recurrence_required")
            return recurrence.Recurrence(include_dtstart=False)
        if holds_start_or_end(text):
            raise self._error("start_or_end")
        try:
            parsed = parse(text)
        except (ValueError, OverflowError) as error:
            raise self._error("unreadable") from error
        self._check_limits(parsed)
        self._check_expansion(parsed)
        return parsed

    def _check_limits(self, parsed: recurrence.Recurrence) -> None:
        rules = [*parsed.rrules, *parsed.exrules]
        dates = [*parsed.rdates, *parsed.exdates]
        if any(rule.freq not in self.frequencies for rule in rules):
            raise self._error("invalid_frequency")
        if len(parsed.rrules) > MAX_RULES:
            raise self._error("max_rrules_exceeded", limit=MAX_RULES)
        if len(parsed.exrules) > MAX_EXCLUDED_RULES:
            raise self._error("max_exrules_exceeded", limit=MAX_EXCLUDED_RULES)
        if len(dates) > MAX_DATES:
            raise self._error("max_dates_exceeded", limit=MAX_DATES)
        untils = [rule.until for rule in rules if rule.until is not None]
        if any(not EARLIEST <= moment.date() < LATEST for moment in (*dates, *untils)):
            raise self._error("date_out_of_range")
        if self.required and not parsed.rrules and not parsed.rdates:
            raise self._error("recurrence_required")

    def _check_expansion(self, parsed: recurrence.Recurrence) -> None:
        """Each rule must be able to name a day: tried over nine years, which hold every leap day on the way.

        A rule with an interval is only tried for errors: its phase hangs on „gilt ab“, which is another field.
        """
        for rule in (*parsed.rrules, *parsed.exrules):
            anchor = _TRIAL_START if rule.until is None else rule.until.date() - _TRIAL
            try:
                text = as_text(recurrence.Recurrence(rrules=[rule], include_dtstart=False))
                found = days_of(text, anchor, anchor, anchor + _TRIAL)
            except (ValueError, OverflowError) as error:
                raise self._error("unreadable") from error
            if not found and rule.interval == 1:
                raise self._error("impossible")

    def _error(self, code: str, **values: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=values or None)
