import re
from datetime import UTC, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from booking.ical.event import Status, event_text
from booking.ical.identity import clean_text
from booking.ical.zone import BERLIN
from tests.booking.ical.by_the_letter import assert_folded, properties, unescaped
from tests.booking.ical.sample import make_event

EXPECTED = r"""BEGIN:VEVENT
SUMMARY:Beratung: Förderung
DTSTART:20261026T080000Z
DTEND:20261026T090000Z
DTSTAMP:20260902T074512Z
UID:5b8e2f0c-6a51-4c39-9d0e-3f5f6a9f3b11@mehrwert.example
SEQUENCE:2
CLASS:PRIVATE
CREATED:20260901T063000Z
DESCRIPTION:Anliegen: Wer zahlt\, was\; wie viel?\nPfad C:\\Nachweise
LAST-MODIFIED:20260902T074512Z
LOCATION:Büro Prenzlau\, Markt 1
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://mehrwert.example/termine/17/?von=kalender&ansicht=1
END:VEVENT
"""

INJECTIONS = [
    "x\r\nATTENDEE:mailto:fremd@boese.example",
    "x\nATTACH:https://boese.example/",
    "x\rEND:VEVENT\rBEGIN:VEVENT",
    "x\u2028ATTENDEE:mailto:fremd@boese.example",
    "x\x85END:VEVENT",
    "x\\nATTACH:https://boese.example/",
    "x\\\r\n ATTACH:https://boese.example/",
    "\r\n\r\n \r\nATTACH:https://boese.example/",
]


def test_event_text() -> None:
    assert event_text(make_event()) == EXPECTED.replace("\n", "\r\n")


def test_empty_texts_are_left_out() -> None:
    bare = event_text(make_event(description="", location="", url=""))
    dropped = re.sub(r"(?m)^(DESCRIPTION|LOCATION|URL):.*\n", "", EXPECTED)
    assert bare == dropped.replace("\n", "\r\n")


def test_same_event_same_bytes() -> None:
    assert event_text(make_event()) == event_text(make_event())


def test_moments_in_any_zone_are_told_in_utc() -> None:
    in_berlin = make_event(
        start=datetime(2026, 10, 26, 9, tzinfo=BERLIN),
        end=datetime(2026, 10, 26, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        created=datetime(2026, 9, 1, 8, 30, tzinfo=BERLIN),
        changed=datetime(2026, 9, 2, 9, 45, 12, tzinfo=BERLIN),
    )
    assert event_text(in_berlin) == event_text(make_event())


@pytest.mark.parametrize(
    ("status", "transparency"),
    [("CONFIRMED", "OPAQUE"), ("TENTATIVE", "OPAQUE"), ("CANCELLED", "TRANSPARENT")],
)
def test_only_a_cancelled_event_frees_the_time(status: Status, transparency: str) -> None:
    text = event_text(make_event(status=status))
    expected = EXPECTED.replace("CONFIRMED", status).replace("OPAQUE", transparency)
    assert text == expected.replace("\n", "\r\n")


def test_sequence_and_stamp_move_together() -> None:
    changed = make_event(sequence=3, changed=datetime(2026, 9, 5, 12, tzinfo=UTC))
    expected = EXPECTED.replace("SEQUENCE:2", "SEQUENCE:3").replace("20260902T074512Z", "20260905T120000Z")
    assert event_text(changed) == expected.replace("\n", "\r\n")


@pytest.mark.parametrize("field", ["start", "end", "created", "changed"])
def test_naive_moment_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match="a moment without a zone"):
        make_event(**{field: datetime(2026, 10, 26, 8, 30)})


@pytest.mark.parametrize(
    "end",
    [
        datetime(2026, 10, 26, 8, tzinfo=UTC),
        datetime(2026, 10, 26, 8, 0, 0, 999_999, tzinfo=UTC),
        datetime(2026, 10, 26, 7, 59, tzinfo=UTC),
        datetime(2026, 10, 26, 8, 59, tzinfo=BERLIN),
    ],
)
def test_end_not_after_start_is_refused(end: datetime) -> None:
    with pytest.raises(ValueError, match="is not after the start"):
        make_event(end=end)


def test_end_in_second_pass_of_doubled_hour_is_after_start() -> None:
    event = make_event(
        start=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
        end=datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=BERLIN),
    )
    assert "DTSTART:20261025T003000Z\r\nDTEND:20261025T011500Z\r\n" in event_text(event)


def test_end_before_start_by_the_doubled_hour_is_refused() -> None:
    with pytest.raises(ValueError, match="is not after the start"):
        make_event(
            start=datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=BERLIN),
            end=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"uid": ""},
        {"uid": "a\r\nATTENDEE:mailto:x@y.example"},
        {"uid": "a b"},
        {"url": "https://mehrwert.example/\r\nATTENDEE:mailto:x@y.example"},
        {"url": "https://mehrwert.example/\u2028x"},
        {"url": "https://mehrwert.example/a b"},
        {"sequence": -1},
    ],
)
def test_value_of_no_calendar_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"not a UID|not a URL|SEQUENCE"):
        make_event(**changes)


@pytest.mark.parametrize("field", ["summary", "description", "location"])
@pytest.mark.parametrize("injection", INJECTIONS)
def test_injection_stays_inside_its_property(field: str, injection: str) -> None:
    text = event_text(make_event(**{field: injection}))
    plain = properties(event_text(make_event()))
    assert [name for name, _ in properties(text)] == [name for name, _ in plain]
    assert unescaped(dict(properties(text))[field.upper()]) == clean_text(injection)
    assert_folded(text)


ANY_TEXT = st.text(st.characters(), max_size=200) | st.text(st.sampled_from('\\nN,;:"\r\n \t^ä€😀\x00'), max_size=200)


@settings(deadline=None)
@given(summary=ANY_TEXT, description=ANY_TEXT, location=ANY_TEXT)
@example(summary="\\" * 200, description="😀" * 100, location=" " * 200)
@example(summary="x" * 66 + "\\", description="\\N", location="ä" * 200)
def test_any_text_is_folded_and_comes_back_cleaned(summary: str, description: str, location: str) -> None:
    text = event_text(make_event(summary=summary, description=description, location=location))
    assert_folded(text)
    expected = {
        name: clean_text(given)
        for name, given in (("SUMMARY", summary), ("DESCRIPTION", description), ("LOCATION", location))
    }
    written = dict(properties(text))
    parsed = icalendar.Event.from_ical(text)
    for name, cleaned in expected.items():
        assert unescaped(written.get(name, "")) == cleaned
        assert str(parsed.get(name, "")) == cleaned
