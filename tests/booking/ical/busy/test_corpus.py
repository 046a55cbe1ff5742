"""A corpus of odd and hostile calendars, one purpose each, with its outcome. Times are in UTC.

The files lie in `corpus/`; the large ones are made here. All are read for 20 October 2026 to 19 April 2027, which holds
both changes of the clock, by an advisor who lives in Berlin.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from booking.domain.clock import moment_of
from booking.ical.busy.reading import BusyReading, read_busy
from booking.ical.busy.rules import is_bounded
from booking.ical.busy.text import NotACalendar

CORPUS = Path(__file__).parent / "corpus"
START, END = datetime(2026, 10, 20, tzinfo=UTC), datetime(2027, 4, 19, tzinfo=UTC)


def read(raw: bytes) -> BusyReading:
    return read_busy(raw, start=START, end=END, zone="Europe/Berlin", own_domain="mehrwert.example")


def busy(*times: str, guessed=(), refused=0, unreadable=0):
    return list(times), tuple(guessed), refused, unreadable


def outcome_of(raw: bytes):
    try:
        reading = read(raw)
    except NotACalendar as refused:
        return str(refused)
    spans = [(moment_of(start), moment_of(end)) for start, end in reading.intervals]
    times = [
        f"{start:%Y-%m-%d %H:%M} – {end:{'%H:%M' if start.date() == end.date() else '%Y-%m-%d %H:%M'}}"
        for start, end in spans
    ]
    if len(times) > 10:
        times = [times[0], f"{len(times)} in all", times[-1]]
    return times, reading.guessed_zones, reading.refused, reading.unreadable


NO_BEGIN = "Unter der Adresse steht kein Kalender (die Antwort beginnt nicht mit BEGIN:VCALENDAR)."
NO_END = "Der Kalender ist unvollständig angekommen (das Ende fehlt)."
OPEN_END = "Der Kalender ist unvollständig angekommen (ein Eintrag endet nicht)."
TOO_MUCH = "Der Kalender hat mehr als 20000 Einträge oder ist falsch aufgebaut."
TOO_LONG = "Der Kalender enthält eine übermäßig lange Zeile."

OUTCOMES = {
    "single_utc": busy("2026-11-26 09:00 – 10:00"),
    "single_berlin": busy("2026-11-26 08:00 – 09:00"),
    "duration": busy("2026-11-26 09:00 – 10:30"),
    "no_end": busy(),
    "seconds": busy("2026-11-26 09:00 – 10:00"),
    "end_before_start": busy("2026-11-26 09:00 – 10:00"),
    "overlapping_and_touching": busy("2026-11-26 09:00 – 12:00"),
    "before_the_window_into_it": busy("2026-10-20 00:00 – 12:00"),
    "long_past": busy(),
    "far_future": busy(),
    "no_events": busy(),
    "without_uid": busy("2026-11-26 09:00 – 10:00", "2026-11-27 09:00 – 10:00"),
    "transparent": busy(),
    "cancelled": busy(),
    "microsoft_free": busy(),
    "microsoft_tentative": busy("2026-11-26 09:00 – 10:00"),
    "microsoft_out_of_office": busy("2026-11-26 09:00 – 10:00"),
    "intended_free_is_a_wish": busy("2026-11-26 09:00 – 10:00"),
    "todo_and_journal": busy(),
    "freebusy": busy("2026-11-26 09:00 – 10:00", "2026-11-27 09:00 – 10:00", "2026-11-29 09:00 – 10:00"),
    "freebusy_broken_period": busy("2026-11-26 09:00 – 10:00"),
    "all_day": busy("2026-11-25 23:00 – 2026-11-27 23:00"),
    "all_day_without_end": busy("2026-11-25 23:00 – 2026-11-26 23:00"),
    "all_day_of_23_hours": busy("2027-03-27 23:00 – 2027-03-28 22:00"),
    "all_day_of_25_hours": busy("2026-10-24 22:00 – 2026-10-25 23:00"),
    "all_day_transparent": busy(),
    "floating": busy("2026-11-26 08:00 – 09:00", guessed=[""]),
    "floating_in_a_calendar_with_zone": busy("2026-11-26 09:00 – 10:00"),
    "unknown_zone": busy("2026-11-26 08:00 – 09:00", guessed=["Absurdistan/Mitte"]),
    "unknown_zone_in_a_calendar_with_zone": busy("2026-11-26 09:00 – 10:00", guessed=["Absurdistan/Mitte"]),
    "windows_zone": busy("2026-11-26 08:00 – 09:00"),
    "windows_zone_with_false_definition": busy("2026-11-26 08:00 – 09:00"),
    "outlook_display_name": busy("2026-11-26 08:00 – 09:00"),
    "outlook_display_name_unquoted": busy("2026-11-26 08:00 – 09:00"),
    "german_name": busy("2026-11-26 08:00 – 09:00"),
    "microsoft_utc": busy("2026-11-26 09:00 – 10:00"),
    "mozilla_prefix": busy("2026-11-26 08:00 – 09:00"),
    "own_zone": busy("2026-11-26 06:00 – 07:00"),
    "own_zone_with_colon": busy("2026-11-26 06:00 – 07:00"),
    "zone_by_the_second": busy("2026-11-26 08:00 – 09:00", guessed=["Haus"]),
    "zone_without_observances": busy("2026-11-26 08:00 – 09:00", guessed=["Haus"]),
    "zone_with_broken_offset": busy("2026-11-26 08:00 – 09:00", guessed=["Haus"]),
    "zone_that_is_a_path": busy("2026-11-26 08:00 – 09:00", guessed=["../../etc/localtime"]),
    "time_in_the_spring_gap": busy("2027-03-28 00:30 – 01:30"),
    "second_hour_in_october": busy("2026-10-25 00:30 – 01:30"),
    "until_year_9999": busy("2027-04-12 07:00 – 08:00"),
    "ambiguous_hour": busy("2026-10-25 00:30 – 01:45"),
    "weekly_over_the_clock_change": busy("2027-03-22 08:00 – 09:00", "2027-03-29 07:00 – 08:00"),
    "until_as_day": busy("2026-11-26 08:00 – 09:00", "2026-11-27 08:00 – 09:00"),
    "excluded_day": busy("2026-11-26 08:00 – 09:00", "2026-12-10 08:00 – 09:00"),
    "excluded_in_utc": busy("2026-11-26 08:00 – 09:00", "2026-12-10 08:00 – 09:00"),
    "moved_occurrence": busy("2026-11-26 08:00 – 09:00", "2026-12-04 14:00 – 15:00", "2026-12-10 08:00 – 09:00"),
    "cancelled_occurrence": busy("2026-11-26 08:00 – 09:00", "2026-12-10 08:00 – 09:00"),
    "free_occurrence": busy("2026-11-26 08:00 – 09:00", "2026-12-10 08:00 – 09:00"),
    "orphan_occurrence": busy("2026-12-04 14:00 – 15:00"),
    "this_and_future": busy("2026-11-26 08:00 – 09:00", "2026-12-03 10:00 – 11:00", "2026-12-10 10:00 – 11:00"),
    "extra_dates": busy("2026-11-26 08:00 – 09:00", "2026-11-28 08:00 – 09:00", "2026-11-29 08:00 – 09:00"),
    "extra_period": busy("2026-11-26 09:00 – 10:00", "2026-11-28 09:00 – 11:00"),
    "old_daily_series": busy("2026-10-20 07:00 – 07:30", "181 in all", "2027-04-18 07:00 – 07:30"),
    "leap_days": busy(),
    "rule_by_the_second": busy("2026-11-26 09:00 – 10:00", refused=1),
    "rule_by_the_minute": busy("2026-11-26 09:00 – 10:00", refused=1),
    "rule_by_the_hour": busy("2026-11-26 09:00 – 10:00", refused=1),
    "interval_zero": busy("2026-11-26 09:00 – 10:00", refused=1),
    "interval_negative": busy("2026-11-26 09:00 – 10:00", refused=1),
    "rule_without_frequency": busy("2026-11-26 09:00 – 10:00", refused=1),
    "rule_that_is_nonsense": busy("2026-11-26 09:00 – 10:00", refused=1),
    "impossible_date": busy("2026-11-26 09:00 – 10:00", refused=1),
    "every_second_of_a_day": busy("2026-11-26 09:00 – 10:00", refused=1),
    "century_events_every_day": busy("2026-10-20 00:00 – 2027-04-19 00:00", refused=1),
    "hostile_exclusion_rule": busy("2026-11-26 09:00 – 10:00", refused=1),
    "one_bad_of_three": busy("2026-11-26 09:00 – 10:00", "2026-11-27 09:00 – 10:00", unreadable=1),
    "without_start": busy("2026-11-26 09:00 – 10:00", unreadable=1),
    "year_9999": busy("2026-11-26 09:00 – 10:00"),
    "ends_in_year_9999": busy("2027-04-10 00:00 – 2027-04-19 00:00"),
    "year_0001": busy("2026-11-26 09:00 – 10:00", "2026-12-31 23:00 – 2027-01-01 00:00"),
    "day_as_start_moment_as_end": busy("2026-11-26 00:00 – 10:00"),
    "twice_the_same_uid": busy("2026-11-26 09:00 – 10:00", "2026-11-27 09:00 – 10:00"),
    "no_number_as_sequence": busy("2026-11-26 09:00 – 10:00"),
    "line_ends_lf": busy("2026-11-26 09:00 – 10:00"),
    "line_ends_cr": busy("2026-11-26 09:00 – 10:00"),
    "bom_and_blank_lines": busy("2026-11-26 09:00 – 10:00"),
    "lower_case": busy("2026-11-26 09:00 – 10:00"),
    "folded_inside_a_value": busy("2026-11-26 09:00 – 10:00"),
    "alarm_inside": busy("2026-11-26 09:00 – 10:00"),
    "two_calendars": busy("2026-11-26 09:00 – 10:00", "2026-11-27 09:00 – 10:00"),
    "control_characters": busy("2026-11-26 09:00 – 10:00"),
    "latin1": busy("2026-11-26 09:00 – 10:00"),
    "utf16": busy("2026-11-26 09:00 – 10:00"),
    "invalid_utf8": busy("2026-11-26 09:00 – 10:00"),
    "empty": NO_BEGIN,
    "login_page": NO_BEGIN,
    "json": NO_BEGIN,
    "cut_inside_an_event": NO_END,
    "cut_between_events": NO_END,
    "event_that_does_not_end": OPEN_END,
    "ends_crosswise": OPEN_END,
    "too_deep": TOO_MUCH,
    "event_outside": "Der Kalender ist falsch aufgebaut.",
    "our_own_booking": busy(),
    "our_own_booking_by_outlook": busy(),
    "event_of_the_site_marked_busy": busy("2026-11-26 09:00 – 10:00"),
    "other_uid_by_outlook": busy("2026-11-26 09:00 – 10:00"),
}


# The limit may ring in a finalizer, where Python only notes it; it rings again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", OUTCOMES)
def test_each_calendar_of_the_corpus_has_its_outcome(name):
    assert outcome_of((CORPUS / f"{name}.ics").read_bytes()) == OUTCOMES[name]


def test_every_file_of_the_corpus_has_an_outcome():
    assert {file.stem for file in CORPUS.iterdir()} == set(OUTCOMES)


def calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode()


def single(number: int, start: datetime, *more: str) -> str:
    times = [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{start + timedelta(minutes=30):%Y%m%dT%H%M%SZ}"]
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{number}@sample.example", *times, *more, "END:VEVENT"])


def large_attachment() -> list[str]:
    """Ten megabytes in lines of the usual length, in a property that nobody needs."""
    return ["ATTACH;ENCODING=BASE64;VALUE=BINARY:", *([" " + "A" * 74] * 140_000)]


NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
LARGE = {
    "a line of ten megabytes": (lambda: calendar(single(1, NOW, "DESCRIPTION:" + "a" * 10_000_000)), TOO_LONG),
    "a name of ten megabytes": (lambda: calendar("A" * 10_000_000), TOO_LONG),
    "a value folded to megabytes": (
        lambda: calendar(single(1, NOW, "RDATE:", *[" 20261126T090000Z,"] * 20_000)),
        TOO_LONG,
    ),
    "an attachment of ten megabytes": (
        lambda: calendar(single(1, NOW, *large_attachment())),
        busy("2026-11-26 09:00 – 09:30"),
    ),
    "two hundred thousand events": (lambda: calendar(*[single(1, NOW)] * 200_000), TOO_MUCH),
    "nineteen thousand events of the past": (
        lambda: calendar(
            *(single(n, datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=5 * n)) for n in range(19_000))
        ),
        busy(),
    ),
    "more times than anybody has": (
        lambda: calendar(single(1, NOW, "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";COUNT=4000")),
        busy("2026-11-26 09:00 – 09:30", "3447 in all", "2027-04-18 23:00 – 23:30"),
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_calendar_has_its_outcome(name):
    make, outcome = LARGE[name]
    assert outcome_of(make()) == outcome


def test_a_refused_series_leaves_the_others_alone():
    raw = calendar(
        single(1, NOW, "RRULE:FREQ=SECONDLY"),
        single(2, NOW + timedelta(days=1)),
        single(3, NOW, "RRULE:FREQ=DAILY;INTERVAL=0"),
    )
    assert outcome_of(raw) == busy("2026-11-26 09:00 – 09:30", "2026-11-27 09:00 – 09:30", refused=2)


NINE_EACH_DAY = {
    "2026-10-25": ["10-23 07", "10-24 07", "10-25 08", "10-26 08", "10-27 08"],
    "2027-03-28": ["03-26 08", "03-27 08", "03-28 07", "03-29 07", "03-30 07"],
    "2027-10-31": ["10-29 07", "10-30 07", "10-31 08", "11-01 08", "11-02 08"],
}
"""9 o'clock in Berlin from two days before each change of the clock, in UTC."""


