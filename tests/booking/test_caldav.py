"""Reading from CalDAV: from real servers on this machine, and from servers that lie."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from booking.ical.busy.reading import read_busy
from booking.models import BusyCalendar
from booking.remote.answers import Unread
from booking.remote.caldav import Account, Found, fetch_caldav, find_calendars
from booking.remote.dav_xml import resources_of
from booking.remote.pace import Pace
from booking.services.connect import AlreadyRead, choose_collections, connect_caldav
from foundation.fetching.client import Client
from foundation.fetching.refusals import CredentialsRefused
from tests.booking.calendar_servers import answer, calendar, client_saying
from tests.calendar_peers import PEERS
from tests.factories.offices import AdvisorFactory
from tests.hostile_servers import hostile_server

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
START, END = datetime(2026, 11, 22, tzinfo=UTC), datetime(2027, 5, 23, tzinfo=UTC)


def client_for(*ports):
    return Client("Test/1", {}, allowed_inside=frozenset(("127.0.0.1", port) for port in ports))


# --- Radicale and Xandikos -------------------------------------------------------------------------------------

SERIES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample//EN
BEGIN:VEVENT
UID:series
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Berlin:20260105T090000
DTEND;TZID=Europe/Berlin:20260105T100000
RRULE:FREQ=WEEKLY;UNTIL=20271115T220000Z
SUMMARY:Geheim
END:VEVENT
END:VCALENDAR
"""


STAMPED = "PRODID:-//Sample//EN\r\nBEGIN:VEVENT\r\nDTSTAMP:20261101T000000Z"


@pytest.fixture(scope="module", params=PEERS)
def peer(request, tmp_path_factory):
    """A server with an empty calendar „Chor“, „Praxis“ with a single event and a series, and a list of tasks."""
    with PEERS[request.param](tmp_path_factory.mktemp(request.param)) as server:
        server.make_collection("chor", "Chor")
        server.make_collection("praxis", "Praxis")
        server.make_collection("todo", "Aufgaben", component="VTODO")
        single = calendar("20261124T090000Z/20261124T100000Z").decode()
        server.put("praxis/a.ics", single.replace("BEGIN:VEVENT", STAMPED))
        server.put("praxis/b.ics", SERIES)
        yield server


def account(port, path="", password="geheim"):
    return Account(f"http://127.0.0.1:{port}{path}", "lena", password)


@pytest.mark.processes
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("", ["Chor", "Praxis"]),
        ("/", ["Chor", "Praxis"]),
        ("/lena/", ["Chor", "Praxis"]),
        ("/.well-known/caldav", ["Chor", "Praxis"]),
        ("/{home}/praxis/", ["Praxis"]),
    ],
)
def test_calendars_are_found_from_wherever_people_start(peer, path, names):
    start = account(peer.port, path.format(home=peer.home))
    found = find_calendars(start, client=client_for(peer.port), now=NOW, seconds=10)
    assert sorted(found, key=str) == [Found(peer.url_of(name.lower()), name) for name in names]


@pytest.mark.processes
def test_its_times_are_read_and_expanded_on_our_side_over_each_change_of_the_clock(peer):
    url, client = peer.url_of("praxis"), client_for(peer.port)
    start, end = datetime(2026, 10, 18, tzinfo=UTC), datetime(2027, 11, 21, tzinfo=UTC)
    copy = fetch_caldav(account(peer.port), [url], start=start, end=end, client=client, now=NOW, seconds=10)
    reading = read_busy(copy.texts, start=start, end=end, zone="Europe/Berlin", own_domain="mehrwert.example")
    times = [f"{datetime.fromtimestamp(start * 60, UTC):%Y-%m-%d %H}" for start, _ in reading.intervals]
    assert times[:2] == ["2026-10-19 07", "2026-10-26 08"]
    assert times[4:7] == ["2026-11-16 08", "2026-11-23 08", "2026-11-24 09"]
    assert times[23:26] == ["2027-03-22 08", "2027-03-29 07", "2027-04-05 07"]
    assert times[-4:] == ["2027-10-25 07", "2027-11-01 08", "2027-11-08 08", "2027-11-15 08"]
    assert len(times) == 58


@pytest.mark.processes
@pytest.mark.parametrize("peer", ["radicale"], indirect=True)
def test_a_wrong_password_is_said_so(peer):
    with pytest.raises(Unread, match=r"verweigert den Zugang \(401\)"):
        find_calendars(account(peer.port, password="falsch"), client=client_for(peer.port), now=NOW, seconds=10)


