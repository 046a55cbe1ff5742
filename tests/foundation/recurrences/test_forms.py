"""REC-2: what a browser may send, and what becomes of the rest."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.forms import Form
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.recurrences.forms import DayRecurrenceFormField, holds_start_or_end
from foundation.recurrences.text import as_text
from tests.stopwatch import processor_seconds

UNREADABLE = "Diese Regel lässt sich nicht lesen. Bitte legen Sie sie neu an."
NOTHING_CHOSEN = "Bitte wählen Sie mindestens eine Regel oder ein Datum."
FREQUENCIES = "Möglich sind täglich, wöchentlich, monatlich und jährlich."
IMPOSSIBLE = "Diese Regel trifft keinen einzigen Tag."
START_OR_END = "Beginn und Ende gehören in die Felder für den ersten und den letzten Tag."
OUT_OF_RANGE = "Ein Datum liegt vor dem Jahr 2000 oder nach dem Jahr 2099."


class RuleForm(Form):
    days = DayRecurrenceFormField()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", NOTHING_CHOSEN),
        ("  \r\n ", NOTHING_CHOSEN),
        ("EXDATE:20261224T120000Z", NOTHING_CHOSEN),
        ("RRULE:FREQ=WEEKLY;INTERVAL=0", UNREADABLE),
        ("RRULE:FREQ=WEEKLY;INTERVAL=-1", UNREADABLE),
        ("RRULE:FREQ=DAILY;INTERVAL=1001", UNREADABLE),
        ("RRULE:FREQ=WEEKLY;COUNT=0", UNREADABLE),
        ("RRULE:FREQ=WEEKLY;COUNT=99999", UNREADABLE),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=99", UNREADABLE),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=0", UNREADABLE),
        ("RRULE:FREQ=YEARLY;BYMONTH=13", UNREADABLE),
        ("RRULE:FREQ=WEEKLY;UNTIL=20270132T000000Z", UNREADABLE),
        ("RRULE:FREQ=WEEKLY;BYHOUR=9", UNREADABLE),
        ("RRULE:FREQ=YEARLY;BYWEEKNO=53", UNREADABLE),
        ("RRULE:FREQ=YEARLY;BYEASTER=0", UNREADABLE),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=99991231T230000Z", UNREADABLE),
        ("kein Kalender", UNREADABLE),
        ("RRULE:FREQ=WEEKLY\x00", UNREADABLE),
        ("DTSTART:99999999T000000Z\nRRULE:FREQ=WEEKLY", START_OR_END),
        ("RRULE:FREQ=WEEKLY\nDTEND:20270101T000000Z", START_OR_END),
        ("RRULE:FREQ=SECONDLY", FREQUENCIES),
        ("RRULE:FREQ=MINUTELY", FREQUENCIES),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU\nEXRULE:FREQ=HOURLY", FREQUENCIES),
        ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", IMPOSSIBLE),
        ("RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", IMPOSSIBLE),
        ("RDATE:18990101T120000Z", OUT_OF_RANGE),
        ("RRULE:FREQ=WEEKLY;UNTIL=29990101T120000Z", OUT_OF_RANGE),
        ("\n".join(["RRULE:FREQ=DAILY"] * 6), "Höchstens 5 Regeln. Bitte legen Sie einen weiteren Eintrag an."),
        (
            "\n".join(["RRULE:FREQ=DAILY"] + ["EXRULE:FREQ=MONTHLY"] * 3),
            "Höchstens 2 Regeln, die Tage ausschließen.",
        ),
        ("\n".join(["RDATE:20261201T120000Z"] * 201), "Höchstens 200 einzelne Daten."),
        ("x" * 6001, "Das sind zu viele Regeln und Daten. Bitte legen Sie mehrere Einträge an."),
    ],
)
def test_bad_text_is_a_german_form_error(text, message):
    form = RuleForm({"days": text})
    assert processor_seconds(form.is_valid) < 1
    assert form.errors == {"days": [message]}


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_crashes_the_form(text):
    RuleForm({"days": text}).is_valid()
    RuleForm({"days": "RRULE:" + text}).is_valid()


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"=;:,0123456789TZ\n", "FREQ", "RRULE", "WEEKLY", "BYDAY", "UNTIL", "-1", "RDATE"])))
def test_no_jumble_of_rule_parts_crashes_the_form(parts):
    RuleForm({"days": "RRULE:FREQ=DAILY;" + "".join(parts)}).is_valid()


def test_days_of_a_browser_in_athens_are_kept():
    text = "RRULE:FREQ=DAILY;UNTIL=20261230T220000Z\nEXDATE:20261223T220000Z\nRDATE:20270629T210000Z"
    value = DayRecurrenceFormField().clean(text)
    assert as_text(value).split("\n") == [
        "RRULE:FREQ=DAILY;UNTIL=20261231T120000Z",
        "RDATE:20270630T120000Z",
        "EXDATE:20261224T120000Z",
    ]


def test_two_hundred_days_fit():
    text = "\n".join(f"RDATE:2026{month:02d}{day:02d}T230000Z" for month in range(1, 9) for day in range(1, 26))
    value = DayRecurrenceFormField().clean(text)
    assert len(value.rdates) == 200
    assert value.rdates[0].date() == date(2026, 1, 2)


def test_leap_day_and_intervals_are_possible():
    for rule in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=YEARLY;INTERVAL=4"):
        assert as_text(DayRecurrenceFormField().clean(f"RRULE:{rule}")) == f"RRULE:{rule}"


def test_optional_field_may_stay_empty():
    assert not DayRecurrenceFormField(required=False).clean("")


def test_required_message_is_german():
    with pytest.raises(ValidationError, match=NOTHING_CHOSEN):
        DayRecurrenceFormField().clean(None)


@pytest.mark.parametrize("evil", ["\n" * 100_000, "\r\n" * 50_000, " " * 100_000, "\n " * 50_000])
def test_s8_blank_lines_do_not_choose_the_time_of_the_search(evil):
    assert not holds_start_or_end(f"RRULE{evil}x")
    assert processor_seconds(lambda: holds_start_or_end(f"RRULE{evil}x")) < 1
    assert holds_start_or_end(f"RRULE{evil}\n \tdtstart:x")
