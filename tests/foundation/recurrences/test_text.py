from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurrence
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.recurrences.text import as_text, parse

ZONES = ["Europe/Berlin", "Europe/Athens", "Europe/London", "America/New_York", "Pacific/Honolulu", "Asia/Tokyo", "UTC"]


@settings(deadline=None)
@given(st.dates(datetime(2020, 1, 2).date(), datetime(2090, 1, 1).date()), st.sampled_from(ZONES))
def test_midnight_of_any_browser_names_its_day(day, zone):
    stamp = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert parse(f"EXDATE:{stamp:%Y%m%dT%H%M%S}Z").exdates[0].date() == day


@settings(deadline=None)
@given(st.dates(datetime(2020, 1, 2).date(), datetime(2090, 1, 1).date()), st.sampled_from(ZONES))
def test_stored_text_is_read_back_as_the_same_day_in_any_zone(day, zone):
    text = as_text(parse(f"RRULE:FREQ=DAILY;UNTIL={day:%Y%m%d}\nRDATE:{day:%Y%m%d}"))
    with timezone.override(zone):
        again = parse(text)
        assert (again.rdates[0].date(), again.rrules[0].until.date()) == (day, day)
        assert as_text(again) == text
    in_browser = datetime.strptime(text[-16:], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert in_browser.date() == day


def test_moments_with_a_zone_are_written_as_their_day():
    midnight = datetime(2026, 12, 24, tzinfo=ZoneInfo("Europe/Berlin"))
    value = recurrence.Recurrence(exdates=[midnight, midnight + timedelta(hours=1)], include_dtstart=False)
    assert as_text(value) == "EXDATE:20261224T120000Z"


def test_start_and_end_are_not_kept():
    parsed = parse("DTSTART:20260101T090000Z\nDTEND:20270101T090000Z\nRRULE:FREQ=WEEKLY;BYDAY=TU")
    assert as_text(parsed) == "RRULE:FREQ=WEEKLY;BYDAY=TU"


@pytest.mark.parametrize(
    "text",
    [
        "RRULE:FREQ=WEEKLY;INTERVAL=0",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=99",
        "RRULE:FREQ=WEEKLY;UNTIL=20270132T000000Z",
        "RRULE:FREQ=WEEKLY;UNTIL=20270131T250000Z",
        "DTSTART:99999999T000000Z",
        "RDATE:99991231T230000Z",
        "RDATE:2026",
        "RRULE:FREQ=SOMETIMES",
        "RRULE:FREQ=WEEKLY;BYDAY=XX",
        "RRULE:FREQ=WEEKLY;INTERVAL=9" + "9" * 5000,
        "RRULE:",
        "Dienstag",
        "x" * 6001,
        "RRULE:FREQ=WEEKLY;BYDAY=-99999999999999999999MO;WKST=8",
    ],
)
def test_unreadable_text_is_a_value_error(text):
    with pytest.raises(ValueError):
        parse(text)
