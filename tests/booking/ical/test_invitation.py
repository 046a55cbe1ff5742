from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.ical.event import CalendarEvent, Status, event_text
from booking.ical.invitation import Party, invitation, published
from booking.ical.zone import BERLIN, BERLIN_BLOCK
from tests.booking.ical.by_the_letter import assert_folded, content_lines
from tests.booking.ical.sample import make_event

SITE = Party("MehrWert", "termine@mehrwert.example")
FIRM = Party("Anna Muster", "anna.muster@firma.example")

REQUEST = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//MehrWert//Beratungstermine//DE
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Beratung: Förderung
DTSTART;TZID=Europe/Berlin:20261026T090000
DTEND;TZID=Europe/Berlin:20261026T100000
DTSTAMP:20260902T074512Z
UID:5b8e2f0c-6a51-4c39-9d0e-3f5f6a9f3b11@mehrwert.example
SEQUENCE:2
ATTENDEE;CN="Anna Muster";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=
 TRUE:mailto:anna.muster@firma.example
CLASS:PRIVATE
CREATED:20260901T063000Z
DESCRIPTION:Anliegen: Wer zahlt\, was\; wie viel?\nPfad C:\\Nachweise
LAST-MODIFIED:20260902T074512Z
LOCATION:Büro Prenzlau\, Markt 1
ORGANIZER;CN=MehrWert:mailto:termine@mehrwert.example
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://mehrwert.example/termine/17/?von=kalender&ansicht=1
END:VEVENT
END:VCALENDAR
"""

QUESTION = 'ATTENDEE;CN="Anna Muster";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=\r\n TRUE:mailto:'
NOTICE = 'ATTENDEE;CN="Anna Muster";ROLE=REQ-PARTICIPANT:mailto:'


def request(event: CalendarEvent, attendee: Party = FIRM) -> str:
    return invitation(event=event, method="REQUEST", organizer=SITE, attendee=attendee)


def cancel(event: CalendarEvent) -> str:
    return invitation(event=event, method="CANCEL", organizer=SITE, attendee=FIRM)


def only_event(text: str) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event


def test_request() -> None:
    assert request(make_event()) == REQUEST.replace("\n", "\r\n")


def test_tentative_request() -> None:
    assert request(make_event(status="TENTATIVE")) == request(make_event()).replace("CONFIRMED", "TENTATIVE")


@pytest.mark.parametrize("status", ["CONFIRMED", "TENTATIVE", "CANCELLED"])
def test_cancel_has_the_same_parties_and_asks_nothing(status: Status) -> None:
    expected = request(make_event())
    for before, after in (
        ("METHOD:REQUEST", "METHOD:CANCEL"),
        ("SEQUENCE:2", "SEQUENCE:3"),
        (QUESTION, NOTICE),
        ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
        ("TRANSP:OPAQUE", "TRANSP:TRANSPARENT"),
    ):
        assert expected.count(before) == 1
        expected = expected.replace(before, after)
    assert content_lines(cancel(make_event(sequence=3, status=status))) == content_lines(expected)


def test_cancelled_event_cannot_be_requested() -> None:
    with pytest.raises(ValueError, match="cannot be requested"):
        request(make_event(status="CANCELLED"))


def test_same_invitation_same_bytes() -> None:
    assert request(make_event()) == request(make_event())


def test_published_file_is_the_event_in_a_bare_calendar() -> None:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//MehrWert//Beratungstermine//DE\r\nCALSCALE:GREGORIAN\r\n"
    assert published(make_event()) == head + event_text(make_event()) + "END:VCALENDAR\r\n"


@pytest.mark.parametrize("day_before", [(2026, 10, 24), (2027, 3, 27), (2027, 10, 30)])
# Under a name that is in no database the parser has to follow the zone block itself.
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Nirgendwo/Hier"])
def test_invitation_means_the_same_instants_around_clock_changes(day_before: tuple[int, int, int], zone: str) -> None:
    hours = [datetime(*day_before, tzinfo=UTC) + timedelta(hours=hour) for hour in range(72)]
    spans = [(hour, hour + timedelta(minutes=45)) for hour in hours]
    texts = [request(make_event(start=start, end=end)).replace("Europe/Berlin", zone) for start, end in spans]
    read = [(event.start.astimezone(UTC), event.end.astimezone(UTC)) for event in map(only_event, texts)]
    assert read == spans


@pytest.mark.parametrize("day", [(2026, 10, 23), (2026, 10, 26), (2027, 3, 26), (2027, 3, 29), (2027, 11, 1)])
def test_nine_o_clock_stays_nine_o_clock(day: tuple[int, int, int]) -> None:
    start = datetime(*day, 9, tzinfo=BERLIN)
    text = request(make_event(start=start, end=start + timedelta(hours=1)))
    assert f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%d}T090000\r\n" in text
    assert f"DTEND;TZID=Europe/Berlin:{start:%Y%m%d}T100000\r\n" in text


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("20261025T000000Z", "20261025T004500Z"),
        ("20261025T003000Z", "20261025T013000Z"),
        ("20261025T005959Z", "20261025T020000Z"),
        ("20261024T220000Z", "20261025T010000Z"),
    ],
)
def test_doubled_hour_is_told_in_utc(start: str, end: str) -> None:
    start_moment, end_moment = (datetime.strptime(text, "%Y%m%dT%H%M%S%z") for text in (start, end))
    text = request(make_event(start=start_moment, end=end_moment))
    assert f"DTSTART:{start}\r\nDTEND:{end}\r\n" in text
    assert BERLIN_BLOCK in text


def test_hours_beside_the_doubled_one_keep_the_zone() -> None:
    before = datetime(2026, 10, 25, 1, 59, 59, tzinfo=BERLIN)
    text = request(make_event(start=before, end=datetime(2026, 10, 25, 3, tzinfo=BERLIN)))
    assert "DTSTART;TZID=Europe/Berlin:20261025T015959\r\nDTEND;TZID=Europe/Berlin:20261025T030000\r\n" in text


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("Anna", "CN=Anna"),
        ("Müller, Köln; Büro: 1", 'CN="Müller, Köln; Büro: 1"'),
        ('Bäckerei "Zum Korn" GmbH', "CN=\"Bäckerei 'Zum Korn' GmbH\""),
        ("C:\\Anna\\", 'CN="C:/Anna/"'),
        (' Anna\r\nATTENDEE;CN="x":mailto:x@y.example ', "CN=\"Anna ATTENDEE;CN='x':mailto:x@y.example\""),
        ('x":mailto:fremd@boese.example\r\nEND:VEVENT', 'CN="x\':mailto:fremd@boese.example END:VEVENT"'),
        ("x\u2028ATTACH:y\x00", 'CN="x ATTACH:y"'),
        ("", "CN=anna.muster@firma.example"),
        (" \r\n\x00", "CN=anna.muster@firma.example"),
    ],
)
def test_name_stays_inside_its_parameter(name: str, parameter: str) -> None:
    text = request(make_event(), attendee=Party(name, FIRM.address))
    expected = request(make_event()).replace(
        QUESTION, f"ATTENDEE;{parameter};PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:"
    )
    assert content_lines(text) == content_lines(expected)


@settings(deadline=None)
@given(name=st.text(st.characters()) | st.text(st.sampled_from("\\\";:,^=\r\n \t'a😀\x00"), max_size=100))
def test_any_name_is_read_back_as_one_attendee(name: str) -> None:
    party = Party(name, FIRM.address)
    text = request(make_event(), attendee=party)
    assert_folded(text)
    event = only_event(text)
    assert event.errors == []
    assert str(event["ATTENDEE"]) == "mailto:anna.muster@firma.example"
    assert event["ATTENDEE"].params == {
        "CN": party.common_name(),
        "PARTSTAT": "NEEDS-ACTION",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "TRUE",
    }
    assert set(event) == set(only_event(request(make_event())))


@pytest.mark.parametrize(
    ("address", "mailto"),
    [
        ("Anna.Muster@Firma.Example", "mailto:Anna.Muster@Firma.Example"),
        ("o'neill+termin@firma.example", "mailto:o'neill+termin@firma.example"),
        ("a%b&c?d=e/f#g@firma.example", "mailto:a%25b%26c%3Fd%3De%2Ff%23g@firma.example"),
        ("info@bücher.example", "mailto:info@xn--bcher-kva.example"),
        ("root@localhost", "mailto:root@localhost"),
    ],
)
def test_address_as_mailto(address: str, mailto: str) -> None:
    assert Party("Anna", address).mailto() == mailto


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "@firma.example",
        "anna@",
        "anna@@firma.example",
        "mailto:anna@firma.example",
        "anna@firma.example\r\nATTENDEE:mailto:x@y.example",
        "anna@firma.example\n",
        "anna\x00@firma.example",
        "anna@firma\x07.example",
        "anna@firma.example\u2028",
        "anna muster@firma.example",
        "anna@firma.example, x@y.example",
        "anna@firma.example;RSVP=FALSE",
        "anna@firma.example:x",
        "Anna <anna@firma.example>",
        '"anna:x"@firma.example',
        "anna@firma..example",
        "anna@-firma.example",
        f"anna@{'x' * 64}.example",
        "änna@firma.example",
    ],
)
def test_address_that_cannot_be_written_to_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        Party("Anna", address)
