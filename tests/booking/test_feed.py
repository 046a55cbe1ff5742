"""The feeds of advisors and of offices over HTTP, requirement by requirement (FEED-1 to FEED-13), and what must never
get into them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import icalendar
import pytest
import recurring_ical_events
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils.http import http_date, parse_http_date

from booking.ical.event import event_text
from booking.links import feed_address, feed_token
from booking.models import AdvisorFeed, Appointment, FeedText, Service
from booking.services.book import FirmDetails, book_appointment
from booking.services.cancel import cancel_appointment
from booking.services.erase import erase_data
from booking.services.move import move_appointment
from booking.services.retention import anonymise
from booking.views.subscribed import WHOLE_READS
from foundation.models import BrandSettings, User
from offices.models import Advisor, Office
from tests.booking.conftest import NOW
from tests.booking.ical.by_the_letter import assert_folded, content_lines, properties, unescaped
from tests.factories.accounts import ADVISORS, account, let_colleagues_see
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    AvailabilityRuleFactory,
)
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db
FULL = AdvisorFeed.Detail.FULL
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture(autouse=True)
def _settled(now, office, service):
    """All of it happens at NOW, in a network that is older."""
    Office.objects.update(updated_at=LONG_AGO)
    Service.objects.update(updated_at=LONG_AGO)


@pytest.fixture(params=["advisor", "office"])
def make(request, advisor):
    """Makes a feed of the one kind or the other, both for Ada, of whose office nobody else has appointments."""
    advisor.user = account("ada", ADVISORS)
    advisor.save()
    Advisor.objects.update(updated_at=LONG_AGO)
    let_colleagues_see()
    office = advisor.office if request.param == "office" else None

    def make(**values):
        return older(AdvisorFeedFactory(advisor=advisor, office=office, **values))

    return make


@pytest.fixture
def feed(make):
    return make()


def named(feed: AdvisorFeed, text: str) -> str:
    """A summary as it stands in that feed: for a team with who advises."""
    return text if feed.office_id is None else f"{feed.advisor.name}: {text}"


def older(feed: AdvisorFeed) -> AdvisorFeed:
    AdvisorFeed.objects.filter(pk=feed.pk).update(created_at=LONG_AGO)
    feed.refresh_from_db()
    return feed


@pytest.fixture
def appointment(advisor, service):
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)


@pytest.fixture
def client():
    return FeedClient()


class FeedClient(Client):
    """Reads the pieces of a feed to the end, as a calendar program does."""

    def request(self, **request):
        response = super().request(**request)
        if not response.streaming:
            return response
        whole = HttpResponse(
            b"".join(response.streaming_content), status=response.status_code, headers=response.headers
        )
        whole.cookies = response.cookies
        return whole


def path_of(feed: AdvisorFeed) -> str:
    return f"/kalender/{feed_token(feed)}.ics"


def events(response) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(response.content).events


def spans(response) -> list[tuple[datetime, datetime]]:
    """Start and end of each event, as a calendar program expands them over ten years."""
    calendar = icalendar.Calendar.from_ical(response.content)
    found = recurring_ical_events.of(calendar).between(
        datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    )
    return sorted((event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in found)


def at(appointment: Appointment) -> tuple[datetime, datetime]:
    return appointment.starts_at, appointment.ends_at


# --- FEED-1, FEED-12: how it answers ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_feed_1_answers_get_and_head_as_a_calendar(client, feed, appointment, method):
    response = getattr(client, method)(path_of(feed))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response.headers["Content-Disposition"] == 'inline; filename="termine.ics"'
    if method == "head":
        assert response.content == b""
    else:
        assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
        assert response.content.endswith(b"END:VCALENDAR\r\n")
        assert_folded(response.content.decode())


def test_feed_1_head_has_the_headers_of_get(client, feed, appointment):
    got, head = client.get(path_of(feed)), client.head(path_of(feed))
    assert dict(got.headers) == dict(head.headers)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_feed_1_refuses_other_methods_without_a_csrf_page(feed, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path_of(feed))
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


AGENTS = [None, "", "Google-Calendar-Importer", "curl/8.0", "python-requests/2", "x" * 4000, "Ünï/1.0 \t"]
ACCEPTS = [None, "*/*", "text/html", "application/json", "text/calendar, application/calendar+json", "rubbish;;q=9"]


def test_feed_12_any_agent_and_any_accept_get_the_same(client, feed, appointment):
    plain = client.get(path_of(feed))
    for agent in AGENTS:
        for accept in ACCEPTS:
            asked = {"User-Agent": agent, "Accept": accept}
            response = client.get(path_of(feed), headers={name: v for name, v in asked.items() if v is not None})
            assert (response.status_code, response.content) == (200, plain.content)
            assert dict(response.headers) == dict(plain.headers)


# --- FEED-2: the same bytes -------------------------------------------------------------------------------------


def test_feed_2_same_data_same_bytes(client, feed, appointment, advisor, now):
    AppointmentFactory(advisor=advisor, starts_at=NINE + 2 * HOUR)
    first = client.get(path_of(feed))
    now.shift(timedelta(days=3))
    second = client.get(path_of(feed))
    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]


def test_feed_2_stamps_come_from_the_appointment(client, feed, appointment):
    (event,) = events(client.get(path_of(feed)))
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == appointment.changed_at
    assert event["CREATED"].dt == appointment.created_at
    assert event["UID"] == f"{appointment.uid}@mehrwert.example"


def test_feed_2_uid_stays_and_sequence_grows(client, feed, appointment, advisor, now):
    AvailabilityRuleFactory(advisor=advisor)
    (before,) = events(client.get(path_of(feed)))
    now.shift(60)
    move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW + timedelta(minutes=1))
    (after,) = events(client.get(path_of(feed)))
    assert (before["UID"], before["SEQUENCE"]) == (after["UID"], after["SEQUENCE"] - 1)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTAMP"].dt == NOW + timedelta(minutes=1)
    assert after["DTSTART"].dt == NINE + HOUR


def test_feed_2_calendar_has_neither_uid_nor_method(client, feed, appointment):
    calendar = icalendar.Calendar.from_ical(client.get(path_of(feed)).content)
    assert {"UID", "METHOD"}.isdisjoint(calendar)


# --- FEED-3: conditional requests, cookies ----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other", W/{} , "third"', "*"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_feed_3_known_etag_gets_304_without_a_body(client, feed, appointment, form, method):
    fresh = client.get(path_of(feed))
    again = getattr(client, method)(path_of(feed), headers={"If-None-Match": form.format(fresh.headers["ETag"])})
    assert (again.status_code, again.content) == (304, b"")
    kept = ("ETag", "Last-Modified", "Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert {name: again.headers[name] for name in kept} == {name: fresh.headers[name] for name in kept}


@pytest.mark.parametrize("tag", ['"other"', 'W/"other"', '""'])
def test_feed_3_other_etag_gets_the_calendar_whatever_the_date_says(client, feed, appointment, tag):
    """RFC 9110, 13.2.2: If-None-Match goes before If-Modified-Since."""
    headers = {"If-None-Match": tag, "If-Modified-Since": http_date((NOW + timedelta(days=1)).timestamp())}
    response = client.get(path_of(feed), headers=headers)
    assert response.status_code == 200
    assert spans(response) == [at(appointment)]


def test_feed_3_date_of_the_last_answer_gets_304(client, feed, appointment):
    stamp = client.get(path_of(feed)).headers["Last-Modified"]
    earlier = http_date(parse_http_date(stamp) - 1)
    assert client.get(path_of(feed), headers={"If-Modified-Since": stamp}).status_code == 304
    assert client.get(path_of(feed), headers={"If-Modified-Since": earlier}).status_code == 200
    assert client.get(path_of(feed), headers={"If-Modified-Since": "last Tuesday"}).status_code == 200


def changes(appointment, feed):
    """Everything that gives the feed another text, by name."""
    yield "booked", lambda: AppointmentFactory(advisor=appointment.advisor, starts_at=NINE + 2 * HOUR, changed_at=LATER)
    yield "moved", lambda: move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=LATER)
    yield "cancelled", lambda: cancel_appointment(appointment, now=LATER)
    yield "given away", lambda: give_away(appointment)
    yield "service renamed", lambda: renamed(appointment.service, "name", "Beratung vor Ort")
    yield "office moved", lambda: renamed(appointment.office, "street", "Neue Straße 7")
    yield "forgotten", lambda: anonymise(Appointment.objects.filter(pk=appointment.pk), now=LATER)


LATER = NOW + timedelta(minutes=5)
CHANGES = ["booked", "moved", "cancelled", "given away", "service renamed", "office moved"]
CHANGES += ["forgotten"]


def renamed(thing, field: str, value: str) -> None:
    setattr(thing, field, value)
    thing.save()


def give_away(appointment: Appointment) -> None:
    """Moved to the half hour that only a colleague has free."""
    colleague = AdvisorFactory(office=appointment.office)
    AvailabilityRuleFactory(advisor=colleague)
    AppointmentFactory(advisor=appointment.advisor, starts_at=NINE + HOUR, status="held", hold_expires_at=LATER + HOUR)
    moved = move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=LATER)
    assert moved.advisor == colleague


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
@pytest.mark.parametrize("change", CHANGES)
def test_feed_3_every_change_is_noticed(client, make, advisor, service, rule, now, change, header):
    """By clients that know the ETag as by those that know only dates; then there is a new state to come back with."""
    feed = make(detail=FULL)
    for hours in (0, 24, 48):
        AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + hours * HOUR)
    appointment = Appointment.objects.order_by("pk")[2 if change == "cancelled" else 0]
    before = client.get(path_of(feed))
    mark = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}[header]
    assert client.get(path_of(feed), headers={header: before.headers[mark]}).status_code == 304
    now.move_to(LATER)
    dict(changes(appointment, feed))[change]()
    after = client.get(path_of(feed), headers={header: before.headers[mark]})
    assert after.status_code == 200
    assert after.content != before.content
    now.shift(timedelta(minutes=1))
    settled = client.get(path_of(feed))
    assert settled.content == after.content
    assert client.get(path_of(feed), headers={header: settled.headers[mark]}).status_code == 304


@pytest.mark.parametrize("what", ["advisor", "detail", "host"])
def test_feed_3_tag_follows_what_else_the_text_names(client, feed, appointment, settings, what):
    before = client.get(path_of(feed))
    match what:
        case "advisor":
            renamed(appointment.advisor, "name", "Ada Neumann")
        case "detail":
            renamed(feed, "detail", FULL)
        case "host":
            settings.BASE_URL = "https://www.mehrwert.example"
    after = client.get(path_of(feed), headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


def test_feed_3_two_changes_in_one_second_reach_clients_that_know_only_dates(client, feed, appointment, rule, now):
    """RFC 9110, 8.8.2.2: a date of this very minute could hide the second change; so it is not told yet."""
    move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW + timedelta(milliseconds=100))
    now.shift(timedelta(milliseconds=200))
    first = client.get(path_of(feed))
    assert "Last-Modified" not in first.headers
    appointment.refresh_from_db()
    cancel_appointment(appointment, now=NOW + timedelta(milliseconds=900))
    now.shift(timedelta(minutes=2))
    second = client.get(path_of(feed), headers={"If-Modified-Since": http_date(NOW.timestamp() - 1)})
    assert (second.status_code, events(second)) == (200, [])
    assert second.headers["Last-Modified"] == http_date(NOW.timestamp())


def test_feed_3_leaves_no_cookie_and_varies_by_none(client, feed, appointment):
    """Not even in the browser in which the advisor is signed in."""
    signed_in = FeedClient()
    signed_in.force_login(User.objects.get(username="ada"))
    for browser, headers in ((client, {}), (client, {"If-None-Match": "*"}), (signed_in, {})):
        response = browser.get(path_of(feed), headers=headers)
        assert response.cookies == {}
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("number", [1, 3])
def test_feed_3_costs_few_queries_and_two_when_nothing_changed(
    client, feed, advisor, service, django_assert_num_queries, number
):
    for day in range(number):
        AppointmentFactory(advisor=advisor, service=service, starts_at=NINE + timedelta(days=day))
    BrandSettings.as_shown()
    # the feed, the note of the visit, its state, which texts are missing, four to write them in a savepoint, the mark
    # that all are kept, the texts
    with django_assert_num_queries(10):
        first = client.get(path_of(feed))
    with django_assert_num_queries(3):
        assert len(events(client.get(path_of(feed)))) == number
    with django_assert_num_queries(2):
        assert client.get(path_of(feed), headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


# --- FEED-2: its texts are kept ---------------------------------------------------------------------------------


def kept() -> dict[int, tuple[int, str]]:
    """Version and content by appointment."""
    return {text.appointment_id: (text.sequence, text.content) for text in FeedText.objects.all()}


def test_a_text_is_written_once_for_each_version(client, feed, appointment, advisor, rule, now, monkeypatch):
    AppointmentFactory(advisor=advisor, starts_at=NINE + 24 * HOUR)
    monkeypatch.setattr("booking.services.feeds._PIECE", 1)
    client.get(path_of(feed))
    before = kept()
    assert [sequence for sequence, _ in before.values()] == [0, 0]
    move_appointment(appointment, starts_at=NINE + HOUR, sequence=0, now=NOW)
    written = []
    monkeypatch.setattr(
        "booking.services.feeds.event_text", lambda event: written.append(event.uid) or event_text(event)
    )
    moved, _ = events(client.get(path_of(feed)))
    assert written == [f"{appointment.uid}@mehrwert.example"] == [moved["UID"]]
    after = kept()
    assert after[appointment.pk][0] == 1
    assert {key: after[key] for key in after if key != appointment.pk} == {
        key: before[key] for key in before if key != appointment.pk
    }
    client.get(path_of(feed))
    assert len(written) == 1


def test_feeds_of_several_details_keep_their_own_texts(client, make, feed, appointment):
    full, busy = (make(detail=detail) for detail in ("full", "busy"))
    texts = [client.get(path_of(which)).content for which in (feed, full, busy, feed, full, busy)]
    assert texts[:3] == texts[3:]
    assert [b"Beispiel Metallbau" in text for text in texts[:3]] == [False, True, False]
    belegt = f"SUMMARY:{named(feed, 'Belegt')}".encode()
    assert [belegt in text for text in texts[:3]] == [False, False, True]
    kinds = ["busy", "full", "title"] if feed.office_id is None else ["team-busy", "team-full", "team-title"]
    assert sorted(FeedText.objects.values_list("detail", flat=True)) == kinds


def test_no_text_outlives_the_data_of_the_firm(client, make, appointment):
    client.get(path_of(make(detail=FULL)))
    assert "Beispiel Metallbau" in FeedText.objects.get().content
    erase_data(appointment, now=NOW)
    assert not FeedText.objects.exists()


def test_a_text_that_was_lost_is_written_again(client, feed, appointment, service):
    """Whatever deleted it: the next change of anything around brings it back."""
    whole = client.get(path_of(feed)).content
    FeedText.objects.all().delete()
    renamed(service, "name", "Beratung vor Ort")
    assert client.get(path_of(feed)).content == whole


# --- FEED-4 to FEED-6: what it says -----------------------------------------------------------------------------


def test_feed_4_names_itself_and_asks_to_come_back_hourly(client, feed, advisor):
    renamed(feed.office or advisor, "name", "Ada Beispiel, geb. Müller; \\n")
    text = client.get(path_of(feed)).content.decode()
    said = dict(properties(text))
    name = r"MehrWert: Ada Beispiel\, geb. Müller\; \\n"
    assert (said["NAME"], said["X-WR-CALNAME"]) == (name, name)
    assert said["REFRESH-INTERVAL;VALUE=DURATION"] == said["X-PUBLISHED-TTL"] == "PT1H"
    assert (said["PRODID"], said["CALSCALE"]) == ("-//MehrWert//Beratungstermine//DE", "GREGORIAN")


def test_feed_4_bears_the_wordmark_of_the_settings_and_is_read_anew_when_it_changes(
    client, feed, django_capture_on_commit_callbacks
):
    known = {"If-None-Match": client.get(path_of(feed)).headers["ETag"]}
    with django_capture_on_commit_callbacks(execute=True):
        BrandSettings.objects.create(wordmark="Lernnetz")
    response = client.get(path_of(feed), headers=known)
    assert response.status_code == 200
    assert dict(properties(response.content.decode()))["NAME"] == f"Lernnetz: {(feed.office or feed.advisor).name}"


def test_feed_5_an_event_has_just_these_properties(client, feed, appointment):
    text = client.get(path_of(feed)).content.decode()
    lines = content_lines(text)
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT") + 1]
    desk = f"http://127.0.0.1:8000/termin/vorgang/{appointment.reference}/"
    assert sorted(event) == sorted(
        [
            "BEGIN:VEVENT",
            "CLASS:PRIVATE",
            "CREATED:20261101T080000Z",
            f"DESCRIPTION:{desk}",
            "DTEND:20261124T090000Z",
            "DTSTAMP:20261101T080000Z",
            "DTSTART:20261124T080000Z",
            "LAST-MODIFIED:20261101T080000Z",
            "SEQUENCE:0",
            "STATUS:CONFIRMED",
            f"SUMMARY:{named(feed, 'Beratungstermin')}",
            "TRANSP:OPAQUE",
            f"UID:{appointment.uid}@mehrwert.example",
            f"URL:{desk}",
            "END:VEVENT",
        ]
    )


CHANGES_OF_THE_CLOCK = ["2026-10-25", "2027-03-28", "2027-10-31"]


@pytest.mark.parametrize("day", CHANGES_OF_THE_CLOCK)
def test_feed_6_times_are_right_around_a_change_of_the_clock(client, feed, advisor, service, now, day):
    """Every half hour from the afternoon before to the afternoon after, as one program after another reads it."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    now.move_to(midnight)
    service.duration = 30
    booked = [
        AppointmentFactory(advisor=advisor, service=service, starts_at=midnight + number * HOUR / 2)
        for number in range(-16, 32)
    ]
    response = client.get(path_of(feed))
    read = sorted((event["DTSTART"].dt, event["DTEND"].dt) for event in events(response))
    assert read == [at(appointment) for appointment in booked]
    times = [value for name, value in properties(response.content.decode()) if name in {"DTSTART", "DTEND"}]
    assert {value[-1] for value in times[2:]} == {"Z"}  # the first two are those of the zone block
    # With X-WR-TIMEZONE recurring-ical-events takes the doubled hour for its first pass: both are left out.
    doubled = {midnight + number * HOUR / 2 for number in range(4)} if midnight.month == 10 else set()
    assert [span for span in spans(response) if span[0] not in doubled] == [
        at(appointment) for appointment in booked if appointment.starts_at not in doubled
    ]