@pytest.mark.parametrize("day", NINE_EACH_DAY)
@pytest.mark.parametrize("zone", [";TZID=Europe/Berlin", ';TZID="W. Europe Standard Time"', ""])
def test_nine_o_clock_is_read_as_nine_o_clock_over_each_change_of_the_clock(day, zone):
    change = datetime.fromisoformat(day)
    first = change - timedelta(days=2)
    times = [f"{name}{zone}:{first:%Y%m%d}T{hour}0000" for name, hour in (("DTSTART", "09"), ("DTEND", "10"))]
    raw = calendar("BEGIN:VEVENT", "UID:a@sample.example", *times, "RRULE:FREQ=DAILY;COUNT=5", "END:VEVENT")
    start, end = (moment.replace(tzinfo=UTC) for moment in (change - timedelta(days=9), change + timedelta(days=9)))
    reading = read_busy(raw, start=start, end=end, zone="Europe/Berlin", own_domain="mehrwert.example")
    assert [f"{moment_of(begin):%m-%d %H}" for begin, _ in reading.intervals] == NINE_EACH_DAY[day]
    assert {last - begin for begin, last in reading.intervals} == {60}


@pytest.mark.parametrize(
    ("rule", "bounded"),
    [
        ("FREQ=DAILY", True),
        ("freq=weekly;interval=2", True),
        ("FREQ=YEARLY;BYHOUR=1,2,3;BYMINUTE=0,15,30,45,50,55,56,57", True),
        ("FREQ=YEARLY;BYHOUR=1,2,3;BYMINUTE=0,15,30,45,50,55,56,57,58", False),
        ("FREQ=DAILY;INTERVAL=100000", False),
        ("FREQ=DAILY;INTERVAL=²", False),
        ("FREQ=DAILY;INTERVAL=", False),
        ("INTERVAL=1", False),
        ("", False),
    ],
)
def test_a_rule_is_bounded(rule, bounded):
    assert is_bounded(rule) is bounded
