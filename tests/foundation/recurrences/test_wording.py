from __future__ import annotations

from datetime import date, time

import pytest

from foundation.recurrences.text import parse
from foundation.recurrences.wording import describe, hours_in_words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\nEXDATE:20261224", "jede zweite Woche am Dienstag, außer 24.12.2026"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "montags bis freitags"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,TH,FR", "jeden Montag, Donnerstag und Freitag"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "alle 3 Wochen am Montag und Donnerstag"),
        ("RRULE:FREQ=WEEKLY", "jede Woche"),
        ("RRULE:FREQ=MONTHLY;BYDAY=1TU", "jeden Monat am ersten Dienstag"),
        ("RRULE:FREQ=MONTHLY;BYDAY=TU,TH;BYSETPOS=-1", "jeden Monat am letzten Dienstag und letzten Donnerstag"),
        ("RRULE:FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,15,-1", "jeden zweiten Monat am 1., 15. und letzten Tag"),
        ("RRULE:FREQ=YEARLY;BYMONTH=3,10;BYDAY=2WE", "jedes Jahr im März und Oktober am zweiten Mittwoch"),
        ("RRULE:FREQ=DAILY;UNTIL=20261230T230000Z", "täglich bis 31.12.2026"),
        ("RRULE:FREQ=DAILY;INTERVAL=4;COUNT=5", "alle 4 Tage, 5-mal"),
        ("RDATE:20261201\nRDATE:20261208", "nur am 01.12.2026 und 08.12.2026"),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=TU\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1\nRDATE:20261224\nEXRULE:FREQ=MONTHLY;BYDAY=-1TU",
            "jeden Dienstag; jeden Monat am 1.; zusätzlich am 24.12.2026, außer jeden Monat am letzten Dienstag",
        ),
        (
            "RRULE:FREQ=DAILY\n" + "\n".join(f"EXDATE:202612{day:02d}" for day in range(1, 11)),
            "täglich, außer 01.12.2026, 02.12.2026, 03.12.2026, 04.12.2026 und 6 weitere Tage",
        ),
        ("RDATE:20261212", "nur am 12.12.2026"),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=TU\nRDATE:20261212\nEXDATE:20261215",
            "jeden Dienstag; zusätzlich am 12.12.2026, außer 15.12.2026",
        ),
        ("", ""),
        ("EXDATE:20261224", ""),
    ],
)
def test_rule_reads_as_a_german_sentence(text, sentence):
    assert describe(parse(text)) == sentence


def test_nothing_reads_as_nothing():
    assert describe(None) == ""


def test_rule_that_days_cannot_express_is_said_to_be_unreadable():
    assert describe(parse("RRULE:FREQ=HOURLY")) == "unlesbare Regel"


NINE, NOON = time(9), time(12)
NEW_YEAR = date(2027, 1, 1)  # a Friday


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=TU", "jeden Dienstag, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres"),
        (
            "RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=TU",
            "alle 3 Wochen am Dienstag, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres",
        ),
        (
            "RRULE:FREQ=MONTHLY;BYDAY=2TU\nEXDATE:20270112",
            "jeden Monat am zweiten Dienstag, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres, außer am 12.01.2027",
        ),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10",
            "jeden Dienstag, 10-mal, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres",
        ),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331",
            "jeden Dienstag bis 31.03.2027, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres",
        ),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=TU\nRDATE:20270206\nEXDATE:20270112\nEXRULE:FREQ=MONTHLY;BYDAY=-1TU",
            (
                "jeden Dienstag; zusätzlich am 06.02.2027, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres, "
                "außer jeden Monat am letzten Dienstag und am 12.01.2027"
            ),
        ),
        ("RRULE:FREQ=WEEKLY", "jeden Freitag, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres"),
        (
            "RRULE:FREQ=WEEKLY;INTERVAL=2",
            "jede zweite Woche am Freitag, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres",
        ),
        ("RRULE:FREQ=MONTHLY", "jeden Monat am 1., 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres"),
        ("RRULE:FREQ=YEARLY", "jedes Jahr im Januar am 1., 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres"),
        ("RRULE:FREQ=DAILY", "täglich, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres"),
        ("RRULE:FREQ=HOURLY", "unlesbare Regel"),
    ],
)
def test_hours_read_in_full(text, sentence):
    """Each kind of rule of the availability: weekly, every n weeks, nth weekday, count, until, extra and excluded."""
    assert hours_in_words(parse(text), NINE, NOON, NEW_YEAR, None) == sentence


def test_hours_say_how_long_they_hold_and_name_every_single_day():
    tuesdays = parse("RRULE:FREQ=WEEKLY;BYDAY=TU")
    assert (
        hours_in_words(tuesdays, time(9, 15), NOON, NEW_YEAR, date(2027, 6, 30))
        == "jeden Dienstag, 9:15 bis 12:00 Uhr, vom 01.01.2027 bis 30.06.2027"
    )
    assert hours_in_words(parse("RDATE:20270101"), NINE, NOON, NEW_YEAR, NEW_YEAR) == (
        "nur am 01.01.2027, 9:00 bis 12:00 Uhr"
    )
    days = "\n".join(f"RDATE:202701{day:02d}" for day in range(1, 8))
    assert hours_in_words(parse(days), NINE, NOON, NEW_YEAR, None).count(".2027") == 8