@pytest.mark.processes
@pytest.mark.django_db
def test_an_account_is_connected_with_all_its_calendars_and_some_can_be_left_out(peer):
    row = connect_caldav(
        advisor=AdvisorFactory(),
        name="Cloud",
        url=peer.url,
        user="lena",
        password="geheim",
        now=NOW,
        client=client_for(peer.port),
    )
    assert sorted(each["name"] for each in row.door["collections"]) == ["Chor", "Praxis"]
    assert row.times.count() == 27
    stored = str(list(BusyCalendar.objects.values()))
    assert "geheim" not in stored
    assert not re.search(r"\blena\b", stored), "four letters that any sealed text may hold somewhere"
    chor = peer.url_of("chor")
    choose_collections(row, used=[chor], now=NOW, client=client_for(peer.port))
    row.refresh_from_db()
    assert [each["url"] for each in row.door["collections"] if each["used"]] == [chor]
    assert row.times.count() == 0


@pytest.mark.processes
@pytest.mark.django_db
def test_one_account_is_not_connected_twice_wherever_it_begins(peer):
    advisor = AdvisorFactory()
    told = {"advisor": advisor, "name": "Cloud", "user": "lena", "password": "geheim", "now": NOW}
    connect_caldav(**told, url=peer.url, client=client_for(peer.port))
    with pytest.raises(AlreadyRead, match="Cloud"):
        connect_caldav(**told, url=peer.url_of("praxis"), client=client_for(peer.port))
    assert BusyCalendar.objects.count() == 1


EMPTY = answer(b'<multistatus xmlns="DAV:"/>', status=207)


@pytest.mark.parametrize(("host", "pauses"), [("caldav.gmx.net", 2), ("caldav.web.de", 2), ("cloud.example.org", 0)])
def test_gmx_is_read_by_one_request_in_two_seconds(host, pauses):
    slept = []
    urls = [f"https://{host}/{name}/" for name in "abc"]
    fetch_caldav(
        Account(urls[0], "lena", "x"),
        urls,
        start=START,
        end=END,
        client=client_saying(EMPTY, EMPTY, EMPTY),
        now=NOW,
        seconds=10,
        pace=Pace(slept.append),
    )
    assert len(slept) == pauses
    assert all(1 < seconds <= 2 for seconds in slept)


def test_the_pause_ends_with_the_time_that_is_left():
    slept: list[float] = []
    pace = Pace(slept.append)
    for _ in range(2):
        pace.keep("caldav.gmx.net", left=0.5)
    assert slept == [0.5]


# --- Servers that lie -------------------------------------------------------------------------------------------


def multistatus(href, inner):
    return (
        '<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response>'
        f"<href>{href}</href><propstat><prop>{inner}</prop><status>HTTP/1.1 200 OK</status></propstat>"
        "</response></multistatus>"
    ).encode()


def test_credentials_stay_at_their_origin_whatever_an_answer_names():
    with hostile_server(lambda talk: talk.answer(multistatus("/", ""), status="207 Multi-Status")) as other:
        elsewhere = f"http://127.0.0.1:{other.port}/steal/"
        principal = f"<current-user-principal><href>{elsewhere}</href></current-user-principal>"

        def lie(talk):
            talk.answer(multistatus("/", principal), status="207 Multi-Status")

        def redirect(talk):
            talk.answer(b"", f"Location: {elsewhere}", status="301 Moved")

        for behaviour, refusal in [(lie, Unread), (redirect, CredentialsRefused)]:
            with hostile_server(behaviour) as server, pytest.raises(refusal):
                find_calendars(account(server.port), client=client_for(server.port, other.port), now=NOW, seconds=10)
    assert other.requests == []


def test_a_collection_of_another_origin_is_not_asked():
    with hostile_server(lambda talk: talk.answer()) as other, pytest.raises(Unread, match="anderen Server"):
        fetch_caldav(
            account(1),
            [f"http://127.0.0.1:{other.port}/cal/"],
            start=START,
            end=END,
            client=client_for(1, other.port),
            now=NOW,
            seconds=5,
        )
    assert other.requests == []


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>"""
READER = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>"""


@pytest.mark.parametrize("body", [b"", b"<html>", b"<a/>", BOMB, READER, b"\xff\xfe<", b"<multistatus/>"])
def test_what_is_no_plain_multistatus_is_refused(body):
    with pytest.raises(Unread, match="kein gültiges CalDAV"):
        resources_of(body)


def test_properties_that_were_not_found_count_for_nothing():
    body = multistatus("/", "<resourcetype><collection/><C:calendar/></resourcetype>").replace(
        b"200 OK", b"404 Not Found"
    )
    assert not resources_of(body)[0].holds_events


def test_an_account_without_events_is_an_empty_calendar_and_no_broken_one():
    with hostile_server(lambda talk: talk.answer(b'<multistatus xmlns="DAV:"/>', status="207 Multi-Status")) as server:
        copy = fetch_caldav(
            account(server.port),
            [f"{server.address}cal/"],
            start=START,
            end=END,
            client=client_for(server.port),
            now=NOW,
            seconds=5,
        )
    reading = read_busy(copy.texts, start=START, end=END, zone="Europe/Berlin", own_domain="mehrwert.example")
    assert reading.intervals == ()
    assert b'time-range start="20261122T000000Z"' in server.requests[0]