def test_feed_6_empty_feed_is_whole(client, feed):
    calendar = icalendar.Calendar.from_ical(client.get(path_of(feed)).content)
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]
    assert calendar.errors == []


# --- FEED-7: the window -----------------------------------------------------------------------------------------


def test_feed_7_reaches_sixty_days_back_and_for_ever_ahead(client, feed, advisor, service):
    edge = NOW - timedelta(days=60)
    inside = [
        AppointmentFactory(advisor=advisor, service=service, starts_at=starts_at)
        for starts_at in (edge - HOUR + timedelta(seconds=1), NOW - timedelta(days=1), NOW + timedelta(days=900))
    ]
    AppointmentFactory(advisor=advisor, service=service, starts_at=edge - HOUR - timedelta(hours=2))
    ended = AppointmentFactory(advisor=advisor, service=service, starts_at=edge - HOUR - HOUR)
    assert ended.ends_at == edge - HOUR
    assert spans(client.get(path_of(feed))) == [at(appointment) for appointment in inside]


def test_feed_7_old_appointment_leaves_without_any_change(client, feed, appointment, now):
    before = client.get(path_of(feed))
    now.move_to(appointment.ends_at + timedelta(days=60))
    after = client.get(path_of(feed), headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, events(after)) == (200, [])


@pytest.mark.parametrize("status", ["cancelled", "expired", "held"])
def test_feed_7_only_booked_appointments_are_in_it(client, feed, advisor, service, appointment, status):
    AppointmentFactory(
        advisor=advisor, service=service, starts_at=NINE + 2 * HOUR, status=status, hold_expires_at=NOW + HOUR
    )
    assert spans(client.get(path_of(feed))) == [at(appointment)]


