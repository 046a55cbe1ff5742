"""Events: what is ahead and what is over, their pages, calendars, and what machines read of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.models import PageViewRestriction

from home.events import event_teasers
from home.models import EventDate, EventIndexPage, EventPage, FundingNotice, NewsIndexPage
from home.wording import span_in_words
from tests.booking.ical.by_the_letter import assert_folded
from tests.factories.courses import TopicFactory
from tests.factories.home import (
    EventIndexPageFactory,
    EventPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    PictureFactory,
    new_site,
)
from tests.factories.offices import OfficeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
    cache.clear()


@pytest.fixture
def index() -> EventIndexPage:
    home = new_site()
    NewsIndexPageFactory(parent=home)
    return EventIndexPageFactory(parent=home)


def event(index: EventIndexPage, title: str, *starts: datetime, **values) -> EventPage:
    dates = [(start, start + HOUR) for start in starts]
    return EventPageFactory(parent=index, title=title, slug=title.lower(), dates=dates, **values)


def titles(client, address: str) -> list[str]:
    return [teaser.title for teaser in client.get(address).context["events"]]


def test_lists_follow_the_next_date(client, index):
    event(index, "Zwei", NOW - 9 * DAY, NOW + 2 * DAY, NOW + 8 * DAY)
    event(index, "Eins", NOW + DAY)
    event(index, "Läuft", NOW - HOUR / 2)
    event(index, "Gestern", NOW - DAY)
    event(index, "Damals", NOW - 90 * DAY)
    event(index, "Entwurf", NOW + DAY, live=False)
    event(index, "Ohne")
    hidden = event(index, "Intern", NOW + DAY)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, "/veranstaltungen/") == ["Läuft", "Eins", "Zwei"]
    assert titles(client, "/veranstaltungen/vergangene/") == ["Gestern", "Damals"]
    assert titles(client, "/nachrichten/") == ["Läuft", "Eins", "Zwei"]
    assert titles(client, "/") == ["Läuft", "Eins", "Zwei"]
    two = event_teasers(None, now=NOW)[-1]
    assert (two.day, two.month, two.when, two.more_dates) == (
        "28",
        "Nov",
        "Sa., 28. November 2026, 10:00 bis 11:00 Uhr",
        1,
    )
    for path in ("?page=2", "?page=x", "vergangene/?page=2"):
        assert client.get(f"/veranstaltungen/{path}").status_code == 404


@pytest.mark.usefixtures("kept_pages")
def test_event_leaves_the_kept_list_when_it_ends(client, committed, now):
    """A kept page would show it for up to a minute more."""
    with committed():
        index = EventIndexPageFactory(parent=new_site())
        event(index, "Gleich", NOW - HOUR + timedelta(seconds=20))
        event(index, "Damals", NOW - 90 * DAY)
    past = "/veranstaltungen/vergangene/"
    assert titles(client, past) == ["Damals"]
    client.get("/veranstaltungen/")
    assert "Gleich" in client.get("/veranstaltungen/").content.decode()
    now.shift(timedelta(seconds=20))
    assert "Gleich" not in client.get("/veranstaltungen/").content.decode()
    assert titles(client, past) == ["Gleich", "Damals"]
    assert "Diese Veranstaltung ist vorbei" in client.get("/veranstaltungen/gleich/").content.decode()


def test_an_event_keeps_its_office_and_offers_no_times_of_a_closed_one(client, index):
    office = OfficeFactory(slug="hameln")
    event(index, "Rat", NOW + DAY, kind=EventPage.Kind.OFFICE_DAY, office=office)
    booking = "/termin/hameln/?art=office_day"
    assert booking in client.get("/veranstaltungen/rat/").content.decode()
    office.is_active = False
    office.save()
    cache.clear()
    text = client.get("/veranstaltungen/rat/").content.decode()
    assert office.address_line in text
    assert booking not in text
    with pytest.raises(ProtectedError):
        office.delete()


def test_page_of_an_event(client, index):
    page = event(
        index,
        "Plan",
        NOW + DAY,
        NOW + 8 * DAY,
        registration_note="Bitte anmelden.",
        registration_url="https://anmeldung.example/",
        capacity_note="16 Plätze",
        picture=PictureFactory(),
        picture_alt="Ein Feld",
    )
    assert (page.shown_pictures(), page.said_beside()) == (
        [page.picture_id],
        ["Rathaus, Markt 1, 31675 Bückeburg"],
    )
    text = client.get("/veranstaltungen/plan/").content.decode()
    markup = Markup(text)
    assert markup.complaints == []
    assert {f"/feeds/veranstaltungen/{page.pk}.ics", "https://anmeldung.example/"} <= set(markup.links)
    for words in (
        "Fr., 27. November 2026, 10:00 bis 11:00 Uhr",
        "Rathaus, Markt 1, 31675 Bückeburg",
        "16 Plätze",
        "Bitte anmelden.",
        "Illustration: MehrWert",
    ):
        assert words in text
    found = markup.data[-1]
    first, second = found["@graph"]
    assert first.pop("image")[0].startswith("http://127.0.0.1:8000/media/images/")
    assert first == {
        "@type": "Event",
        "name": "Plan",
        "description": "Worum es geht.",
        "url": "http://testserver/veranstaltungen/plan/",
        "inLanguage": "de",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Rathaus",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Markt 1",
                "postalCode": "31675",
                "addressLocality": "Bückeburg",
                "addressCountry": "DE",
            },
        },
        "organizer": {"@type": "Organization", "name": "MehrWert", "url": "http://127.0.0.1:8000/"},
        "startDate": "2026-11-27T10:00:00+01:00",
        "endDate": "2026-11-27T11:00:00+01:00",
    }
    assert second["startDate"] == "2026-12-04T10:00:00+01:00"


def test_event_names_the_sponsor_of_its_last_day_and_of_today_until_then(client, index):
    day = NOW.date()
    FundingNotice.objects.create(sentence="A zahlte.", valid_from=day - 90 * DAY, valid_until=day - 5 * DAY)
    FundingNotice.objects.create(sentence="B zahlt.", valid_from=day - 4 * DAY, valid_until=day)
    for title, shown, dates in (
        ("Damals", "A zahlte.", [-30, -6]),
        ("Neulich", "B zahlt.", [-30, -1]),
        ("Bald", "B zahlt.", [-30, 9]),
        ("Ohne", "B zahlt.", []),
    ):
        page = event(index, title, *(NOW + days * DAY for days in dates))
        text = client.get(page.url).content.decode()
        assert [words for words in ("A zahlte.", "B zahlt.") if words in text] == [shown], title


def test_sprechtag_leads_to_the_times_of_its_office(client, index):
    office = OfficeFactory(name="Büro Hameln", slug="hameln")
    page = event(index, "Offen", NOW + DAY, kind=EventPage.Kind.OFFICE_DAY, office=office)
    text = client.get("/veranstaltungen/offen/").content.decode()
    assert "/termin/hameln/?art=office_day" in Markup(text).links
    assert "Büro Hameln, Musterweg 1, 31785 Hameln" in text
    page.is_cancelled = True
    page.save_revision().publish()
    text = client.get("/veranstaltungen/offen/").content.decode()
    assert "/termin/hameln/?art=office_day" not in Markup(text).links
    assert "Diese Veranstaltung fällt aus" in text
    assert Markup(text).data[-1]["@graph"][0]["eventStatus"] == "https://schema.org/EventCancelled"


def test_online_event_has_no_street(client, index):
    event(index, "Abend", NOW + DAY, is_online=True, venue="", street="", postcode="", town="")
    markup = Markup(client.get("/veranstaltungen/abend/").content.decode())
    assert markup.data[-1]["@graph"][0]["location"] == {
        "@type": "VirtualLocation",
        "url": "http://testserver/veranstaltungen/abend/",
    }


def test_calendar_of_one_event(client, index):
    page = event(index, "Plan", NOW - DAY, NOW + DAY, registration_note="Bitte; anmelden")
    response = client.get(f"/feeds/veranstaltungen/{page.pk}.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'inline; filename="plan.ics"'
    assert_folded(response.content.decode())
    first, second = icalendar.Calendar.from_ical(response.content).events
    assert (first["DTSTART"].dt, second["DTSTART"].dt) == (NOW - DAY, NOW + DAY)
    date = page.dates.last()
    assert {name: str(second[name]) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "STATUS")} == {
        "UID": f"veranstaltung-{page.pk}-{date.pk}@mehrwert.example",
        "SUMMARY": "Plan",
        "LOCATION": "Rathaus, Markt 1, 31675 Bückeburg",
        "DESCRIPTION": "Worum es geht.\nBitte; anmelden\nhttp://testserver/veranstaltungen/plan/",
        "URL": "http://testserver/veranstaltungen/plan/",
        "STATUS": "CONFIRMED",
    }
    again = client.get(f"/feeds/veranstaltungen/{page.pk}.ics", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_calendar_of_all_events(client, index):
    event(index, "Neu", NOW + DAY)
    event(index, "Aus", NOW + 2 * DAY, is_cancelled=True)
    event(index, "Neulich", NOW - 20 * DAY)
    event(index, "Damals", NOW - 90 * DAY)
    calendar = icalendar.Calendar.from_ical(client.get("/feeds/veranstaltungen.ics").content)
    assert [(str(found["SUMMARY"]), str(found["STATUS"])) for found in calendar.events] == [
        ("Neulich", "CONFIRMED"),
        ("Neu", "CONFIRMED"),
        ("Fällt aus: Aus", "CANCELLED"),
    ]


def test_what_is_no_event_has_no_calendar(client, index):
    draft = event(index, "Entwurf", NOW + DAY, live=False)
    for pk in (draft.pk, index.pk, 4711):
        assert client.get(f"/feeds/veranstaltungen/{pk}.ics").status_code == 404
    assert client.post("/feeds/veranstaltungen.ics").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, index, django_assert_num_queries, number):
    for count in range(number):
        page = event(index, f"Nummer-{count}", NOW + DAY, NOW + 2 * DAY, NOW - DAY)
    addresses = {
        "/veranstaltungen/": 6,
        page.url: 4,
        "/feeds/veranstaltungen.ics": 0,
        f"/feeds/veranstaltungen/{page.pk}.ics": 2,
    }
    for address, queries in addresses.items():
        client.get(address)
        with django_assert_num_queries(queries, info=address):
            client.get(address)


def test_an_event_needs_a_place_and_ends_after_it_began(index):
    page = event(index, "Plan", NOW + DAY)
    page.town = ""
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == ["town"]
    for values in ({"town": "Syke"}, {"is_online": True}):
        EventPage(title="Plan", slug="p", path="x", depth=1, lead="x", **values).clean()
    with pytest.raises(ValidationError):
        EventDate(starts_at=NOW, ends_at=NOW).clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventDate.objects.create(event=page, starts_at=NOW, ends_at=NOW)


def test_spans_in_words():
    start = datetime(2026, 12, 31, 21, 0, tzinfo=UTC)
    assert span_in_words(start, start + 2 * HOUR - timedelta(minutes=30)) == (
        "Do., 31. Dezember 2026, 22:00 bis 23:30 Uhr"
    )
    assert span_in_words(start, start + 3 * HOUR) == (
        "Do., 31. Dezember 2026, 22:00 Uhr, bis Fr., 1. Januar 2027, 1:00 Uhr"
    )


def test_drafts_can_be_looked_at(index):
    page = event(index, "Plan", NOW + DAY)
    page.title = "Noch nicht öffentlich"
    assert "Noch nicht öffentlich" in page.make_preview_request().content.decode()
    news = NewsPageFactory(parent=NewsIndexPage.objects.get(), topics=[TopicFactory()])
    news.title = "Noch geheim"
    assert "Noch geheim" in news.make_preview_request().content.decode()