def test_feed_7_cancelled_appointment_leaves(client, feed, appointment):
    assert spans(client.get(path_of(feed))) == [at(appointment)]
    cancel_appointment(appointment, now=NOW)
    assert spans(client.get(path_of(feed))) == []


def test_feed_7_appointments_of_others_are_not_in_it(client, feed, appointment, service):
    """Of another office; those of colleagues have their tests in test_team_feed.py."""
    AppointmentFactory(service=service)
    assert spans(client.get(path_of(feed))) == [at(appointment)]


# --- FEED-8, FEED-9: who may read it ----------------------------------------------------------------------------


def test_feed_8_address_holds_128_random_bits_and_nothing_is_stored(feed):
    token = feed_token(feed)
    assert (len(token), len(set(token[22:])) > 10) == (54, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM booking_advisorfeed")
        assert not [value for row in cursor.fetchall() for value in row if token[22:] in str(value)]
    assert feed_address(feed) == f"http://127.0.0.1:8000/kalender/{token}.ics"


def test_feed_8_new_address_ends_the_old_one_at_once(client, feed, appointment):
    old = path_of(feed)
    etag = client.get(old).headers["ETag"]
    feed.version += 1
    feed.save()
    assert client.get(old).status_code == 404
    assert client.get(old, headers={"If-None-Match": etag}).status_code == 404
    assert spans(client.get(path_of(feed))) == [at(appointment)]


def test_feed_8_several_addresses_live_and_die_apart(client, make, feed, appointment):
    other = make(name="Telefon")
    feed.revoked_at = NOW
    feed.save()
    assert (client.get(path_of(feed)).status_code, client.get(path_of(other)).status_code) == (404, 200)


def test_feed_8_ends_with_the_advisor(client, feed, advisor):
    advisor.is_active = False
    advisor.save()
    assert client.get(path_of(feed)).status_code == 404


def test_feed_8_last_visit_is_noted_at_most_every_five_minutes(client, feed, now):
    def ask(agent: str) -> tuple[datetime, str]:
        client.get(path_of(feed), headers={"User-Agent": agent})
        feed.refresh_from_db()
        return feed.last_fetched_at, feed.last_client

    assert ask("Thunder\x07bird/1" + "x" * 200) == (NOW, "Thunderbird/1" + "x" * 67)
    now.shift(timedelta(minutes=4, seconds=59))
    assert ask("second") == (NOW, "Thunderbird/1" + "x" * 67)
    now.shift(timedelta(seconds=1))
    assert ask("third") == (NOW + timedelta(minutes=5), "third")


def wrong_tokens(feed: AdvisorFeed) -> list[str]:
    token, foreign = feed_token(feed), feed_token(AdvisorFeedFactory())
    cut = [token[:-1], token[1:], token[:22], token[22:], "", "x"]
    mixed = [token[:22] + foreign[22:], foreign[:22] + token[22:], "A" * 54, token + "A", token.swapcase()]
    odd = ["\0" * 54, token[:-1] + "\0", "ü" * 54, "=" * 54, token[:20] + "==" + token[22:], "+" * 54, "A" * 3000]
    flipped = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    return cut + mixed + odd + flipped


@pytest.mark.parametrize("method", ["get", "head"])
def test_feed_9_every_wrong_address_gets_the_same_404(client, feed, appointment, method):
    never = getattr(client, method)("/gibt-es-nicht/")
    paths = [f"/kalender/{quote(token, safe='')}.ics" for token in wrong_tokens(feed)]
    paths += ["/kalender/%ff%fe%80.ics", f"/kalender/{feed_token(feed)[:-1]}%C3.ics", "/kalender/%2e%2e.ics"]
    for path in paths:
        response = getattr(client, method)(path)
        assert (response.status_code, response.content) == (404, never.content), path
        assert dict(response.headers) == dict(never.headers)
        assert response.cookies == {}


def test_feed_9_equal_lengths_of_wrong_and_right_feeds_ask_the_database_once(client, feed, django_assert_num_queries):
    """A feed that does not exist costs what a wrong code costs."""
    client.get("/gibt-es-nicht/")  # the frame of pages is kept from then on
    known, unknown = feed_token(feed)[:22] + "A" * 32, "B" * 21 + "A" + "A" * 32
    for token in (known, unknown):
        with django_assert_num_queries(QUERIES_OF_404 + 1):
            assert client.get(f"/kalender/{token}.ics").status_code == 404
    with django_assert_num_queries(QUERIES_OF_404):
        assert client.get("/kalender/kurz.ics").status_code == 404


QUERIES_OF_404 = 2


def test_feed_9_one_network_reads_one_link_whole_so_often_and_no_more(feed, appointment, now):
    def ask(path=None, address="203.0.113.30", **headers):
        return FeedClient(REMOTE_ADDR=address).get(path or path_of(feed), headers=headers)

    first = ask()
    assert {ask().status_code for _ in range(WHOLE_READS.times - 1)} == {200}
    refused = ask()
    assert (refused.status_code, refused.content, refused.headers["Retry-After"]) == (429, b"", "600")
    assert (refused.headers["Cache-Control"], refused.headers.get("ETag")) == ("private, no-cache", None)
    assert (refused.headers["Referrer-Policy"], refused.cookies) == ("no-referrer", {})
    assert ask(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert ask(address="203.0.113.31").content == first.content
    assert ask(path_of(older(AdvisorFeedFactory(advisor=feed.advisor)))).status_code == 200
    assert ask("/kalender/kurz.ics").status_code == 404
    now.shift(timedelta(minutes=10))
    assert ask().status_code == 200


def test_feed_9_who_knows_its_etag_is_never_refused(feed, appointment):
    client = FeedClient(REMOTE_ADDR="203.0.113.32")
    known = {"If-None-Match": client.get(path_of(feed)).headers["ETag"]}
    assert {client.get(path_of(feed), headers=known).status_code for _ in range(WHOLE_READS.times * 2)} == {304}
    assert client.get(path_of(feed)).status_code == 200


# --- FEED-10, FEED-11: what it tells ----------------------------------------------------------------------------


def test_feed_10_is_kept_out_of_indexes_and_referrers_but_not_of_robots_txt(client, feed):
    response = client.get(path_of(feed))
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "kalender" not in client.get("/robots.txt").content.decode()


PERSONAL = {
    "organization": "Planted Firma GmbH",
    "name": "Planted Name",
    "email": "planted@firma.example",
    "phone": "05151 7777",
    "street": "Planted Weg 3",
    "topic": "Planted Thema",
    "message": "Planted Nachricht",
}


def test_feed_11_tells_nothing_of_the_firm_by_default(client, feed, advisor, service, office):
    AppointmentFactory(advisor=advisor, service=service, kind="firm", starts_at=NINE, **PERSONAL)
    text = "".join(content_lines(client.get(path_of(feed)).content.decode()))
    assert "Planted" not in text
    assert not [value for value in PERSONAL.values() if value in text]
    assert [event["SUMMARY"] for event in events(client.get(path_of(feed)))] == [named(feed, "Beratungstermin")]


def test_feed_11_says_only_that_the_time_is_taken(client, make, advisor, service):
    feed = make(detail=AdvisorFeed.Detail.BUSY)
    appointment = AppointmentFactory(advisor=advisor, service=service, kind="firm", starts_at=NINE, **PERSONAL)
    first = client.get(path_of(feed))
    (event,) = events(first)
    assert set(event) == PROPERTIES - {"DESCRIPTION", "LOCATION", "URL"}
    assert (event["SUMMARY"], at(appointment)) == (named(feed, "Belegt"), (event["DTSTART"].dt, event["DTEND"].dt))
    text = first.content.decode()
    assert not [value for value in (*PERSONAL.values(), appointment.reference, "Beratungstermin\r") if value in text]
    assert client.get(path_of(feed)).content == first.content


def test_feed_11_tells_all_when_asked_to(client, make, advisor, service):
    feed = make(detail=FULL)
    appointment = AppointmentFactory(advisor=advisor, service=service, kind="firm", starts_at=NINE, **PERSONAL)
    (event,) = events(client.get(path_of(feed)))
    desk = f"http://127.0.0.1:8000/termin/vorgang/{appointment.reference}/"
    assert event["SUMMARY"] == named(feed, "Erstberatung: Planted Firma GmbH")
    assert event["LOCATION"] == "bei Ihnen im Betrieb, Planted Weg 3, 31785"
    assert event["DESCRIPTION"].split("\n") == [
        *(PERSONAL[name] for name in ("organization", "name", "email", "phone", "topic", "message")),
        desk,
    ]
    assert event["URL"] == desk


# --- S5: what a visitor types stays text ------------------------------------------------------------------------

PROPERTIES = {"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"}
PROPERTIES |= {"DESCRIPTION", "LOCATION", "URL", "STATUS", "TRANSP", "CLASS"}

EVIL = [
    "GmbH\r\nATTENDEE:mailto:evil@evil.example",
    "GmbH\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil\nSUMMARY:evil",
    "GmbH\u2028ATTACH:https://evil.example/",
    "GmbH\x85BEGIN:VALARM",
    r"a;b,c\n:d\\",
    'CN="x";ROLE=CHAIR:mailto:evil@evil.example',
    "^n^'^^",
    "Ä" * 110,
    "\U0001f9d1\u200d\U0001f3ed" * 30,
    "x\x00y\x07z\ud800",
]


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("field", ["organization", "name", "topic", "message"])
def test_s5_typed_text_stays_inside_one_property(client, advisor, service, field, evil):
    """Past every form: straight from the row."""
    feed = AdvisorFeedFactory(advisor=advisor, detail=FULL)
    quiet = AppointmentFactory.build(advisor=advisor, office=advisor.office, service=service, starts_at=NINE)
    storable = evil.replace("\0", "").replace("\ud800", "")
    loud = AppointmentFactory(advisor=advisor, service=service, starts_at=NINE, **{field: storable})
    text = client.get(path_of(feed)).content.decode()
    assert_folded(text)
    (event,) = events(client.get(path_of(feed)))
    assert set(event) == PROPERTIES
    assert event["UID"] == f"{loud.uid}@mehrwert.example"
    assert at(loud) == (event["DTSTART"].dt, event["DTEND"].dt) == at(quiet)
    wanted = storable.replace("\r\n", "\n").replace("\u2028", "\n").replace("\x85", "\n").replace("\x07", "")
    description = unescaped(dict(properties(text))["DESCRIPTION"])
    assert wanted in description


def test_booked_to_the_feed_and_out_again(client, feed, advisor, service, office, rule):
    """From the reservation to the event, instant by instant, and away with the cancellation."""
    hold = AppointmentFactory(
        advisor=advisor, service=service, starts_at=NINE, status="held", hold_expires_at=NOW + HOUR
    )
    assert spans(client.get(path_of(feed))) == []
    details = FirmDetails("Beispiel GmbH", "Kim Muster", "kim@firma.example", "31785")
    booked = book_appointment(hold, details, now=NOW)
    assert spans(client.get(path_of(feed))) == [(NINE, NINE + HOUR)]
    moved = move_appointment(booked, starts_at=NINE + 2 * HOUR, sequence=0, now=NOW)
    assert spans(client.get(path_of(feed))) == [(NINE + 2 * HOUR, NINE + 3 * HOUR)]
    cancel_appointment(moved, now=NOW)
    assert spans(client.get(path_of(feed))) == []
